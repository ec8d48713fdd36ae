// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes only when it is asked to stop.
#ifndef SNUG_UNITTESTS_EXECUTION_UNTIL_STOPPED_HPP
#define SNUG_UNITTESTS_EXECUTION_UNTIL_STOPPED_HPP

#include <snug/config.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/stop_hook.hpp>
#include <snug/stop_token.hpp>

#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

template <class Rcvr>
class until_stopped_op
    : public ex::inlinable_operation_state<until_stopped_op<Rcvr>, Rcvr>,
      private ex::detail::stop_hook<until_stopped_op<Rcvr>, snug::stop_token_of_t<ex::env_of_t<Rcvr>>> {
  using receiver_base = ex::inlinable_operation_state<until_stopped_op, Rcvr>;
  using hook = ex::detail::stop_hook<until_stopped_op, snug::stop_token_of_t<ex::env_of_t<Rcvr>>>;
  friend hook;

public:
  template <class Sndr> until_stopped_op(Sndr const &, Rcvr rcvr) : receiver_base(std::move(rcvr)) {}
  void start() noexcept { hook::open(snug::get_stop_token(ex::get_env(receiver_base::get_receiver()))); }

private:
  void stop_from_outside() noexcept {
    hook::close();
    auto &&rcvr = receiver_base::get_receiver();
    ex::set_stopped(std::move(rcvr));
  }
};
struct until_stopped {
  using sender_concept = ex::sender_tag;
  using in_place_self = until_stopped;
  template <class, class Rcvr> using operation_for = until_stopped_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_stopped_t()>;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
