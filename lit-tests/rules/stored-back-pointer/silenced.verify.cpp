// A class that stores its receiver on purpose says so where it is written: what it stores inside of others is silent
// there too, what those store besides is not. P3425R1, [exec.recv.concepts].
// RUN: %verify_both %s --ignore-notes -- -I%S/Inputs
#include "senders.h"

template <class Child, class Receiver>
struct forward_op : immovable { // expected-warning {{operation state 'forward_op<just, sink_receiver>' stores 1 back-pointer, 8 bytes}}
  using operation_state_concept = void;
  struct receiver {
    using receiver_concept = void;
    forward_op *op;
    void set_value(int value) noexcept { op->rcvr.set_value(value); }
    void set_stopped() noexcept { op->rcvr.set_stopped(); }
  };
  Receiver rcvr;
  operation_of<Child, receiver> child;
  forward_op(Child c, Receiver r) : rcvr(r), child(c.connect(receiver{this})) {}
  void start() noexcept { child.start(); }
};

// Its operation state is silenced.
struct old_just {
  template <class Receiver> struct [[clang::suppress("snug-stored-back-pointer")]] operation : just_op<Receiver> {
    using just_op<Receiver>::just_op;
  };
  template <class Receiver> operation<Receiver> connect(Receiver r) { return {r, 1}; }
};
// So is everything in this class.
struct [[clang::suppress("snug")]] older_just {
  template <class Receiver> struct operation : just_op<Receiver> {
    using just_op<Receiver>::just_op;
  };
  template <class Receiver> operation<Receiver> connect(Receiver r) { return {r, 1}; }
};
// The attribute speaks of another rule.
struct other_just {
  template <class Receiver> struct [[clang::suppress("snug-layout-expectation")]] operation : just_op<Receiver> {
    using just_op<Receiver>::just_op;
  };
  template <class Receiver> operation<Receiver> connect(Receiver r) { return {r, 1}; }
};

// Two children, one of which stores on purpose: the other is one back-pointer, not two.
template <class First, class Second>
struct both_op : immovable { // expected-warning {{operation state 'both_op<old_just, other_just>' stores 1 back-pointer, 8 bytes}}
  using operation_state_concept = void;
  struct receiver {
    using receiver_concept = void;
    both_op *op;
    void set_value(int) noexcept { ++op->arrived; }
    void set_stopped() noexcept {}
  };
  int arrived = 0;
  operation_of<First, receiver> first;
  operation_of<Second, receiver> second;
  both_op(First f, Second s) : first(f.connect(receiver{this})), second(s.connect(receiver{this})) {}
  void start() noexcept {
    first.start();
    second.start();
  }
};

void run() {
  forward_op<just, sink_receiver> reported(just{1}, {});
  forward_op<old_just, sink_receiver> on_purpose(old_just{}, {});
  forward_op<older_just, sink_receiver> on_purpose_too(older_just{}, {});
  both_op<old_just, other_just> half(old_just{}, other_just{});
  reported.start();
  on_purpose.start();
  on_purpose_too.start();
  half.start();
}
