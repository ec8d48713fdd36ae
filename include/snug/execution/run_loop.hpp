// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An execution resource driven by whoever calls run() ([exec.run.loop]).
#ifndef SNUG_EXECUTION_RUN_LOOP_HPP
#define SNUG_EXECUTION_RUN_LOOP_HPP

#include <snug/config.hpp>
#include <snug/detail/run_loop_queue.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/stop_token.hpp>

#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Rcvr>
class run_loop_op : public inlinable_operation_state<run_loop_op<Rcvr>, Rcvr>, private snug::detail::run_loop_node {
  using receiver_base = inlinable_operation_state<run_loop_op, Rcvr>;

public:
  template <class Sndr>
  constexpr run_loop_op(Sndr const &sndr, Rcvr rcvr) noexcept
      : receiver_base(static_cast<Rcvr &&>(rcvr)), run_loop_node(*sndr.loop, &complete) {}

  constexpr void start() noexcept { run_loop_node::loop->push(*this); }

private:
  // Base to derived, [expr.static.cast]/10: only this class hands its node out, with this function.
  static constexpr void complete(run_loop_node &node) noexcept {
    auto &&rcvr = static_cast<run_loop_op &>(node).receiver_base::get_receiver();
    if constexpr (!unstoppable_token<stop_token_of_t<env_of_t<Rcvr>>>) {
      if (get_stop_token(execution::get_env(rcvr)).stop_requested()) {
        set_stopped_t{}(std::move(rcvr));
        return;
      }
    }
    set_value_t{}(std::move(rcvr));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Queues work, first in, first out, for the thread that calls run().
///
/// Shapes:     schedule() completes with set_value_t(), and with set_stopped_t() where the stop token can stop.
/// State:      16 bytes; 16 bytes for each schedule operation, and no receiver (x86-64, Itanium ABI), held by
///             execution/sizes_test.cpp.
/// Threads:    schedule operations complete inside run(); start() and finish() may be called on any thread.
/// Lifetime:   outlives its operations; may be destroyed as soon as run() has returned. Calls std::terminate() where it
///             is destroyed with work queued, or while run() waits for some.
/// Errors:     none; start() does not throw.
/// Complexity: one compare-and-swap to queue, one for each batch to run; no lock, no allocation.
/// Source:     [exec.run.loop]. Differs: a run() that has work at the moment of destruction is not noticed.
class run_loop : private snug::detail::run_loop_queue {
  struct attrs;
  struct schedule_sender;

public:
  class scheduler;

  constexpr run_loop() noexcept = default;

  constexpr scheduler get_scheduler() noexcept;

  /// Runs what is queued, and waits for more until finish() was called and nothing is left. In constant expressions
  /// nobody can be waited for: returns when nothing is left.
  constexpr void run() noexcept {
    while (snug::detail::run_loop_node *const node = pop()) {
      node->run(*node);
    }
  }

  /// Lets run() return once nothing is left.
  constexpr void finish() noexcept { run_loop_queue::finish(); }
};

/// Schedules on a run_loop.
class run_loop::scheduler {
public:
  using scheduler_concept = scheduler_tag;

  constexpr schedule_sender schedule() const noexcept;
  static constexpr forward_progress_guarantee query(get_forward_progress_guarantee_t) noexcept {
    return forward_progress_guarantee::parallel;
  }
  constexpr scheduler query(get_completion_scheduler_t<set_value_t>) const noexcept { return *this; }
  constexpr scheduler query(get_completion_scheduler_t<set_stopped_t>) const noexcept { return *this; }
  friend constexpr bool operator==(scheduler, scheduler) noexcept = default;

private:
  friend run_loop;
  friend run_loop::attrs;

  constexpr explicit scheduler(snug::detail::run_loop_queue *loop) noexcept : loop_(loop) {}

  snug::detail::run_loop_queue *loop_;
};

struct run_loop::attrs {
  snug::detail::run_loop_queue *loop;

  constexpr scheduler query(get_completion_scheduler_t<set_value_t>) const noexcept { return scheduler(loop); }
  constexpr scheduler query(get_completion_scheduler_t<set_stopped_t>) const noexcept { return scheduler(loop); }
};

struct run_loop::schedule_sender {
  using sender_concept = sender_tag;
  using in_place_self = schedule_sender;
  template <class, class Rcvr> using operation_for = detail::run_loop_op<Rcvr>;

  template <class, class... Env> static consteval auto get_completion_signatures() {
    if constexpr (sizeof...(Env) == 0) {
      return dependent_sender_error{};
    } else if constexpr ((unstoppable_token<stop_token_of_t<Env>> && ...)) {
      return completion_signatures<set_value_t()>{};
    } else {
      return completion_signatures<set_value_t(), set_stopped_t()>{};
    }
  }

  constexpr attrs get_env() const noexcept { return {loop}; }

  snug::detail::run_loop_queue *loop;
};

constexpr run_loop::scheduler run_loop::get_scheduler() noexcept { return scheduler(this); }

constexpr run_loop::schedule_sender run_loop::scheduler::schedule() const noexcept { return {loop_}; }

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
