// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of awaitables as senders ([exec.awaitable], [exec.snd.concepts], [exec.getcomplsigs], [exec.connect]).
#include <snug/execution.hpp>

#include "coroutine_support.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <coroutine>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

template <class Value>
using completions_with = ex::completion_signatures<Value, ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>;

struct with_member_operator {
  ready<int> operator co_await() && noexcept { return {1}; }
};
struct with_free_operator {};
[[maybe_unused]] ready<char const *> operator co_await(with_free_operator) noexcept { return {"free"}; }

struct suspends_with_int {
  static bool await_ready() { return true; }
  static int await_suspend(std::coroutine_handle<>) { return 0; }
  static void await_resume() {}
};
struct readiness_is_no_condition {
  static void await_ready() {}
  static void await_suspend(std::coroutine_handle<>) {}
  static void await_resume() {}
};
struct some_promise {};
struct of_some_promise {
  static bool await_ready() { return true; }
  static void await_suspend(std::coroutine_handle<some_promise>) {}
  static void await_resume() {}
};

static_assert(ex::sender<ready<int>> && ex::sender<std::suspend_never> && ex::sender<with_free_operator>);
static_assert(ex::sender_in<with_member_operator, ex::env<>> && !ex::sender_in<with_member_operator &, ex::env<>>,
              "awaited as it is passed");
static_assert(ex::enable_sender<with_member_operator> && !ex::enable_sender<int> && !ex::enable_sender<std::string>);
static_assert(!ex::sender<suspends_with_int> && !ex::sender<readiness_is_no_condition>);
static_assert(!ex::sender<of_some_promise>, "no coroutine of the library has such a promise");
static_assert(ex::detail::awaitable<of_some_promise, some_promise>);

static_assert(std::same_as<ex::completion_signatures_of_t<ready<int>>, completions_with<ex::set_value_t(int)>>);
static_assert(
    std::same_as<ex::completion_signatures_of_t<ready<int &>, ex::env<>>, completions_with<ex::set_value_t(int &)>>);
static_assert(
    std::same_as<ex::completion_signatures_of_t<std::suspend_never, token_env>, completions_with<ex::set_value_t()>>);
static_assert(
    std::same_as<ex::completion_signatures_of_t<with_member_operator>, completions_with<ex::set_value_t(int)>>);
static_assert(
    std::same_as<ex::completion_signatures_of_t<with_free_operator>, completions_with<ex::set_value_t(char const *)>>);

// A promise that takes some operands only: what it does not take cannot be awaited, whatever else it is.
struct takes_ints {
  ready<int> await_transform(int value) { return {value}; }
};
static_assert(ex::detail::awaitable<int, takes_ints> && !ex::detail::awaitable<ready<int>, takes_ints>);
static_assert(ex::detail::awaitable<ready<int>, some_promise> && !ex::detail::awaitable<int, some_promise>);

// What says itself how to be awaited is asked with the promise.
struct says_itself {
  template <class Promise> ready<std::string> as_awaitable(Promise &) const { return {"said"}; }
};
static_assert(std::same_as<ex::completion_signatures_of_t<says_itself, ex::env<>>,
                           completions_with<ex::set_value_t(std::string)>>);

TEST(Awaitable, IsASender) {
  EXPECT_EQ(sync_wait(ready{41}), std::tuple(41));
  EXPECT_EQ(sync_wait(with_member_operator{}), std::tuple(1));
  EXPECT_STREQ(std::get<0>(sync_wait(with_free_operator{}).value()), "free");
  EXPECT_EQ(sync_wait(says_itself{}), std::tuple(std::string("said")));
  EXPECT_EQ(sync_wait(std::suspend_never{}), std::tuple());
  EXPECT_EQ(sync_wait(ready{41} | ex::then([](int i) noexcept { return i + 1; })), std::tuple(42));
  EXPECT_EQ(sync_wait(ex::when_all(ready{1}, ex::just(2), ready{3}) |
                      ex::then([](int a, int b, int c) { return a * 100 + b * 10 + c; })),
            std::tuple(123));
  auto moved = sync_wait(ready{std::make_unique<int>(3)});
  EXPECT_EQ(*std::get<0>(moved.value()), 3);
}

