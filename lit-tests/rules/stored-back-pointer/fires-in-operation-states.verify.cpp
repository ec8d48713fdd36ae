// The child of an operation state stores a receiver that is a pointer to the operation state around it; one finding
// stands for the whole tree, since the classes inside it have no life of their own. P3425R1, [exec.recv.concepts].
// REQUIRES: plugin
// RUN: %verify_both %s -- -I%S/Inputs
#include "senders.h"

template <class Child, class Function, class Receiver>
// expected-note@+2 {{is 40 bytes; without its back-pointers it could be 16}}
// expected-warning@+1 {{operation state 'then_op<then<just, plus>, plus, sink_receiver>' stores 2 back-pointers, 16 bytes, that its address already determines [snug-stored-back-pointer]}}
struct then_op : immovable {
  using operation_state_concept = void;
  // expected-note@+1 {{'then_op<just, plus, then_op<then<…>, plus, sink_receiver>::receiver>' stores its receiver 'then_op<then<just, plus>, plus, sink_receiver>::receiver' because it has no 'make_receiver_for' that makes it from the address of its operation state}}
  struct receiver {
    using receiver_concept = void;
    // expected-note@+2 {{8 bytes at offset 8 hold 'op', a pointer to the enclosing 'then_op<then<just, plus>, plus, sink_receiver>'}}
    // expected-note@+1 {{8 bytes at offset 24 hold 'op', a pointer to the enclosing 'then_op<just, plus, then_op<then<…>, plus, sink_receiver>::receiver>' at offset 8}}
    then_op *op;
    void set_value(int value) noexcept { op->rcvr.set_value(op->function(value)); }
    void set_stopped() noexcept { op->rcvr.set_stopped(); }
  };
  Receiver rcvr;
  Function function;
  // expected-note@+2 {{'op' is redundant because 'child' is always a member of 'then_op<then<just, plus>, plus, sink_receiver>', at offset 8}}
  // expected-note@+1 {{'op' is redundant because 'child' is always a member of 'then_op<just, plus, then_op<then<…>, plus, sink_receiver>::receiver>', at offset 16}}
  operation_of<Child, receiver> child;
  then_op(Child c, Function f, Receiver r) : rcvr(r), function(f), child(c.connect(receiver{this})) {}
  void start() noexcept { child.start(); }
};

template <class Child, class Function> struct then {
  Child child;
  Function function;
  template <class Receiver> then_op<Child, Function, Receiver> connect(Receiver r) { return {child, function, r}; }
};
template <class Child, class Function> then(Child, Function) -> then<Child, Function>;

struct plus {
  int n;
  int operator()(int x) const { return x + n; }
};

void run() {
  auto op = then{then{just{1}, plus{2}}, plus{3}}.connect(sink_receiver{});
  op.start();
}
