// The shape of libraries whose adaptors wrap receivers: a receiver holds the receiver behind it by value, so that a
// pointer to an operation far up is copied into every leaf. Customisation by friends, old names of the signals.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STORED_BACK_POINTER_NESTED_RECEIVERS_H
#define STORED_BACK_POINTER_NESTED_RECEIVERS_H

namespace wrapping {

struct connect_t {
  template <class Sender, class Receiver> auto operator()(Sender s, Receiver r) const {
    return tag_invoke(connect_t{}, s, static_cast<Receiver &&>(r));
  }
};
inline constexpr connect_t connect{};

struct start_t {
  template <class Operation> void operator()(Operation &op) const noexcept { tag_invoke(start_t{}, op); }
};
inline constexpr start_t start{};

template <class Receiver> struct just_operation {
  Receiver receiver_;
  int value_;
  just_operation(Receiver &&r, int v) : receiver_(static_cast<Receiver &&>(r)), value_(v) {}
  just_operation(just_operation &&) = delete;
  friend void tag_invoke(start_t, just_operation &op) noexcept { static_cast<Receiver &&>(op.receiver_).set_value(op.value_); }
};
struct just_sender {
  int value;
  template <class Receiver> friend just_operation<Receiver> tag_invoke(connect_t, just_sender s, Receiver &&r) {
    return {static_cast<Receiver &&>(r), s.value};
  }
};

// A transformation has no operation state of its own: its receiver wraps the next one.
template <class Function, class Receiver> struct transform_receiver {
  Function function_;
  Receiver receiver_;
  void set_value(int v) && noexcept { static_cast<Receiver &&>(receiver_).set_value(function_(v)); }
  void set_done() && noexcept { static_cast<Receiver &&>(receiver_).set_done(); }
};
template <class Sender, class Function> struct transform_sender {
  Sender sender;
  Function function;
  template <class Receiver> friend auto tag_invoke(connect_t, transform_sender s, Receiver &&r) {
    return wrapping::connect(s.sender, transform_receiver<Function, Receiver>{s.function, static_cast<Receiver &&>(r)});
  }
};

template <class Sender, class Receiver> struct finally_operation {
  class finally_receiver {
    finally_operation *op_;

  public:
    explicit finally_receiver(finally_operation *op) noexcept : op_(op) {}
    void set_value(int v) && noexcept { static_cast<Receiver &&>(op_->receiver_).set_value(v); }
    void set_done() && noexcept { static_cast<Receiver &&>(op_->receiver_).set_done(); }
  };
  using child = decltype(wrapping::connect(*static_cast<Sender *>(nullptr), finally_receiver(nullptr)));

  Receiver receiver_;
  child child_;
  finally_operation(Sender s, Receiver r) : receiver_(r), child_(wrapping::connect(s, finally_receiver(this))) {}
  finally_operation(finally_operation &&) = delete;
  friend void tag_invoke(start_t, finally_operation &op) noexcept { wrapping::start(op.child_); }
};
template <class Sender> struct finally_sender {
  Sender sender;
  template <class Receiver> friend finally_operation<Sender, Receiver> tag_invoke(connect_t, finally_sender s, Receiver r) {
    return {s.sender, r};
  }
};

} // namespace wrapping

#endif
