// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What can be awaited in a task: awaitables that are handed their caller's context.
#ifndef SNUG_IO_AWAITABLE_HPP
#define SNUG_IO_AWAITABLE_HPP

#include <snug/detail/traits.hpp>
#include <snug/io/executor.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <utility>

namespace snug::io {

namespace detail {

// What await_suspend returns: nothing, whether to stay suspended, or the coroutine to go on with.
template <class R>
concept suspension = snug::detail::same_as<R, void> || snug::detail::same_as<R, bool> || std::convertible_to<R, coro>;

} // namespace detail

/// An awaitable of I/O. The task that awaits it hands over its executor and its stop token beside its handle; once
/// the operation is done, `ex.dispatch(h)` says what to resume.
///
/// Lifetime:   where await_suspend has handed the operation to somebody else, it touches the awaitable no more: the
///             coroutine may have gone on, and the awaitable with it.
template <class A, class Handle>
concept io_awaitable = executor_handle<Handle> && requires(A &a, coro h, Handle ex, inplace_stop_token stop) {
  { a.await_ready() } -> std::convertible_to<bool>;
  { a.await_suspend(h, ex, stop) } -> detail::suspension;
  a.await_resume();
};

/// What an io_awaitable yields.
template <class A> using io_await_result_t = decltype(std::declval<A &>().await_resume());

} // namespace snug::io

#endif
