// The shape of libraries that generate operation states: the parent's state is a base, children are elements of a
// tuple beside it, and their receivers lead to the state, not to the operation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STORED_BACK_POINTER_STATE_AND_CHILDREN_H
#define STORED_BACK_POINTER_STATE_AND_CHILDREN_H
#include "senders.h"

template <class Tag, class Data, class Receiver> struct basic_state {
  Data data;
  Receiver receiver;
};

template <class Tag, class Data, class Receiver, int Index> struct basic_receiver {
  using receiver_concept = void;
  basic_state<Tag, Data, Receiver> *state;
  template <class... Vs> void set_value(Vs... vs) noexcept { Tag::complete(state->receiver, state->data, vs...); }
  void set_stopped() noexcept { state->receiver.set_stopped(); }
};

template <class Child> struct element {
  Child child;
};
template <class First, class Second> struct children : element<First>, element<Second> {};

template <class Tag, class Data, class Receiver, class First, class Second>
struct basic_operation : basic_state<Tag, Data, Receiver> {
  using operation_state_concept = void;
  using state = basic_state<Tag, Data, Receiver>;
  children<operation_of<First, basic_receiver<Tag, Data, Receiver, 0>>,
           operation_of<Second, basic_receiver<Tag, Data, Receiver, 1>>>
      inner;
  basic_operation(First first, Second second, Data data, Receiver r)
      : state{data, r}, inner{{first.connect(basic_receiver<Tag, Data, Receiver, 0>{this})},
                              {second.connect(basic_receiver<Tag, Data, Receiver, 1>{this})}} {}
  basic_operation(basic_operation &&) = delete;
  void start() noexcept {
    static_cast<element<operation_of<First, basic_receiver<Tag, Data, Receiver, 0>>> &>(inner).child.start();
  }
};

template <class Tag, class Data, class First, class Second> struct basic_sender {
  First first;
  Second second;
  Data data;
  template <class Receiver> basic_operation<Tag, Data, Receiver, First, Second> connect(Receiver r) {
    return {first, second, data, r};
  }
};

#endif
