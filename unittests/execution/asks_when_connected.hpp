// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that asks the environment as early as it can: when it is connected.
#ifndef SNUG_UNITTESTS_EXECUTION_ASKS_WHEN_CONNECTED_HPP
#define SNUG_UNITTESTS_EXECUTION_ASKS_WHEN_CONNECTED_HPP

#include <snug/config.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>

#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

template <class Query, class Rcvr>
class asks_when_connected_op
    : public snug::execution::inlinable_operation_state<asks_when_connected_op<Query, Rcvr>, Rcvr> {
  using receiver_base = snug::execution::inlinable_operation_state<asks_when_connected_op, Rcvr>;
  using answer = decltype(Query()(std::declval<snug::execution::env_of_t<Rcvr>>()));

public:
  template <class Sndr>
  asks_when_connected_op(Sndr const &, Rcvr rcvr)
      : receiver_base(std::move(rcvr)), answer_(Query()(snug::execution::get_env(receiver_base::get_receiver()))) {}

  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    snug::execution::set_value(std::move(rcvr), answer(answer_));
  }

private:
  answer answer_;
};

// Completes with what the query yielded.
template <class Query> struct asks_when_connected {
  using sender_concept = snug::execution::sender_tag;
  using in_place_self = asks_when_connected;
  template <class, class Rcvr> using operation_for = asks_when_connected_op<Query, Rcvr>;

  template <class, class Env> static consteval auto get_completion_signatures() {
    return snug::execution::completion_signatures<snug::execution::set_value_t(
        decltype(Query()(std::declval<Env>())))>{};
  }
};

// Whether a stop was requested: reads the state behind the token, so that it must be there by then.
struct is_stop_requested {
  template <class Env>
    requires requires(Env const &env) { snug::get_stop_token(env); }
  bool operator()(Env const &env) const noexcept {
    return snug::get_stop_token(env).stop_requested();
  }
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
