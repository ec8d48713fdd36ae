// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Adaptors that answer queries of their sender before the environment around it does ([exec.write.env],
// [exec.unstoppable]).
#ifndef SNUG_EXECUTION_WRITE_ENV_HPP
#define SNUG_EXECUTION_WRITE_ENV_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/stop_token.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct write_env_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct write_env_child {};

// What the sender's environment is: the written one, by reference into the operation unless it can be made again, in
// front of the one around.
template <class Written, class Outer>
using written_env = env<std::conditional_t<snug::detail::is_recreatable<Written>, Written, Written const &>, Outer>;

// The environment before the child: connecting the child may ask for it.
template <class Sndr, class Written, class Rcvr>
class write_env_op
    : public inlinable_operation_state<write_env_op<Sndr, Written, Rcvr>, Rcvr>,
      private snug::detail::callable<Written, write_env_op<Sndr, Written, Rcvr>>,
      public child_for<write_env_op<Sndr, Written, Rcvr>, write_env_child, written_env<Written, env_of_t<Rcvr>>, Sndr> {
  using receiver_base = inlinable_operation_state<write_env_op, Rcvr>;
  using child_env = written_env<Written, env_of_t<Rcvr>>;
  using child_base_t = child_for<write_env_op, write_env_child, child_env, Sndr>;
  using written = snug::detail::callable<Written, write_env_op>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr write_env_op(Self &&self, Rcvr rcvr) noexcept(
      snug::detail::is_nothrow_constructible<Rcvr, Rcvr> && child_base_t::connects_nothrow() &&
      snug::detail::is_nothrow_constructible<Written, snug::detail::copy_cvref_t<Self, Written>>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)),
        written(static_cast<snug::detail::copy_cvref_t<Self, Written> &&>(self.written_)),
        child_base_t(static_cast<Sndr &&>(self.sndr_)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(write_env_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static constexpr child_env get_env(write_env_child, write_env_op &op) noexcept {
    return {written::take_from(op), execution::get_env(receiver_base::receiver_of(op))};
  }
};

// The child's attributes; where it completes is asked in the environment that it will be connected in.
template <class Attrs, class Written> struct write_env_attrs {
  [[no_unique_address]] Attrs child;
  [[no_unique_address]] std::conditional_t<snug::detail::is_recreatable<Written>, Written, Written const &> written;

  template <class Query, class Env>
    requires is_about_completion<Query> && answers<Attrs, Query, written_env<Written, Env const &>>
  constexpr auto query(Query query, Env const &env) const noexcept {
    return detail::answer(child, query, written_env<Written, Env const &>(written, env));
  }
  template <class Query, class... Args>
    requires(!is_about_completion<Query> || sizeof...(Args) == 0) && snug::detail::has_query<Attrs, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return child.query(query, static_cast<Args &&>(args)...);
  }
};

template <class Sndr, class Written> class write_env_sender {
  template <class, class, class> friend class write_env_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = write_env_sender;
  using parts_self = write_env_sender;
  using parts_tag = write_env_t;
  template <class Self, class Rcvr>
  using operation_for = write_env_op<snug::detail::copy_cvref_t<Self, Sndr>, Written, Rcvr>;

  template <class S, class W>
  constexpr write_env_sender(S &&sndr, W &&written)
      : sndr_(static_cast<S &&>(sndr)), written_(static_cast<W &&>(written)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<snug::detail::copy_cvref_t<Self, Sndr>, written_env<Written, Env>...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.written_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr write_env_attrs<forwarded_env_of_t<Sndr>, Written> get_env() const noexcept {
    return {{execution::get_env(sndr_)}, written_};
  }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] Written written_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Puts an environment in front of the one that a sender gets from its receiver: its answers win.
///
/// Shapes:     those of the sender in the joined environment.
/// State:      the environment and the child's state; no receiver, no back-pointer. An environment that is empty,
///             trivially copyable and trivially default constructible is made again, not stored. 12 bytes for just(int)
///             with a prop of a pair of ints (x86-64, Itanium ABI), held by execution/write_env_test.cpp.
/// Threads:    completes where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Source:     [exec.write.env].
struct write_env_t {
  template <sender Sndr, class Env>
    requires std::is_object_v<snug::detail::remove_cvref_t<Env>>
  constexpr auto operator()(Sndr &&sndr, Env &&env) const {
    return detail::write_env_sender<snug::detail::remove_cvref_t<Sndr>, snug::detail::remove_cvref_t<Env>>(
        static_cast<Sndr &&>(sndr), static_cast<Env &&>(env));
  }
  template <class Env> constexpr auto operator()(Env &&env) const {
    return detail::bound_closure<write_env_t, snug::detail::remove_cvref_t<Env>>(static_cast<Env &&>(env));
  }
};
inline constexpr write_env_t write_env{};

/// Hides from a sender that whoever waits for it may ask to stop.
///
/// State:      the child's state, nothing else; no receiver, no back-pointer.
/// Otherwise as write_env with a never_stop_token.
/// Source:     [exec.unstoppable].
struct unstoppable_t : sender_adaptor_closure<unstoppable_t> {
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return write_env_t{}(static_cast<Sndr &&>(sndr), prop<get_stop_token_t, never_stop_token>{});
  }
};
inline constexpr unstoppable_t unstoppable{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
