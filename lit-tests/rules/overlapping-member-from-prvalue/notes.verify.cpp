// Which address is kept, and what to do. [intro.object]/7.
// RUN: %verify_both %s --checks=overlapping-member-from-prvalue
struct op {
  using operation_state_concept = void;
  op *self = this; // expected-note {{'self' keeps the address of the object that the call made}}
};
op connect(int);
struct parent {
  [[no_unique_address]] op child; // expected-note {{drop [[no_unique_address]], or give 'op' a constructor that takes what the call takes}}
  parent() : child(connect(1)) {} // expected-warning {{GCC moves operation state 'op' into 'child'}}
};
