// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An awaitable behind void*: what tables of functions hold of its type.
#ifndef SNUG_ANY_AWAITABLE_FUNCTIONS_HPP
#define SNUG_ANY_AWAITABLE_FUNCTIONS_HPP

#include <snug/io/awaitable.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <cstddef>
#include <new>
#include <system_error>
#include <type_traits>

namespace snug::io::detail {

// What is known of an awaitable as soon as it is made. await_ready() is asked at once, without another call through the
// table, unless it may throw: then it is asked when the awaitable counts as made, so that somebody destroys it.
// Around zero, so that one comparison tells all three apart.
enum class readiness : signed char { unasked = -1, suspends, ready };

// An awaitable of the given type in storage that is made for it. Every table hands the same functions out.
template <class Awaitable, class Handle> struct awaitable_functions {
  // From void, [expr.static.cast]/14; an object that make() put there, [ptr.launder].
  static Awaitable &at(void *storage) noexcept { return *std::launder(static_cast<Awaitable *>(storage)); }

  // Made in place from a prvalue: awaitables need not be movable.
  template <class Call> static readiness make(void *storage, Call &&call) {
    Awaitable &made = *::new (storage) Awaitable(static_cast<Call &&>(call)());
    if constexpr (noexcept(static_cast<bool>(made.await_ready()))) {
      return made.await_ready() ? readiness::ready : readiness::suspends;
    } else {
      return readiness::unasked;
    }
  }

  static bool await_ready(void *storage) { return static_cast<bool>(at(storage).await_ready()); }

  static coro await_suspend(void *storage, coro h, Handle ex, inplace_stop_token stop) {
    using suspension = decltype(at(storage).await_suspend(h, ex, stop));
    if constexpr (std::is_void_v<suspension>) {
      at(storage).await_suspend(h, ex, stop);
      return std::noop_coroutine();
    } else if constexpr (std::is_same_v<suspension, bool>) {
      return at(storage).await_suspend(h, ex, stop) ? coro(std::noop_coroutine()) : h;
    } else {
      return at(storage).await_suspend(h, ex, stop);
    }
  }

  // Also destroys the awaitable: each would be a call of its own through the table.
  static io_result<std::size_t> await_resume(void *storage) {
    struct destroyed_at_last {
      Awaitable &awaitable;
      ~destroyed_at_last() { awaitable.~Awaitable(); }
    } const last{at(storage)};
    using result = decltype(last.awaitable.await_resume());
    if constexpr (std::is_same_v<std::remove_cvref_t<result>, io_result<>>) {
      return {last.awaitable.await_resume().ec, 0};
    } else {
      return last.awaitable.await_resume();
    }
  }

  static void destroy(void *storage) noexcept { at(storage).~Awaitable(); }
};

// An awaitable of tasks with this storage of executors, which yields that.
template <class Awaitable, class Handle, class Result>
concept awaitable_yielding = io_awaitable<Awaitable, Handle> && std::is_object_v<Awaitable> && requires(Awaitable &a) {
  { a.await_resume() } -> std::convertible_to<Result>;
};

} // namespace snug::io::detail

#endif
