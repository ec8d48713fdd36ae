// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Lets one more stop token stop a sender ([exec.stop.when]).
#ifndef SNUG_EXECUTION_STOP_WHEN_HPP
#define SNUG_EXECUTION_STOP_WHEN_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/joined_stop_token.hpp>
#include <snug/execution/sender.hpp>
#include <snug/stop_token.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The token of a sender that may be stopped by a token and by the environment around it.
template <class Token, class Env> struct joined_with_env {
  using type = joined_stop_token<Token, stop_token_of_t<Env>>;

  static constexpr type join(Token const &token, Env const &env) noexcept { return {token, get_stop_token_t{}(env)}; }
};
template <class Token, class Env>
  requires unstoppable_token<stop_token_of_t<Env>>
struct joined_with_env<Token, Env> {
  using type = Token;

  static constexpr type join(Token const &token, Env const &) noexcept { return token; }
};

/// The environment of such a sender: the token, everything else from outside.
template <class Token, class Env>
using stop_when_env = env<prop<get_stop_token_t, typename joined_with_env<Token, Env>::type>, Env>;

template <class Token, class Env> constexpr stop_when_env<Token, Env> with_stop(Token const &token, Env env) noexcept {
  auto joined = joined_with_env<Token, Env>::join(token, env);
  return {{{}, std::move(joined)}, static_cast<Env &&>(env)};
}

struct stop_when_child {};

// The token before the child: connecting the child may ask for it.
template <class Sndr, class Token, class Rcvr>
class stop_when_op
    : public inlinable_operation_state<stop_when_op<Sndr, Token, Rcvr>, Rcvr>,
      private snug::detail::leaf<stop_when_op<Sndr, Token, Rcvr>, 0, Token>,
      public child_for<stop_when_op<Sndr, Token, Rcvr>, stop_when_child, stop_when_env<Token, env_of_t<Rcvr>>, Sndr> {
  using receiver_base = inlinable_operation_state<stop_when_op, Rcvr>;
  using kept = snug::detail::leaf<stop_when_op, 0, Token>;
  using child_env = stop_when_env<Token, env_of_t<Rcvr>>;
  using child = child_for<stop_when_op, stop_when_child, child_env, Sndr>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr stop_when_op(Self &&self, Rcvr rcvr)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), kept(self.token_), child(static_cast<Sndr &&>(self.sndr_)) {}

  constexpr void start() noexcept { child::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(stop_when_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static constexpr child_env get_env(stop_when_child, stop_when_op &op) noexcept {
    return detail::with_stop<Token, env_of_t<Rcvr>>(static_cast<kept &>(op).value,
                                                    execution::get_env(receiver_base::receiver_of(op)));
  }
};

template <class Sndr, class Token> class stop_when_sender {
  template <class, class, class> friend class stop_when_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = stop_when_sender;
  template <class Self, class Rcvr>
  using operation_for = stop_when_op<snug::detail::copy_cvref_t<Self, Sndr>, Token, Rcvr>;

  template <class S>
  constexpr stop_when_sender(S &&sndr, Token token) noexcept(snug::detail::is_nothrow_constructible<Sndr, S>)
      : sndr_(static_cast<S &&>(sndr)), token_(std::move(token)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<snug::detail::copy_cvref_t<Self, Sndr>, stop_when_env<Token, Env>...>{};
  }

  constexpr forwarded_env_of_t<Sndr> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] Token token_;
};

/// Lets a token stop a sender, next to the token that its receiver's environment offers.
///
/// Shapes:     those of the sender in the environment with the joined token.
/// State:      the token and the child's state; no receiver, no back-pointer. 16 bytes for just(int) and an
///             inplace_stop_token (x86-64, Itanium ABI), held by execution/stop_when_test.cpp. The token of the
///             environment is asked for, not kept.
/// Threads:    completes where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Source:     [exec.stop.when].
struct stop_when_t {
  template <sender Sndr, stoppable_token Token>
  constexpr auto operator()(Sndr &&sndr, Token token) const
      noexcept(snug::detail::is_nothrow_constructible<snug::detail::remove_cvref_t<Sndr>, Sndr>) {
    if constexpr (unstoppable_token<Token>) {
      return snug::detail::remove_cvref_t<Sndr>(static_cast<Sndr &&>(sndr));
    } else {
      return stop_when_sender<snug::detail::remove_cvref_t<Sndr>, Token>(static_cast<Sndr &&>(sndr), std::move(token));
    }
  }
};
inline constexpr stop_when_t stop_when{};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
