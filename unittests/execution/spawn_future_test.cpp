// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of spawn_future ([exec.spawn.future]).
#include <snug/execution/counting_scope.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/simple_counting_scope.hpp>
#include <snug/execution/spawn_future.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/static_thread_pool.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "asks_when_connected.hpp"
#include "both_scopes.hpp"
#include "counting_allocator.hpp"
#include "either_sender.hpp"
#include "fragile_sender.hpp"
#include "test_receivers.hpp"
#include "until_stopped.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <concepts>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// A token whose callbacks cannot be made.
struct unregistrable_token {
  template <class> struct callback_type {
    callback_type(unregistrable_token, auto &&) { throw std::runtime_error("no callback"); }
  };
  static bool stop_requested() noexcept { return false; }
  static bool stop_possible() noexcept { return true; }
  friend bool operator==(unregistrable_token, unregistrable_token) = default;
};
struct unregistrable_env {
  static unregistrable_token query(snug::get_stop_token_t) noexcept { return {}; }
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class Scope> class SpawnFuture : public testing::Test {};
TYPED_TEST_SUITE(SpawnFuture, scopes);

TYPED_TEST(SpawnFuture, StartsAtOnceAndKeepsTheResult) {
  TypeParam scope;
  int started = 0;
  {
    auto future =
        ex::spawn_future(ex::just(3) | ex::then([&](int value) { return started = value; }), scope.get_token());
    EXPECT_EQ(started, 3);
    EXPECT_EQ(run<int>(std::move(future)).value(), 3);
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, KeepsEveryCompletion) {
  TypeParam scope;
  auto const token = scope.get_token();
  EXPECT_EQ((run<int, std::string>(ex::spawn_future(ex::just(1, std::string("two")), token)).values),
            std::tuple(1, std::string("two")));
  EXPECT_TRUE(run<>(ex::spawn_future(ex::just(), token)).values.has_value());
  EXPECT_EQ(run<int>(ex::spawn_future(ex::just_error(7), token)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::spawn_future(ex::just_stopped(), token)).stopped);
  auto const throws = [](int) -> int { throw std::runtime_error("no"); };
  EXPECT_TRUE(run<int>(ex::spawn_future(ex::just(1) | ex::then(throws), token)).error);
  EXPECT_EQ(
      *std::get<0>(*run<std::unique_ptr<int>>(ex::spawn_future(ex::just(std::make_unique<int>(5)), token)).values), 5);
  auto to_string = ex::then([](auto value) { return std::string(1, sizeof(value) == sizeof(int) ? 'i' : 's'); });
  EXPECT_EQ(run<std::string>(ex::spawn_future(either_sender{3}, token) | to_string).value(), "i");
  EXPECT_EQ(run<std::string>(ex::spawn_future(either_sender{-3}, token) | to_string).value(), "s");
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, WaitsForTheResult) {
  TypeParam scope;
  ex::run_loop loop;
  outcome<int> result;
  {
    auto op = ex::connect(ex::spawn_future(ex::starts_on(loop.get_scheduler(), ex::just(3)), scope.get_token()),
                          recorder<ex::env<>, int>{&result});
    ex::start(op);
    EXPECT_EQ(result.completions, 0);
    loop.finish();
    loop.run();
    EXPECT_EQ(result.value(), 3);
    EXPECT_EQ(result.completions, 1);
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, AClosedScopeStartsNothing) {
  TypeParam scope;
  scope.close();
  int started = 0;
  allocations count;
  auto work = ex::just() | ex::then([&] { ++started; });
  EXPECT_TRUE(run<>(ex::spawn_future(work, scope.get_token(), allocator_env{&count})).stopped);
  (void)ex::spawn_future(work, scope.get_token(), allocator_env{&count});
  EXPECT_EQ(started, 0);
  EXPECT_EQ(count.made, 2);
  EXPECT_EQ(count.bytes, 0U);
}

TYPED_TEST(SpawnFuture, StaysInTheScopeUntilTheResultIsTakenOrDropped) {
  TypeParam scope;
  outcome<> joined;
  auto join = ex::connect(scope.join(), recorder<inline_env>{&joined});
  auto first = ex::spawn_future(ex::just(1), scope.get_token());
  // On the heap, to be dropped: of a std::optional g++ 12 believes at -O3 that nothing was put into it.
  auto const second_sender = [&] { return ex::spawn_future(ex::just(2), scope.get_token()); };
  std::unique_ptr<decltype(second_sender())> second(new auto(second_sender()));
  ex::start(join);
  EXPECT_EQ(run<int>(std::move(first)).value(), 1);
  EXPECT_EQ(joined.completions, 0);
  second.reset();
  EXPECT_EQ(joined.completions, 1);
}

TYPED_TEST(SpawnFuture, AnAbandonedOperationIsStoppedAndFreesItself) {
  TypeParam scope;
  allocations count;
  // Before it completes: it does so inside.
  {
    auto future = ex::spawn_future(until_stopped{}, scope.get_token(), allocator_env{&count});
  }
  EXPECT_EQ(count.bytes, 0U);
  // Without noticing.
  ex::run_loop loop;
  auto const held = std::make_shared<int>(1);
  {
    auto future =
        ex::spawn_future(ex::starts_on(loop.get_scheduler(), ex::just(held)), scope.get_token(), allocator_env{&count});
  }
  EXPECT_NE(count.bytes, 0U);
  loop.finish();
  loop.run();
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_EQ(held.use_count(), 1);
  // After it completed.
  {
    auto future = ex::spawn_future(ex::just(held), scope.get_token(), allocator_env{&count});
  }
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_EQ(held.use_count(), 1);
  // Connected, but never started.
  outcome<int> result;
  {
    auto op = ex::connect(ex::spawn_future(until_stopped{}, scope.get_token(), allocator_env{&count}),
                          recorder<ex::env<>, int>{&result});
  }
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_EQ(count.made, 4);
  EXPECT_EQ(result.completions, 0);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, AStopReachesTheOperation) {
  for (bool const before : {true, false}) {
    TypeParam scope;
    snug::inplace_stop_source source;
    outcome<> result;
    {
      auto op = ex::connect(ex::spawn_future(until_stopped{}, scope.get_token()),
                            recorder<token_env>{&result, {source.get_token()}});
      if (before) {
        source.request_stop();
        EXPECT_EQ(result.completions, 0);
      }
      ex::start(op);
      source.request_stop();
      EXPECT_TRUE(result.stopped);
      EXPECT_EQ(result.completions, 1);
    }
    EXPECT_TRUE(is_empty(scope));
  }
}

TYPED_TEST(SpawnFuture, AStopNeedNotWaitForTheOperation) {
  for (bool const before : {true, false}) {
    TypeParam scope;
    ex::run_loop loop;
    snug::inplace_stop_source source;
    outcome<int> result;
    int ran = 0;
    {
      auto op = ex::connect(
          ex::spawn_future(ex::starts_on(loop.get_scheduler(), ex::just(1)) | ex::upon_stopped([&] { return ++ran; }),
                           scope.get_token()),
          recorder<token_env, int>{&result, {source.get_token()}});
      if (before) {
        source.request_stop();
      }
      ex::start(op);
      source.request_stop();
      EXPECT_TRUE(result.stopped);
    }
    outcome<> joined;
    auto join = ex::connect(scope.join(), recorder<inline_env>{&joined});
    ex::start(join);
    EXPECT_EQ(joined.completions, 0);
    loop.finish();
    loop.run();
    EXPECT_EQ(ran, 1);
    EXPECT_EQ(result.completions, 1);
    EXPECT_EQ(joined.completions, 1);
  }
}

TYPED_TEST(SpawnFuture, AResultThatIsThereWinsOverAStop) {
  TypeParam scope;
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_EQ(run<int>(ex::spawn_future(ex::just(3), scope.get_token()), token_env{source.get_token()}).value(), 3);
  EXPECT_TRUE(is_empty(scope));
}

TEST(SpawnFutureInACountingScope, TheScopeStopsWhatIsSpawned) {
  ex::counting_scope scope;
  outcome<> result;
  {
    auto op = ex::connect(ex::spawn_future(ex::when_all(until_stopped{}, until_stopped{}), scope.get_token()),
                          recorder<ex::env<>>{&result});
    ex::start(op);
    scope.request_stop();
    EXPECT_TRUE(result.stopped);
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, TheEnvironmentIsTheOneGiven) {
  TypeParam scope;
  auto const token = scope.get_token();
  using sch = ex::inline_scheduler;
  EXPECT_EQ(run<sch>(ex::spawn_future(ex::read_env(ex::get_start_scheduler), token, inline_env{})).completions, 1);
  using asks = asks_when_connected<ex::get_start_scheduler_t>;
  EXPECT_EQ(
      run<sch>(ex::spawn_future(asks{}, token, ex::env(inline_env{}, ex::prop(ex::get_scheduler, sch())))).completions,
      1);
  // A token there stops what is spawned, too.
  snug::inplace_stop_source source;
  outcome<> result;
  {
    auto op = ex::connect(ex::spawn_future(until_stopped{}, token, token_env{source.get_token()}),
                          recorder<ex::env<>>{&result});
    ex::start(op);
    source.request_stop();
    EXPECT_TRUE(result.stopped);
  }
  {
    auto dropped = ex::spawn_future(until_stopped{}, token, token_env{source.get_token()});
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, TakesTheAllocatorOfTheEnvironmentAndThenOfTheSender) {
  TypeParam scope;
  allocations of_env;
  allocations of_sender;
  auto const sndr = with_allocator{ex::just(1), &of_sender};
  EXPECT_EQ(run<int>(ex::spawn_future(sndr, scope.get_token(), allocator_env{&of_env})).value(), 1);
  EXPECT_EQ(of_env.made, 1);
  EXPECT_EQ(of_sender.made, 0);
  EXPECT_EQ(run<int>(ex::spawn_future(sndr, scope.get_token())).value(), 1);
  EXPECT_EQ(of_sender.made, 1);
  EXPECT_EQ(of_env.bytes + of_sender.bytes, 0U);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, WhatThrowsLeavesNothingBehind) {
  TypeParam scope;
  allocations count;
  fragile::faults faults;
  fragile const plain(faults);
  auto const spawn = [&] { (void)ex::spawn_future(plain, scope.get_token(), allocator_env{&count}); };
  faults.connects = 0;
  EXPECT_THROW(spawn(), std::runtime_error);
  faults.copies = 0;
  EXPECT_THROW(spawn(), std::runtime_error);
  faults = {};
  count.fail = true;
  EXPECT_THROW(spawn(), std::bad_alloc);
  EXPECT_EQ(plain.held.use_count(), 1);
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, AnExceptionWhileAValueIsKeptBecomesAnError) {
  struct throws_on_copy {
    throws_on_copy() = default;
    throws_on_copy(throws_on_copy &&) noexcept = default;
    throws_on_copy(throws_on_copy const &) { throw std::runtime_error("no copy"); }
  };
  TypeParam scope;
  throws_on_copy const one;
  auto lvalue = ex::just() | ex::then([&]() noexcept -> throws_on_copy const & { return one; });
  EXPECT_TRUE(run<throws_on_copy>(ex::spawn_future(std::move(lvalue), scope.get_token())).error);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, ATokenThatThrowsIsAnError) {
  TypeParam scope;
  outcome<> result;
  {
    auto op = ex::connect(ex::spawn_future(until_stopped{}, scope.get_token()), recorder<unregistrable_env>{&result});
    ex::start(op);
    EXPECT_TRUE(result.error);
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  TypeParam scope;
  EXPECT_EQ(run<int>(ex::spawn_future(foreign{4}, scope.get_token())).value(), 4);
  EXPECT_EQ(
      run<int>(ex::spawn_future(ex::spawn_future(foreign_wrapper(ex::just(4)), scope.get_token()), scope.get_token()))
          .value(),
      4);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(SpawnFuture, CompletionSignaturesAreExact) {
  using token = typename TypeParam::token;
  using just = decltype(ex::spawn_future(ex::just(1), std::declval<token>()));
  static_assert(completes_in<just, ex::env<>, ex::set_value_t(int), ex::set_stopped_t()>);
  static_assert(completes_in<just, token_env, ex::set_value_t(int), ex::set_stopped_t()>);
  static_assert(completes_in<just, unregistrable_env, ex::set_value_t(int), ex::set_stopped_t(),
                             ex::set_error_t(std::exception_ptr)>);
  using stopped = decltype(ex::spawn_future(ex::just_stopped(), std::declval<token>()));
  static_assert(completes_in<stopped, ex::env<>, ex::set_stopped_t()>);
  static_assert(ex::sender<just> && !std::copy_constructible<just> && !ex::sender<just &>);
}

// The result is taken, dropped, or a stop is asked for, while another thread completes.
TEST(SpawnFutureOnThreads, AbandoningRacesWithCompletion) {
  ex::static_thread_pool pool(2);
  allocations count;
  for (int round = 0; round != 300; ++round) {
    ex::counting_scope scope;
    auto const held = std::make_shared<int>(round);
    {
      auto future = ex::spawn_future(ex::starts_on(pool.get_scheduler(), ex::just(held)), scope.get_token(),
                                     allocator_env{&count});
    }
    snug::this_thread::sync_wait(scope.join());
    EXPECT_EQ(held.use_count(), 1);
  }
  EXPECT_EQ(count.made, 300);
  EXPECT_EQ(count.bytes, 0U);
}

TEST(SpawnFutureOnThreads, WaitingRacesWithCompletion) {
  ex::static_thread_pool pool(2);
  allocations count;
  ex::simple_counting_scope scope;
  std::atomic<int> sum = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j != 100; ++j) {
        auto future = ex::spawn_future(ex::starts_on(pool.get_scheduler(), ex::just(j)), scope.get_token(),
                                       allocator_env{&count});
        sum += std::get<0>(snug::this_thread::sync_wait(std::move(future)).value());
      }
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  snug::this_thread::sync_wait(scope.join());
  EXPECT_EQ(sum, 4 * 4950);
  EXPECT_EQ(count.bytes, 0U);
}

TEST(SpawnFutureOnThreads, StoppingRacesWithWaitingAndCompletion) {
  ex::static_thread_pool pool(2);
  allocations count;
  for (int round = 0; round != 200; ++round) {
    ex::counting_scope scope;
    snug::inplace_stop_source source;
    outcome<int> result; // unguarded: completed once, and before the join ends
    {
      auto future =
          ex::spawn_future(ex::starts_on(pool.get_scheduler(), polling{1}), scope.get_token(), allocator_env{&count});
      std::atomic<bool> done = false;
      auto waits = std::move(future) | ex::then([&](int value) noexcept { return value; });
      auto op = ex::connect(std::move(waits) | ex::upon_stopped([] { return 2; }) | ex::then([&](int value) noexcept {
                              result.values.emplace(value);
                              done.store(true);
                              return value;
                            }),
                            recorder<token_env, int>{&result, {source.get_token()}});
      std::thread asker([&] { source.request_stop(); });
      ex::start(op);
      asker.join();
      while (!done.load()) {
        std::this_thread::yield();
      }
      scope.request_stop();
      snug::this_thread::sync_wait(scope.join());
    }
    EXPECT_EQ(result.completions, 1);
  }
  EXPECT_EQ(count.bytes, 0U);
}

TEST(SpawnFutureSizes, AreWhatTheySay) {
  using future = decltype(ex::spawn_future(ex::just(1), std::declval<ex::simple_counting_scope::token>()));
  EXPECT_EQ(sizeof(future), sizeof(void *));
  EXPECT_EQ(sizeof(ex::detail::future_meeting), 24U);
  EXPECT_EQ(size_of_op<future>, 16U);
  struct stoppable : ignore {
    static snug::inplace_stop_source &source() {
      static snug::inplace_stop_source one;
      return one;
    }
    struct env {
      static snug::inplace_stop_token query(snug::get_stop_token_t) noexcept { return source().get_token(); }
    };
    static env get_env() noexcept { return {}; }
  };
  EXPECT_EQ((size_of_op<future, stoppable>), 48U);
  using allocator = snug::detail::default_allocator<void>;
  using state =
      ex::detail::spawn_future_state<allocator, ex::detail::counting_association, decltype(ex::just(1)), ex::env<>>;
#if SNUG_STORE_RECEIVERS
  EXPECT_EQ(sizeof(state), 56U);
#else
  EXPECT_EQ(sizeof(state), 48U);
#endif
}

} // namespace
