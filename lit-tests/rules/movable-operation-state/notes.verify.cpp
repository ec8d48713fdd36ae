// Why an operation state stays where it is, and how. [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=movable-operation-state
// expected-warning@+3 {{operation state 'plain' can be moved}}
// expected-note@+2 {{its address is its identity from connect() to the completion: receivers, queues and stop callbacks lead to it}}
// expected-note@+1 {{delete its move constructor, by which copying goes too}}
struct plain {
  using operation_state_concept = void;
};
struct declared { // expected-warning {{operation state 'declared' can be moved}} expected-note {{its address is its identity}}
  using operation_state_concept = void;
  declared(const declared &); // expected-note {{delete its move constructor}}
};
template <class Derived> struct hook {
  void *handle = this; // expected-note {{after a move 'handle' is the address of the old object}}
};
struct hooked : hook<hooked> {}; // expected-warning {{'hooked' can be moved, but its base 'hook<hooked>' keeps its address}} expected-note {{delete its move constructor}}
