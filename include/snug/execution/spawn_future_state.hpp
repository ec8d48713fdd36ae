// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The operation that spawn_future starts, with its result ([exec.spawn.future]).
#ifndef SNUG_EXECUTION_SPAWN_FUTURE_STATE_HPP
#define SNUG_EXECUTION_SPAWN_FUTURE_STATE_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/callable.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/future_meeting.hpp>
#include <snug/execution/stop_when.hpp>
#include <snug/stop_token.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct spawn_future_child {};

// The environment of what is spawned: it is stopped by whoever drops the result, and by the environment that was given.
template <class Env> using given_env = std::conditional_t<snug::detail::is_recreatable<Env>, Env, Env const &>;
template <class Env> using spawn_future_env = stop_when_env<inplace_stop_token, given_env<Env>>;

template <class Sndr, class Env>
using spawn_future_completions = decltype(decayed_completions_t<completions_t<Sndr, spawn_future_env<Env>>>{} +
                                          execution::completion_signatures<set_stopped_t()>{});

// A root in memory of its own: whoever is last to leave the meeting frees it. The environment before the child:
// connecting the child may ask for it.
template <class Allocator, class Assoc, class Sndr, class Env>
class spawn_future_state : public future_meeting,
                           private snug::detail::callable<Env, spawn_future_state<Allocator, Assoc, Sndr, Env>>,
                           public child_for<spawn_future_state<Allocator, Assoc, Sndr, Env>, spawn_future_child,
                                            spawn_future_env<Env>, Sndr> {
  using given = snug::detail::callable<Env, spawn_future_state>;
  using child = child_for<spawn_future_state, spawn_future_child, spawn_future_env<Env>, Sndr>;

public:
  using completions = spawn_future_completions<Sndr, Env>;

  template <class Token>
  spawn_future_state(Allocator const &allocator, Sndr &&sndr, Token const &token, Env &&env)
      : given(static_cast<Env &&>(env)), child(static_cast<Sndr &&>(sndr)), allocator_(allocator),
        assoc_(token.try_associate()) {}

  void run() noexcept {
    if (assoc_) {
      child::start_child();
    } else {
      complete(spawn_future_child{}, set_stopped_t{});
    }
  }

  template <class Signal, class... Values> void complete(spawn_future_child, Signal, Values &&...values) noexcept {
    storage_.template keep_completion<Signal>(static_cast<Values &&>(values)...);
    if (future_consumer *const consumer = future_meeting::complete()) {
      consumer->finish(*consumer, future_end::result);
    }
    leave();
  }

  static spawn_future_env<Env> get_env(spawn_future_child, spawn_future_state &op) noexcept {
    return detail::with_stop<inplace_stop_token, given_env<Env>>(future_meeting::token_of(op), given::take_from(op));
  }

  /// Completes a receiver with the result; once, and when the consumer was told that there is one.
  template <class Rcvr> void send(Rcvr &rcvr) noexcept { storage_.send(rcvr); }

  /// Asks the operation to stop, and lets a consumer that waits go without it.
  void try_cancel() noexcept {
    stay();
    stop_operation();
    if (future_consumer *const consumer = try_set_stopped()) {
      consumer->finish(*consumer, future_end::stopped);
    }
    leave();
  }

  /// Gives the result up, and asks the operation to stop where it still runs.
  void abandon() noexcept {
    if (future_meeting::abandon()) {
      stop_operation();
    }
    leave();
  }

  void leave() noexcept {
    if (future_meeting::leave()) {
      destroy();
    }
  }

private:
  // The memory goes first: the scope may be joined, and what the allocator uses be gone, with the association.
  void destroy() noexcept {
    Assoc const assoc(std::move(assoc_));
    snug::detail::delete_object(allocator_, this);
  }

  [[no_unique_address]] completion_storage<spawn_future_state, completions> storage_;
  [[no_unique_address]] Allocator allocator_;
  [[no_unique_address]] Assoc assoc_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
