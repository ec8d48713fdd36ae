// Where the receiver is, which condition failed, and what to do. [exec.recv.concepts]/4-9.
// RUN: %verify_both %s --checks=inlining-did-not-happen
struct parent_op {
  using operation_state_concept = void;
  int value;
};
struct may_throw {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> static may_throw make_receiver_for(Child *); // expected-note {{declare it noexcept: a completion cannot report that no receiver could be made}}
};
struct op { // expected-warning {{its 'make_receiver_for' is not noexcept}}
  using operation_state_concept = void;
  may_throw rcvr; // expected-note {{'rcvr' of 'op' is where it is stored}}
};

template <class Derived, class Receiver> struct inlinable_operation_state {
  using operation_state_concept = void;
  Receiver rcvr; // expected-note {{'rcvr' of 'inlinable_operation_state<asks, offers_nothing>' is where it is stored}}
};
struct offers_nothing { // expected-note {{give 'offers_nothing' a static noexcept make_receiver_for(ChildOp *) that leads from the child to its parent}}
  using receiver_concept = void;
  parent_op *op; // expected-note {{'op' leads to operation state 'parent_op', which the address of its child determines}}
};
struct asks : inlinable_operation_state<asks, offers_nothing> {}; // expected-warning {{it has no 'make_receiver_for'}}
