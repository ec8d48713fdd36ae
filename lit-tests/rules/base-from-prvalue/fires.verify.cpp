// What a call returns is moved into a base: the address that the object took of itself stays behind.
// [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=base-from-prvalue --ignore-notes
struct knows_itself {
  using operation_state_concept = void;
  knows_itself *self;
  int value;
  explicit knows_itself(int v) : self(this), value(v) {}
  knows_itself(knows_itself &&other) : self(other.self), value(other.value) {}
};
knows_itself connect(int);

struct parent : knows_itself {
  parent() : knows_itself(connect(1)) {} // expected-error {{operation state 'knows_itself' is moved into the base of 'parent': what a call returns is not constructed in the place of a base [snug-base-from-prvalue]}}
};
struct in_braces : knows_itself {
  in_braces() : knows_itself{connect(1)} {} // expected-error {{is moved into the base of 'in_braces'}}
};
struct aggregate : knows_itself {};
aggregate make() {
  return {connect(1)}; // expected-error {{is moved into the base of 'aggregate'}}
}

// Moved by an implicit constructor, in a base of its own.
struct link {
  link *here = this;
};
struct implicitly_moved : link {
  using operation_state_concept = void;
};
implicitly_moved connectImplicitly();
struct second : implicitly_moved {
  second() : implicitly_moved(connectImplicitly()) {} // expected-error {{operation state 'implicitly_moved' is moved into the base of 'second'}}
};

// The address is inside of a member: a receiver.
struct receiver {
  void *op;
};
struct keeps_a_receiver {
  using operation_state_concept = void;
  receiver rcvr;
  keeps_a_receiver() : rcvr{this} {}
};
keeps_a_receiver connectReceiver();
struct third : keeps_a_receiver {
  third() : keeps_a_receiver(connectReceiver()) {} // expected-error {{operation state 'keeps_a_receiver' is moved into the base}}
};

// No address is seen in it, but others have it.
struct anonymous_op {
  using operation_state_concept = void;
  int value;
};
anonymous_op connectAnonymous();
struct fourth : anonymous_op {
  fourth() : anonymous_op(connectAnonymous()) {} // expected-warning {{operation state 'anonymous_op' is moved into the base of 'fourth'}}
};

// No operation state.
struct cursor {
  cursor *first = this;
};
cursor begin();
struct fifth : cursor {
  fifth() : cursor(begin()) {} // expected-remark {{'cursor' is moved into the base of 'fifth'}}
};
