// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Leaf senders that complete with values in more than one way.
#ifndef SNUG_UNITTESTS_EXECUTION_EITHER_SENDER_HPP
#define SNUG_UNITTESTS_EXECUTION_EITHER_SENDER_HPP

#include <snug/config.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>

#include <string>
#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// Completes with its number; with a string where that is negative.
template <class Rcvr> class either_op : public snug::execution::inlinable_operation_state<either_op<Rcvr>, Rcvr> {
  using receiver_base = snug::execution::inlinable_operation_state<either_op, Rcvr>;

public:
  template <class Sndr> either_op(Sndr const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), number_(sndr.number) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if (number_ < 0) {
      snug::execution::set_value(std::move(rcvr), std::string("negative"));
    } else {
      snug::execution::set_value(std::move(rcvr), std::move(number_));
    }
  }

private:
  int number_;
};
struct either_sender {
  using sender_concept = snug::execution::sender_tag;
  using in_place_self = either_sender;
  template <class, class Rcvr> using operation_for = either_op<Rcvr>;
  using completion_signatures = snug::execution::completion_signatures<snug::execution::set_value_t(int),
                                                                       snug::execution::set_value_t(std::string)>;
  int number;
};

// For its completion signatures only.
struct reference_or_value {
  using sender_concept = snug::execution::sender_tag;
  using completion_signatures = snug::execution::completion_signatures<snug::execution::set_value_t(int const &),
                                                                       snug::execution::set_value_t(int)>;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
