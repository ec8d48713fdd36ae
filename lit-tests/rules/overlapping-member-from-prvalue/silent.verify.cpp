// Members of their own place, members constructed in place, classes that do not know their address. [intro.object]/7.
// RUN: %verify_both %s --checks=overlapping-member-from-prvalue
// expected-no-diagnostics
struct op {
  using operation_state_concept = void;
  op *self;
  explicit op(int) : self(this) {}
  op(op &&other) : self(other.self) {}
};
op connect(int);
struct ordinary {
  op child;
  ordinary() : child(connect(1)) {}
};
struct in_place {
  [[no_unique_address]] op child;
  in_place() : child(1) {}
};
struct moved_on_purpose {
  [[no_unique_address]] op child;
  explicit moved_on_purpose(op &&o) : child(static_cast<op &&>(o)) {}
};
struct empty {};
empty make();
struct holds_empty {
  [[no_unique_address]] empty e;
  holds_empty() : e(make()) {}
};
union either {
  [[no_unique_address]] empty e;
  int i;
};
either u{make()};
