// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A base of promises in whose coroutines senders can be awaited ([exec.with.awaitable.senders]).
#ifndef SNUG_EXECUTION_WITH_AWAITABLE_SENDERS_HPP
#define SNUG_EXECUTION_WITH_AWAITABLE_SENDERS_HPP

#include <snug/execution/as_awaitable.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <type_traits>

namespace snug::execution {

/// Makes every sender with at most one way of completing with values awaitable in the coroutines whose promise derives
/// from it, and passes a stop on to the coroutine that continues when this one is done.
///
/// A stop is like an exception that cannot be caught: the coroutine is not resumed, the unhandled_stopped() of the
/// continuation's promise is called instead. Without one the program ends.
/// State:      the handle of the continuation, and a function that knows its promise.
/// Source:     [exec.with.awaitable.senders].
template <class Promise>
  requires std::is_class_v<Promise> && std::same_as<Promise, std::remove_cv_t<Promise>>
struct with_awaitable_senders {
  template <class OtherPromise>
    requires(!std::same_as<OtherPromise, void>)
  void set_continuation(std::coroutine_handle<OtherPromise> continuation) noexcept {
    continuation_ = continuation;
    if constexpr (requires(OtherPromise &other) { other.unhandled_stopped(); }) {
      stopped_handler_ = [](void *address) noexcept -> std::coroutine_handle<> {
        return std::coroutine_handle<OtherPromise>::from_address(address).promise().unhandled_stopped();
      };
    } else {
      stopped_handler_ = &unhandled;
    }
  }

  std::coroutine_handle<> continuation() const noexcept { return continuation_; }
  std::coroutine_handle<> unhandled_stopped() noexcept { return stopped_handler_(continuation_.address()); }

  template <class Value>
    requires(!detail::unawaitable_sender<Value, Promise>)
  decltype(auto) await_transform(Value &&value) {
    return as_awaitable(static_cast<Value &&>(value), static_cast<Promise &>(*this));
  }
  // Says what is wrong before the compiler says that there is no await_ready.
  template <class Value>
    requires detail::unawaitable_sender<Value, Promise>
  auto await_transform(Value &&) {
    detail::check_await<Value, detail::completions_t<Value, detail::awaiter_env_t<Promise>>>::report();
    return std::suspend_never();
  }

private:
  [[noreturn]] static std::coroutine_handle<> unhandled(void *) noexcept { std::terminate(); }

  std::coroutine_handle<> continuation_;
  std::coroutine_handle<> (*stopped_handler_)(void *) noexcept = &unhandled;
};

} // namespace snug::execution

#endif
