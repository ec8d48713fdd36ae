// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waiting for a point in time.
#ifndef SNUG_IO_STEADY_TIMER_HPP
#define SNUG_IO_STEADY_TIMER_HPP

#include <snug/io/detail/deadline.hpp>
#include <snug/io/detail/posting.hpp>
#include <snug/io/detail/timer_node.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/io_result.hpp>
#include <snug/stop_token.hpp>

#include <chrono>

namespace snug::io {

/// Resumes a coroutine when its time has come.
///
/// `timer.expires_after(1s); auto [ec] = co_await timer.wait();`
/// State:      the time, the links into the context's heap, and the operation: no allocation. 144 bytes (x86-64, Itanium
///             ABI), held by io/sizes_test.cpp.
/// Threads:    cancel() may be called on any thread, everything else where the coroutine runs.
/// Lifetime:   cannot be moved: the context points to it; outlives a wait. One coroutine waits at a time. A coroutine that
///             waits may be destroyed on its executor, and is not resumed then. Once the time has come the timer itself
///             is queued with that executor, and outlives the coroutine until it had its turn there.
/// Errors:     errc::operation_canceled by cancel(), by expires_at(), by the stop token, or by the end of the context.
/// Complexity: constant to wait, logarithmic in the number of timers to expire or cancel.
class steady_timer : private detail::timer_node, private work, private snug::detail::stop_callback_base {
public:
  using clock = std::chrono::steady_clock;
  class wait_operation;

  explicit steady_timer(io_context &context) noexcept : steady_timer(context, clock::time_point::min()) {}
  steady_timer(io_context &context, clock::time_point when) noexcept;
  template <class Rep, class Period>
  steady_timer(io_context &context, std::chrono::duration<Rep, Period> from_now) noexcept
      : steady_timer(context, detail::deadline_after(from_now)) {}
  ~steady_timer();

  /// Sets the time; cancels a wait.
  void expires_at(clock::time_point when) noexcept;
  template <class Rep, class Period> void expires_after(std::chrono::duration<Rep, Period> from_now) noexcept {
    expires_at(detail::deadline_after(from_now));
  }
  clock::time_point expiry() const noexcept { return timer_node::deadline; }

  /// Waits for the time; at once where it is past.
  wait_operation wait() noexcept;
  /// Lets a wait end with errc::operation_canceled.
  void cancel() noexcept;

private:
  bool start(coro h, detail::posting const &post, inplace_stop_token stop) noexcept;
  void withdraw() noexcept;
  void complete(int error) noexcept;

  static void expire(timer_node &node) noexcept;
  static void resume(work *w) noexcept;
  static void stop(snug::detail::stop_callback_base &callback) noexcept;

  detail::event_loop *loop_;
  coro awaiting_;
  detail::posting post_;
  int error_ = 0;
};

/// What steady_timer::wait() returns.
class [[nodiscard]] steady_timer::wait_operation {
public:
  explicit wait_operation(steady_timer &timer) noexcept : timer_(&timer) {}
  wait_operation(wait_operation &&) = default;
  ~wait_operation() {
    if (suspended_) {
      timer_->withdraw();
    }
  }

  bool await_ready() const noexcept { return timer_->deadline <= clock::now(); }
  template <executor_handle Handle> bool await_suspend(coro h, Handle ex, inplace_stop_token stop) noexcept {
    asked_ = true;
    suspended_ = true;
    if (timer_->start(h, detail::posting(ex), stop)) {
      return true;
    }
    suspended_ = false;
    return false;
  }
  io_result<> await_resume() noexcept;

private:
  steady_timer *timer_;
  bool suspended_ = false;
  bool asked_ = false;
};

inline steady_timer::wait_operation steady_timer::wait() noexcept { return wait_operation(*this); }

} // namespace snug::io

#endif
