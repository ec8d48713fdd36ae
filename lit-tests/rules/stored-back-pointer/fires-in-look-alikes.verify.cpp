// The shapes of other sender libraries: receivers that lead to the parent's state, a base or sibling of the children; and
// adaptors whose receivers hold the next receiver by value, with customisation by friends.
// REQUIRES: plugin
// RUN: %verify_both %s -- -I%S/Inputs
#include "nested_receivers.h"
#include "state_and_children.h"

struct sum {
  template <class Receiver, class... Values> static void complete(Receiver &r, int &data, Values...) {
    r.set_value(data);
  }
};
struct twice {
  int operator()(int x) const { return 2 * x; }
};
struct old_sink {
  void set_value(int) noexcept {}
  void set_done() noexcept {}
};

void run() {
  auto generated = basic_sender<sum, int, just, just>{{1}, {2}, 3}.connect(sink_receiver{});
  generated.start();
  // expected-warning@state_and_children.h:26 {{operation state 'basic_operation<sum, int, sink_receiver, just, just>' stores 2 back-pointers, 16 bytes}}
  // expected-note@state_and_children.h:26 {{is 40 bytes; without its back-pointers it could be 16}}
  // expected-note@state_and_children.h:15 {{8 bytes at offset 8 hold 'state', a pointer to 'basic_state<sum, int, sink_receiver>', a base of the enclosing 'basic_operation<sum, int, sink_receiver, just, just>'}}
  // expected-note@state_and_children.h:31 2 {{'state' is redundant because 'inner' is always a member of 'basic_operation<sum, int, sink_receiver, just, just>', at offset 8}}
  // expected-note@state_and_children.h:13 {{'just_op<basic_receiver<sum, int, sink_receiver, 0>>' stores its receiver 'basic_receiver<sum, int, sink_receiver, 0>' because it has no 'make_receiver_for'}}
  // expected-note@state_and_children.h:15 {{8 bytes at offset 24 hold 'state'}}

  auto wrapped = wrapping::connect(
      wrapping::finally_sender<wrapping::transform_sender<wrapping::just_sender, twice>>{{{1}, {}}}, old_sink{});
  wrapping::start(wrapped);
  // expected-warning@nested_receivers.h:50 {{operation state 'wrapping::finally_operation<wrapping::transform_sender<…>, old_sink>' stores 1 back-pointer, 8 bytes}}
  // expected-note@nested_receivers.h:50 {{is 32 bytes; without its back-pointers it could be 12}}
  // expected-note@nested_receivers.h:52 {{8 bytes at offset 16 hold 'op_', a pointer to the enclosing 'wrapping::finally_operation<}}
  // expected-note@nested_receivers.h:62 {{'op_' is redundant because 'child_' is always a member of 'wrapping::finally_operation<}}
  // expected-note@nested_receivers.h:51 {{because it has no 'make_receiver_for'}}
}
