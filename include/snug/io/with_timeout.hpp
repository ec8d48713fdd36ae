// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Awaits something for so long and no longer.
#ifndef SNUG_IO_WITH_TIMEOUT_HPP
#define SNUG_IO_WITH_TIMEOUT_HPP

#include <snug/detail/traits.hpp>
#include <snug/io/awaitable.hpp>
#include <snug/io/detail/deadline.hpp>
#include <snug/io/detail/time_limit.hpp>
#include <snug/io/detail/timer_node.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/io_env.hpp>
#include <snug/stop_token.hpp>

#include <chrono>
#include <system_error>
#include <type_traits>
#include <utility>

namespace snug::io {

namespace detail {

// Requests a stop at a point in time, or when somebody else does, and knows which of both was first.
class alarm : timer_node, snug::detail::stop_callback_base {
public:
  alarm(io_context &context, clock::time_point when) noexcept;
  ~alarm() { disarm(); }

  // Until disarm().
  inplace_stop_token arm(inplace_stop_token outside) noexcept;
  // Returns once nobody is in here any more.
  void disarm() noexcept;
  bool was_first() const noexcept { return was_first_; }

private:
  static void expire(timer_node &node) noexcept;
  static void stop(snug::detail::stop_callback_base &callback) noexcept;

  event_loop *loop_;
  inplace_stop_source source_;
  bool armed_ = false;
  bool was_first_ = false;
  bool expiring_ = false; // on some thread; as is
  bool passing_on_ = false;
};

template <class A> class timed_awaitable {
  static_assert(
      requires(io_await_result_t<A> &result) { result.ec = std::error_code(); },
      "with_timeout: what is awaited yields an io_result, which can tell that the time was out");

public:
  timed_awaitable(io_context &context, clock::time_point deadline, A &&awaited)
      : alarm_(context, deadline), awaited_(std::move(awaited)) {}
  timed_awaitable(timed_awaitable &&) = delete;

  bool await_ready() noexcept(noexcept(std::declval<A &>().await_ready())) { return awaited_.await_ready(); }
  template <executor_handle Handle> auto await_suspend(coro h, Handle ex, inplace_stop_token stop) {
    inplace_stop_token const token = alarm_.arm(stop);
    if constexpr (snug::detail::same_as<Handle, env_ptr>) {
      env_ = {ex->executor, token, ex->frames};
      return awaited_.await_suspend(h, env_ptr(env_), token);
    } else {
      return awaited_.await_suspend(h, ex, token);
    }
  }
  io_await_result_t<A> await_resume() {
    alarm_.disarm();
    io_await_result_t<A> result = awaited_.await_resume();
    if (alarm_.was_first() && result.ec == std::errc::operation_canceled) {
      result.ec = std::make_error_code(std::errc::timed_out);
    }
    return result;
  }

private:
  alarm alarm_;
  io_env env_; // where the caller's cannot be passed on: it has another stop token
  A awaited_;
};

template <class A> using timed_t = std::conditional_t<is_operation<A>, timed_operation<A>, timed_awaitable<A>>;

// Where the deadline is kept.
template <class A> decltype(auto) timekeeper(io_context &context) noexcept {
  if constexpr (is_operation<A>) {
    return (context.loop());
  } else {
    return (context);
  }
}

} // namespace detail

/// Awaits an operation or a task until a point in time:
/// `auto [ec, n] = co_await with_timeout(context, 5s, socket.read_some(buffer));`
///
/// When the time has come a stop is requested of what is awaited, and the result is what that makes of it, with
/// errc::timed_out in place of errc::operation_canceled. What was done holds beside it. The caller's stop token is passed
/// on; where it came first the error stays errc::operation_canceled. What is done at once is done whatever the time is;
/// what has more to do in spite of the request is waited for.
/// State:      the awaitable and 56 bytes, a timer, where it is an operation of a socket; 136 bytes, with a stop source and
///             an environment, where it is anything else (x86-64, Itanium ABI), held by io/sizes_test.cpp. No allocation.
/// Threads:    the time is kept by the context, on a thread in its run(); the coroutine goes on on its own executor.
/// Lifetime:   the context outlives it; its end is no expiry, but cancels. The coroutine may be destroyed while it waits if
///             it may be with what it awaits. That, when it is asked to stop, posts the coroutine and does not resume it
///             before request_stop() has returned; nothing in this library does.
/// Errors:     those of what is awaited, and its exceptions.
/// Complexity: logarithmic in the number of timers of the context, and only where something is to be waited for.
template <class A>
detail::timed_t<A> with_timeout(io_context &context, std::chrono::steady_clock::time_point deadline, A awaited) {
  return {detail::timekeeper<A>(context), deadline, std::move(awaited)};
}
template <class Rep, class Period, class A>
detail::timed_t<A> with_timeout(io_context &context, std::chrono::duration<Rep, Period> from_now, A awaited) {
  return {detail::timekeeper<A>(context), detail::deadline_after(from_now), std::move(awaited)};
}

} // namespace snug::io

#endif
