// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A promise awaits senders but has nobody to tell of a stop.
// first error: co_await: the promise needs an unhandled_stopped() that returns a coroutine handle
// names: promise_type
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct coroutine {
  struct promise_type {
    coroutine get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept {}
    void return_void() noexcept {}
    template <class Sndr> decltype(auto) await_transform(Sndr &&sndr) {
      return ex::as_awaitable(static_cast<Sndr &&>(sndr), *this);
    }
  };
};

coroutine awaits() { co_await ex::just(); }
