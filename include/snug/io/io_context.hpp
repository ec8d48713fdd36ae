// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where coroutines wait for sockets and timers, driven by whoever calls run().
#ifndef SNUG_IO_IO_CONTEXT_HPP
#define SNUG_IO_IO_CONTEXT_HPP

#include <snug/io/detail/deadline.hpp>
#include <snug/io/executor.hpp>

#include <chrono>
#include <cstddef>
#include <utility>

namespace snug::io {

namespace detail {
class event_loop;
} // namespace detail

/// Runs posted work, and resumes who waits for sockets, timers and names, on the threads that call run().
///
/// State:      a pointer to what the system needs; one allocation, one epoll instance, one eventfd.
/// Threads:    every function may be called on any thread; several threads may be in run(). A thread alone in run()
///             queues what it posts itself without lock and atomic operation.
/// Lifetime:   outlives the work posted to it. The destructor cancels what still waits and runs what that makes ready,
///             until nothing is left: coroutines end by their own code, so that nothing leaks. What they refer to
///             outlives the context therefore, and a coroutine that goes on in spite of errc::operation_canceled
///             for ever keeps the destructor from returning. No thread may be in run() then.
/// Errors:     the constructor throws std::system_error where the system has no descriptors left; nothing else does.
/// Complexity: one system call for each batch of events, at most 61 pieces of work between two looks at the system.
class io_context {
public:
  class executor;
  class work_guard;

  io_context();
  io_context(io_context &&) = delete;
  ~io_context();

  executor get_executor() noexcept;

  /// Runs work until none is left and nobody waits for anything, or until stop(); returns how many pieces were run.
  /// A context that ran out of work is stopped: restart() it before the next run().
  std::size_t run() noexcept;
  /// Runs one piece of work, for which it waits; returns 0 where there is none, or after stop().
  std::size_t run_one() noexcept;
  /// Runs what is ready without waiting.
  std::size_t poll() noexcept;
  /// Runs one piece of work if there is any that is ready.
  std::size_t poll_one() noexcept;
  /// As run(), but returns when the time has come in spite of what waits; a piece of work that has begun is not cut short.
  std::size_t run_until(std::chrono::steady_clock::time_point deadline) noexcept;
  template <class Rep, class Period> std::size_t run_for(std::chrono::duration<Rep, Period> duration) noexcept {
    return run_until(detail::deadline_after(duration));
  }

  /// Lets all threads return from run() once they have finished what they are at. What waits goes on waiting.
  void stop() noexcept;
  bool stopped() const noexcept;
  /// Makes the context run again after stop(), or after it ran out of work.
  void restart() noexcept;

  detail::event_loop &loop() noexcept { return *loop_; }

private:
  detail::event_loop *loop_;
};

/// Stands for an io_context.
///
/// State:      16 bytes: the functions and the context (x86-64, Itanium ABI), held by io/sizes_test.cpp.
/// Threads:    post() and dispatch() may be called on any thread.
class io_context::executor final : public executor_base {
public:
  /// h itself on a thread that runs the context; elsewhere h is queued, in memory that is used again and again.
  coro dispatch(coro h) const noexcept override;
  void post(work *w) const noexcept override;

  /// Whether the calling thread is in run(), poll() or the like.
  bool running_in_this_thread() const noexcept;

  io_context &context() const noexcept { return *context_; }

  friend bool operator==(executor const &a, executor const &b) noexcept { return a.context_ == b.context_; }

private:
  friend io_context;

  explicit executor(io_context *context) noexcept : context_(context) {}

  io_context *context_;
};

/// Keeps run() from returning for want of work.
class io_context::work_guard {
public:
  explicit work_guard(io_context &context) noexcept;
  work_guard(work_guard &&other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
  work_guard &operator=(work_guard other) noexcept {
    std::swap(context_, other.context_);
    return *this;
  }
  ~work_guard() { reset(); }

  /// Lets run() return again.
  void reset() noexcept;

private:
  io_context *context_;
};

inline io_context::executor io_context::get_executor() noexcept { return executor(this); }

} // namespace snug::io

#endif
