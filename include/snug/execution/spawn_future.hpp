// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starts a sender in an async scope and hands out its result ([exec.spawn.future]).
#ifndef SNUG_EXECUTION_SPAWN_FUTURE_HPP
#define SNUG_EXECUTION_SPAWN_FUTURE_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/future_meeting.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/spawn_env.hpp>
#include <snug/execution/spawn_future_state.hpp>
#include <snug/execution/stop_hook.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The consumer's share in a spawned operation; gives the result up where nobody took it.
template <class State> class future_share {
public:
  explicit future_share(State &state) noexcept : state_(&state) {}
  future_share(future_share &&other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  ~future_share() {
    if (state_ != nullptr) {
      state_->abandon();
    }
  }

  State &operator*() const noexcept { return *state_; }
  /// From here on, whoever called this leaves the meeting.
  State &release() noexcept { return *std::exchange(state_, nullptr); }

private:
  State *state_;
};

template <class State, class Rcvr>
class spawn_future_op : public inlinable_operation_state<spawn_future_op<State, Rcvr>, Rcvr>,
                        private future_consumer,
                        private stop_hook<spawn_future_op<State, Rcvr>, stop_token_of_t<env_of_t<Rcvr>>> {
  using receiver_base = inlinable_operation_state<spawn_future_op, Rcvr>;
  using hook = stop_hook<spawn_future_op, stop_token_of_t<env_of_t<Rcvr>>>;
  friend hook; // finds this class from its base

public:
  template <class Self>
  spawn_future_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), future_consumer(&finish_from_meeting),
        share_(static_cast<Self &&>(self).take()) {}

  void start() noexcept {
    // The hook may call before open() returns, or on another thread while we go on.
    if constexpr (hook::opens_nothrow) {
      hook::open(get_stop_token_t{}(execution::get_env(receiver_base::get_receiver())));
    } else {
      try {
        hook::open(get_stop_token_t{}(execution::get_env(receiver_base::get_receiver())));
      } catch (...) {
        auto &&rcvr = receiver_base::get_receiver();
        set_error_t{}(std::move(rcvr), std::current_exception());
        return;
      }
    }
    switch ((*share_).consume(*this)) {
    case future_meeting::answer::waits: // and may be gone
      break;
    case future_meeting::answer::completed:
      end(future_end::result);
      break;
    case future_meeting::answer::stopped:
      end(future_end::stopped);
      break;
    }
  }

private:
  // Base to derived, [expr.static.cast]/10: only this class hands its consumer out, with this function.
  static void finish_from_meeting(future_consumer &consumer, future_end how) noexcept {
    static_cast<spawn_future_op &>(consumer).end(how);
  }

  // The operation may be gone after the completion, the state that holds what was sent is not.
  void end(future_end how) noexcept {
    hook::close();
    State &state = share_.release();
    auto &&rcvr = receiver_base::get_receiver();
    if (how == future_end::result) {
      state.send(rcvr);
    } else {
      set_stopped_t{}(std::move(rcvr));
    }
    state.leave();
  }

  void stop_from_outside() noexcept { (*share_).try_cancel(); }

  future_share<State> share_;
};

struct spawn_future_probe;
template <class... Env>
inline constexpr bool hooks_nothrow = (stop_hook<spawn_future_probe, stop_token_of_t<Env>>::opens_nothrow && ...);

template <class State> class spawn_future_sender {
public:
  using sender_concept = sender_tag;
  using in_place_self = spawn_future_sender;
  template <class, class Rcvr> using operation_for = spawn_future_op<State, Rcvr>;

  explicit spawn_future_sender(State &state) noexcept : share_(state) {}

  template <class, class... Env> static consteval auto get_completion_signatures() {
    if constexpr (hooks_nothrow<Env...>) {
      return typename State::completions{};
    } else {
      return typename State::completions{} + with_exception_ptr{};
    }
  }

  future_share<State> &&take() && noexcept { return std::move(share_); }

private:
  future_share<State> share_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts a sender under an association with an async scope, in memory of its own, and returns a sender of its result.
///
/// Dropping that sender, or an operation made of it that was not started, asks what was spawned to stop; so does a stop
/// of whoever waits, who then need not wait any longer. The memory comes from where spawn takes it. Where the scope
/// takes no more, the result is a stop.
///
/// Shapes:     those of the wrapped sender, decayed; set_stopped_t(); set_error_t(std::exception_ptr) if keeping a
///             value may throw, or registering with the stop token of whoever waits.
/// State:      allocated: the child's state, its result and which it is, the allocator, the association, and 24 bytes
///             for a stop source and who waits; no receiver, no back-pointer. 48 bytes for just(int) in a
///             simple_counting_scope. The sender returned is 8 bytes; its operation 16, and 32 for a stop token that
///             may ask (x86-64, Itanium ABI), held by execution/spawn_future_test.cpp.
/// Threads:    completes where the spawned sender does; inside start() if that was before; where a stop is asked for.
/// Lifetime:   the association lives until both the spawned operation and the sender of its result are through. What
///             is sent lives in the allocated state until the completion call returns.
/// Errors:     what wrapping, allocating, connecting and associating throw; nothing stays allocated or associated
///             then.
/// Complexity: one allocation; three atomic read-modify-writes for each side.
/// Source:     [exec.spawn.future]. Differs: a stop of whoever waits does not destroy what still runs; memory as with
///             spawn.
struct spawn_future_t {
  template <sender Sndr, class Token, class Env = env<>>
    requires scope_token<snug::detail::remove_cvref_t<Token>>
  auto operator()(Sndr &&sndr, Token &&token, Env &&env = {}) const {
    using scope = snug::detail::remove_cvref_t<Token>;
    using wrapped_t = detail::wrapped_sender_t<scope, Sndr>;
    wrapped_t wrapped = token.wrap(static_cast<Sndr &&>(sndr));
    auto parts = detail::spawn_parts_of(wrapped, static_cast<Env &&>(env));
    using env_t = decltype(parts.env);
    using completions = detail::completions_t<wrapped_t, detail::spawn_future_env<env_t>>;
    if constexpr (!detail::is_completion_signatures<completions>) {
      detail::check_connect<wrapped_t, void, completions>::report();
    } else {
      using state =
          detail::spawn_future_state<decltype(parts.allocator), detail::association_of_t<scope>, wrapped_t, env_t>;
      state &spawned = *snug::detail::new_object<state>(parts.allocator, parts.allocator, std::move(wrapped),
                                                        static_cast<scope const &>(token), std::move(parts.env));
      detail::spawn_future_sender<state> future(spawned);
      spawned.run();
      return future;
    }
  }
};
inline constexpr spawn_future_t spawn_future{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
