// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coroutines that give what they await their context, in each storage of it.
#ifndef SNUG_UNITTESTS_ANY_SUPPORT_HPP
#define SNUG_UNITTESTS_ANY_SUPPORT_HPP

#include <snug/io/awaitable.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>
#include <snug/stop_token.hpp>

#include <gtest/gtest.h>

#include <coroutine>
#include <exception>
#include <utility>

namespace snug_test {

namespace io = snug::io;

using all_handles = testing::Types<io::executor_ref, io::executor_ptr, io::env_ptr>;

// An executor that counts what it is asked for.
class counting_executor final : public io::executor_base {
public:
  io::coro dispatch(io::coro h) const noexcept override {
    ++dispatched;
    return h;
  }
  void post(io::work *) const noexcept override { ++posted; }

  mutable int dispatched = 0;
  mutable int posted = 0;
};

// What a coroutine runs in. The environment points to the executor beside it, since that is how environments are.
struct surroundings { // NOLINT(snug-stored-back-pointer)
  counting_executor executor;
  snug::inplace_stop_source stop;
  io::io_env env{executor, stop.get_token()};

  template <class Handle> Handle handle() const noexcept {
    if constexpr (std::is_same_v<Handle, io::env_ptr>) {
      return env;
    } else {
      return static_cast<io::executor_base const &>(executor);
    }
  }
};

// A coroutine that starts when it is told in which surroundings, and may be destroyed at any time.
template <class Handle> class fiber {
public:
  class promise_type {
    template <class Awaitable> struct in_context {
      Awaitable &awaitable;
      promise_type &promise;

      bool await_ready() { return awaitable.await_ready(); }
      io::coro await_suspend(io::coro h) { return awaitable.await_suspend(h, promise.handle, promise.stop); }
      decltype(auto) await_resume() { return awaitable.await_resume(); }
    };

  public:
    fiber get_return_object() noexcept { return fiber(std::coroutine_handle<promise_type>::from_promise(*this)); }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { failure = std::current_exception(); }
    template <class Awaitable>
      requires io::io_awaitable<Awaitable, Handle>
    in_context<Awaitable> await_transform(Awaitable &&awaitable) noexcept {
      return {awaitable, *this};
    }

    Handle handle;
    snug::inplace_stop_token stop;
    std::exception_ptr failure;
  };

  fiber(fiber &&other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  ~fiber() { destroy(); }

  void start(surroundings const &around) {
    coroutine_.promise().handle = around.template handle<Handle>();
    coroutine_.promise().stop = around.stop.get_token();
    coroutine_.resume();
  }
  bool done() const noexcept { return coroutine_.done(); }
  void rethrow() const {
    if (coroutine_.promise().failure) {
      std::rethrow_exception(coroutine_.promise().failure);
    }
  }
  void destroy() noexcept {
    if (coroutine_) {
      std::exchange(coroutine_, nullptr).destroy();
    }
  }

private:
  explicit fiber(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

} // namespace snug_test

#endif
