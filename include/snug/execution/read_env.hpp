// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes with what its receiver's environment answers ([exec.read.env]).
#ifndef SNUG_EXECUTION_READ_ENV_HPP
#define SNUG_EXECUTION_READ_ENV_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/sender.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct read_env_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Query, class Rcvr>
class read_env_op : public inlinable_operation_state<read_env_op<Query, Rcvr>, Rcvr> {
  using receiver_base = inlinable_operation_state<read_env_op, Rcvr>;

public:
  template <class Self>
  constexpr read_env_op(Self &&self, Rcvr rcvr) noexcept(
      snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
      snug::detail::is_nothrow_constructible<Query, snug::detail::copy_cvref_t<Self, Query>>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), query_(snug::detail::forward_member<Self>(self.query)) {}

  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if constexpr (noexcept(query_.take()(execution::get_env(rcvr)))) {
      set_value_t{}(std::move(rcvr), query_.take()(execution::get_env(rcvr)));
    } else {
      try {
        set_value_t{}(std::move(rcvr), query_.take()(execution::get_env(rcvr)));
      } catch (...) {
        set_error_t{}(std::move(rcvr), std::current_exception());
      }
    }
  }

private:
  [[no_unique_address]] snug::detail::callable<Query, read_env_op> query_;
};

// Why read_env has no completion signatures: the environment does not answer.
template <class Query, class Env> struct read_env_unanswered {
  template <class, class> static constexpr bool answers_query = false;

  static consteval void report() {
    static_assert(answers_query<Env, Query>, "read_env: the environment of the receiver does not answer the query");
  }
};

template <class Query> struct read_env_sender {
  using sender_concept = sender_tag;
  using in_place_self = read_env_sender;
  using parts_self = read_env_sender;
  using parts_tag = read_env_t;
  template <class, class Rcvr> using operation_for = read_env_op<Query, Rcvr>;

  template <class> static consteval dependent_sender_error get_completion_signatures() { return {}; }
  template <class, class Env> static consteval auto get_completion_signatures() {
    if constexpr (!std::is_invocable_v<Query, Env const &>) {
      return read_env_unanswered<Query, Env>{};
    } else if constexpr (std::is_nothrow_invocable_v<Query, Env const &>) {
      return completion_signatures<set_value_t(std::invoke_result_t<Query, Env const &>)>{};
    } else {
      return completion_signatures<set_value_t(std::invoke_result_t<Query, Env const &>),
                                   set_error_t(std::exception_ptr)>{};
    }
  }

  static constexpr inline_attrs<set_value_t> get_env() noexcept { return {}; }

  /// Completes where it is started anyway ([exec.affine]/6).
  constexpr read_env_sender affine() const { return *this; }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.query));
  }

  [[no_unique_address]] Query query;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// A sender that completes, inside start(), with what a query yields for its receiver's environment.
///
/// Shapes:     set_value_t(Answer); set_error_t(std::exception_ptr) if the query may throw.
/// State:      empty; no receiver. Held by execution/sizes_test.cpp.
/// Threads:    completes inside start().
/// Source:     [exec.read.env].
struct read_env_t {
  template <class Query>
  constexpr detail::read_env_sender<Query> operator()(Query query) const
      noexcept(snug::detail::is_nothrow_constructible<Query, Query>) {
    return {static_cast<Query &&>(query)};
  }
};
inline constexpr read_env_t read_env{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
