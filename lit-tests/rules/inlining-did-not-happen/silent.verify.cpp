// Inlined; nothing to inline; nobody takes part in the protocol; receivers of others. [exec.recv.concepts]/4-9.
// RUN: %verify_both %s --checks=inlining-did-not-happen
// expected-no-diagnostics
namespace lib {
template <class Derived, class Receiver> struct inlinable_operation_state {
  using operation_state_concept = void;
  Receiver rcvr;
  inlinable_operation_state(inlinable_operation_state &&) = delete;
};
template <class Derived, class Receiver>
  requires requires(Derived *d) {
    { Receiver::make_receiver_for(d) } noexcept;
  }
struct inlinable_operation_state<Derived, Receiver> {
  using operation_state_concept = void;
  inlinable_operation_state(inlinable_operation_state &&) = delete;
};
} // namespace lib

struct parent_op {
  using operation_state_concept = void;
  int value;
};
struct good {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> static good make_receiver_for(Child *) noexcept;
};
struct inlined : lib::inlinable_operation_state<inlined, good> {};

// The user's own receiver at the end of a chain has no operation state to be made from.
struct sink {
  using receiver_concept = void;
  int *result;
};
struct root : lib::inlinable_operation_state<root, sink> {};

// A library without the protocol: stored-back-pointer says what it costs.
struct old_receiver {
  using receiver_concept = void;
  parent_op *op;
};
struct old_op {
  using operation_state_concept = void;
  old_receiver rcvr;
};

struct empty_receiver {
  using receiver_concept = void;
  static empty_receiver make_receiver_for(void *) noexcept;
};
struct stores_nothing {
  using operation_state_concept = void;
  [[no_unique_address]] empty_receiver rcvr;
};

// Keeps somebody else's receiver on purpose, beside its own.
struct queue_op : lib::inlinable_operation_state<queue_op, good> {
  good *waiting;
};
struct holds_another : lib::inlinable_operation_state<holds_another, good> {
  sink other;
};

// No operation state.
struct list_of_receivers {
  good first;
};
template <class R> struct never_instantiated {
  using operation_state_concept = void;
  R rcvr;
};

// A receiver that has all of an operation state: the one that it hands on to is its business.
struct adaptor {
  using operation_state_concept = void;
  using receiver_concept = void;
  good next;
  static adaptor make_receiver_for(void *) noexcept;
};
