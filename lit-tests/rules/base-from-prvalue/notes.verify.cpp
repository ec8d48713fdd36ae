// Which pointer is left with the old address, and what to do. [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=base-from-prvalue
struct op {
  using operation_state_concept = void;
  op *self;
  explicit op(int) : self(this) {} // expected-note {{'self' is the address of the object that the call made, and stays it when 'op' is moved}}
  op(op &&) = default;
};
op connect(int);
struct parent : op {
  // expected-error@+2 {{operation state 'op' is moved into the base of 'parent'}}
  // expected-note@+1 {{a member that is not [[no_unique_address]] is constructed in its place; for a base, give 'op' a constructor that takes what the call takes}}
  parent() : op(connect(1)) {}
};

struct plain_op {
  using operation_state_concept = void;
  plain_op(plain_op &&); // expected-note {{'plain_op' can be moved here; whatever keeps its address from before is left with the old one}}
};
plain_op connectPlain();
struct other : plain_op {
  // expected-warning@+2 {{operation state 'plain_op' is moved}}
  // expected-note@+1 {{a member that is not [[no_unique_address]] is constructed in its place}}
  other() : plain_op(connectPlain()) {}
};
