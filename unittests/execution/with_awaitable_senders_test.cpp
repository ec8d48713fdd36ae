// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of with_awaitable_senders ([exec.with.awaitable.senders]).
#include <snug/execution.hpp>

#include "coroutine_support.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <coroutine>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// A coroutine that another one awaits: it says whom to continue with, and its stop goes there.
class nested {
public:
  struct promise_type : ex::with_awaitable_senders<promise_type> {
    nested get_return_object() noexcept { return nested(std::coroutine_handle<promise_type>::from_promise(*this)); }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr auto final_suspend() noexcept {
      struct continues {
        static constexpr bool await_ready() noexcept { return false; }
        static std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
          return self.promise().continuation();
        }
        static constexpr void await_resume() noexcept {}
      };
      return continues{};
    }
    [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }
    void return_value(int v) noexcept { value = v; }
    int value = 0;
  };

  nested(nested &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~nested() {
    if (handle_) {
      handle_.destroy();
    }
  }

  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> outer) noexcept {
    handle_.promise().set_continuation(outer);
    return handle_;
  }
  int await_resume() const noexcept { return handle_.promise().value; }

  std::coroutine_handle<promise_type> handle() const { return handle_; }

private:
  explicit nested(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}

  std::coroutine_handle<promise_type> handle_;
};

static_assert(sizeof(nested::promise_type) == 2 * sizeof(void *) + 8, "a handle, a function and the value");

nested returns(int i) { co_return co_await ex::just(i); }
nested adds(int i) { co_return i + co_await returns(i); }
coroutine<> awaits_nested(int &result) { result = co_await adds(4); }
TEST(WithAwaitableSenders, ContinuesWithTheContinuation) {
  int result = 0;
  EXPECT_TRUE(awaits_nested(result).run().is_done());
  EXPECT_EQ(result, 8);
}

nested stops(int &reached) {
  co_await ex::just_stopped();
  reached = 1;
  co_return 1;
}
nested hands_on(int &reached) {
  int const i = co_await stops(reached);
  reached = 2;
  co_return i;
}
coroutine<> awaits_stopped(int &reached) {
  co_await hands_on(reached);
  reached = 3;
}
TEST(WithAwaitableSenders, PassesAStopThroughEveryCoroutine) {
  int reached = 0;
  auto stopped = awaits_stopped(reached).run();
  EXPECT_TRUE(stopped.was_stopped());
  EXPECT_FALSE(stopped.is_done());
  EXPECT_EQ(reached, 0);
}

TEST(WithAwaitableSenders, HasNoContinuationAtFirst) {
  auto const alone = returns(1);
  EXPECT_EQ(alone.handle().promise().continuation(), nullptr);
}

// A coroutine as a sender, for the promise of the one that awaits it offers a way to stop.
TEST(WithAwaitableSenders, MakesCoroutinesThatAreSenders) {
  static_assert(ex::sender<nested>);
  int reached = 0;
  EXPECT_EQ(snug::this_thread::sync_wait(adds(4)), std::tuple(8));
  EXPECT_EQ(snug::this_thread::sync_wait(hands_on(reached)), std::nullopt);
  EXPECT_EQ(snug::this_thread::sync_wait(ex::when_all(adds(1), adds(2))), std::tuple(2, 4));
}

// Nobody there to hear of a stop.
struct deaf {
  struct promise_type {
    deaf get_return_object() noexcept { return {}; }
    static constexpr std::suspend_never initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_never final_suspend() noexcept { return {}; }
    [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }
    void return_void() noexcept {}
  };
};
deaf does_not_hear() {
  int reached = 0;
  co_await stops(reached);
}
TEST(WithAwaitableSendersDeathTest, EndsTheProgramWhereNobodyHandlesAStop) {
  EXPECT_DEATH(does_not_hear(), "");
  EXPECT_DEATH(
      [] {
        int reached = 0;
        stops(reached).handle().resume();
      }(),
      "");
}

} // namespace
