// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A fixed number of threads that share work.
#ifndef SNUG_EXECUTION_STATIC_THREAD_POOL_HPP
#define SNUG_EXECUTION_STATIC_THREAD_POOL_HPP

#include <snug/config.hpp>
#include <snug/detail/thread_pool.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/thread_pool_bulk.hpp>
#include <snug/stop_token.hpp>

#include <cstdint>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Rcvr>
class pool_schedule_op : public inlinable_operation_state<pool_schedule_op<Rcvr>, Rcvr>,
                         private snug::detail::thread_pool_node {
  using receiver_base = inlinable_operation_state<pool_schedule_op, Rcvr>;

public:
  template <class Sndr>
  pool_schedule_op(Sndr const &sndr, Rcvr rcvr) noexcept
      : receiver_base(static_cast<Rcvr &&>(rcvr)), thread_pool_node(*sndr.pool, &complete) {}

  void start() noexcept { thread_pool_node::submit(); }

private:
  // Base to derived, [expr.static.cast]/10: only this class hands its node out, with this function.
  static void complete(thread_pool_node &node, bool stopped) noexcept {
    auto &&rcvr = static_cast<pool_schedule_op &>(node).receiver_base::get_receiver();
    if constexpr (!unstoppable_token<stop_token_of_t<env_of_t<Rcvr>>>) {
      stopped = stopped || get_stop_token(execution::get_env(rcvr)).stop_requested();
    }
    if (stopped) {
      set_stopped_t{}(std::move(rcvr));
    } else {
      set_value_t{}(std::move(rcvr));
    }
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Runs work on a fixed number of threads. Each keeps what it starts itself and runs the newest first; threads that
/// have nothing to do take the oldest from others.
///
/// Shapes:     schedule() completes with set_value_t(), and with set_stopped_t() where the pool, or the stop token, was
///             asked to stop first.
/// State:      8 bytes here, and what the threads need on the heap; 16 bytes for each schedule operation, and no
///             receiver (x86-64, Itanium ABI), held by execution/sizes_test.cpp.
/// Threads:    schedule operations complete on the pool's threads, or inside start() where the pool was asked to stop.
///             start() and request_stop() may be called on any thread. A thread that blocks takes nothing from others
///             meanwhile: once all of them are in sync_wait() for work of the same pool, a single one with one thread,
///             nothing runs it and they wait forever.
/// Lifetime:   outlives its operations; may be destroyed as soon as the last one has completed. Not destroyed on one of
///             its own threads, which the destructor waits for.
/// Errors:     std::system_error from the constructor where a thread cannot be made; start() does not throw.
/// Complexity: one atomic read-modify-write to queue, on a thread of the pool an atomic store; no lock, no allocation.
/// Source:     snug; the stop of what was not begun is that of the execution resources of P2300R10 and P2079R10.
class static_thread_pool {
  struct attrs;
  struct schedule_sender;

public:
  class scheduler;

  /// As many threads as the machine runs at the same time.
  static_thread_pool() : static_thread_pool(snug::detail::hardware_threads()) {}
  /// \param threads  how many; one where none is asked for.
  explicit static_thread_pool(std::uint32_t threads) : pool_(snug::detail::make_thread_pool(threads)) {}
  static_thread_pool(static_thread_pool &&) = delete;
  /// Asks for a stop, and waits until what has begun has ended.
  ~static_thread_pool() { snug::detail::destroy_thread_pool(pool_); }

  scheduler get_scheduler() noexcept;
  std::uint32_t available_parallelism() const noexcept { return snug::detail::threads_of(*pool_); }

  /// Has everything that has not begun, and whatever is started from now on, complete as stopped.
  void request_stop() noexcept { snug::detail::request_stop(*pool_); }

private:
  snug::detail::thread_pool *pool_;
};

/// Schedules on a static_thread_pool.
class static_thread_pool::scheduler {
public:
  using scheduler_concept = scheduler_tag;

  constexpr schedule_sender schedule() const noexcept;
  static constexpr forward_progress_guarantee query(get_forward_progress_guarantee_t) noexcept {
    return forward_progress_guarantee::parallel;
  }
  static constexpr detail::thread_pool_domain query(get_completion_domain_t<set_value_t>) noexcept { return {}; }
  friend constexpr bool operator==(scheduler, scheduler) noexcept = default;

private:
  friend static_thread_pool;
  friend detail::thread_pool_domain;
  friend static_thread_pool::attrs;

  constexpr explicit scheduler(snug::detail::thread_pool *pool) noexcept : pool_(pool) {}

  snug::detail::thread_pool *pool_;
};

// Says nothing of where it is stopped: that may be inside start().
struct static_thread_pool::attrs {
  snug::detail::thread_pool *pool;

  constexpr scheduler query(get_completion_scheduler_t<set_value_t>) const noexcept { return scheduler(pool); }
  static constexpr detail::thread_pool_domain query(get_completion_domain_t<set_value_t>) noexcept { return {}; }
};

struct static_thread_pool::schedule_sender {
  using sender_concept = sender_tag;
  using in_place_self = schedule_sender;
  template <class, class Rcvr> using operation_for = detail::pool_schedule_op<Rcvr>;
  using completion_signatures = execution::completion_signatures<set_value_t(), set_stopped_t()>;

  constexpr attrs get_env() const noexcept { return {pool}; }

  snug::detail::thread_pool *pool;
};

inline static_thread_pool::scheduler static_thread_pool::get_scheduler() noexcept { return scheduler(pool_); }

constexpr static_thread_pool::schedule_sender static_thread_pool::scheduler::schedule() const noexcept {
  return {pool_};
}

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
