// A sender library in thirty lines: receivers are stored, children are members, as in the libraries people use today.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STORED_BACK_POINTER_SENDERS_H
#define STORED_BACK_POINTER_SENDERS_H

struct immovable {
  immovable() = default;
  immovable(immovable &&) = delete;
};

/// A receiver that leads to nothing.
struct sink_receiver {
  using receiver_concept = void;
  template <class... Vs> void set_value(Vs...) noexcept {}
  void set_stopped() noexcept {}
};

template <class Sender, class Receiver>
using operation_of = decltype(static_cast<Sender *>(nullptr)->connect(*static_cast<Receiver *>(nullptr)));

template <class Receiver> struct just_op : immovable {
  using operation_state_concept = void;
  Receiver rcvr;
  int value;
  just_op(Receiver r, int v) : rcvr(r), value(v) {}
  void start() noexcept { rcvr.set_value(value); }
};

struct just {
  int value;
  template <class Receiver> just_op<Receiver> connect(Receiver r) { return {r, value}; }
};

#endif