TEST(Awaitable, PassesReferencesOn) {
  int i = 0;
  sync_wait(ready<int &>{i} | ex::then([&i](int &same) { EXPECT_EQ(&same, &i); }));
}

struct throws_when {
  enum { ready_, suspended, resumed } when;
  bool await_ready() const {
    fail_in(ready_);
    return false;
  }
  bool await_suspend(std::coroutine_handle<>) const {
    fail_in(suspended);
    return false;
  }
  void await_resume() const { fail_in(resumed); }

private:
  void fail_in(int where) const {
    if (where == when) {
      throw std::runtime_error("thrown");
    }
  }
};
TEST(Awaitable, CompletesWithItsException) {
  for (auto when : {throws_when::ready_, throws_when::suspended, throws_when::resumed}) {
    auto const result = run<>(throws_when{when});
    ASSERT_EQ(result.completions, 1);
    EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  }
}

// Awaits what its promise says when it is told to stop.
struct stops {
  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> handle) const noexcept {
    return handle.promise().unhandled_stopped();
  }
  static void await_resume() noexcept {}
};
TEST(Awaitable, StopsThroughItsPromise) {
  auto const result = run<>(stops{});
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

struct asks_for_stop {
  bool stop_requested = false;

  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> bool await_suspend(std::coroutine_handle<Promise> handle) noexcept {
    stop_requested = snug::get_stop_token(ex::get_env(handle.promise())).stop_requested();
    return false;
  }
  bool await_resume() const noexcept { return stop_requested; }
};
TEST(Awaitable, SeesTheEnvironmentOfItsReceiver) {
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<bool>(asks_for_stop{}, token_env{source.get_token()}).value());
  EXPECT_FALSE(run<bool>(asks_for_stop{}).value());
}

TEST(Awaitable, CompletesWhereItIsResumed) {
  std::coroutine_handle<> handle;
  outcome<> result;
  {
    auto op = ex::connect(parked{&handle}, recorder<ex::env<>>{&result});
    ex::start(op);
    EXPECT_EQ(result.completions, 0);
    std::thread([&] { handle.resume(); }).join();
    EXPECT_EQ(result.completions, 1);
  }
}

struct counts_destructions {
  explicit counts_destructions(int *count) : count_(count) {}
  counts_destructions(counts_destructions &&other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  ~counts_destructions() {
    if (count_ != nullptr) {
      ++*count_;
    }
  }
  static constexpr bool await_ready() noexcept { return false; }
  static void await_suspend(std::coroutine_handle<>) noexcept {}
  static void await_resume() noexcept {}

private:
  int *count_;
};
TEST(Awaitable, DiesWithTheOperation) {
  for (bool started : {false, true}) {
    int destroyed = 0;
    outcome<> result;
    {
      auto op = ex::connect(counts_destructions(&destroyed), recorder<ex::env<>>{&result});
      if (started) {
        ex::start(op);
      }
      EXPECT_EQ(destroyed, 0);
    }
    EXPECT_EQ(destroyed, 1);
    EXPECT_EQ(result.completions, 0);
  }
}

// The operation may be destroyed by what it completes.
struct destroys {
  using receiver_concept = ex::receiver_tag;
  void (*destroy)(void *);
  void *owner;
  int *value;

  void set_value(int v) && noexcept {
    *value = v;
    destroy(owner);
  }
  void set_error(std::exception_ptr) && noexcept { *value = -1; }
  void set_stopped() && noexcept { *value = -2; }
};
TEST(Awaitable, MayBeDestroyedInsideItsCompletion) {
  using op = ex::connect_result_t<ready<int>, destroys>;
  int value = 0;
  std::unique_ptr<op> owner;
  auto const destroy = [](void *place) { static_cast<std::unique_ptr<op> *>(place)->reset(); };
  owner.reset(new op(ready{7}, destroys{destroy, &owner, &value}));
  ex::start(*owner);
  EXPECT_EQ(value, 7);
  EXPECT_EQ(owner, nullptr);
}

static_assert(sizeof(ex::connect_result_t<ready<int>, ignore>) == sizeof(void *));
static_assert(sizeof(ex::connect_result_t<ready<std::string>, ignore_behind_pointer>) == sizeof(void *));

} // namespace
