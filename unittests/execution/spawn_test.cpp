// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of spawn ([exec.spawn]).
#include <snug/execution/associate.hpp>
#include <snug/execution/counting_scope.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/simple_counting_scope.hpp>
#include <snug/execution/spawn.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/static_thread_pool.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>

#include "asks_when_connected.hpp"
#include "both_scopes.hpp"
#include "counting_allocator.hpp"
#include "fragile_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <concepts>
#include <memory>
#include <new>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class Scope> class Spawn : public testing::Test {};
TYPED_TEST_SUITE(Spawn, scopes);

TYPED_TEST(Spawn, StartsAtOnce) {
  TypeParam scope;
  int got = 0;
  static_assert(std::same_as<decltype(ex::spawn(ex::just(), scope.get_token())), void>);
  ex::spawn(ex::just(3) | ex::then([&](int value) noexcept { got = value; }), scope.get_token());
  EXPECT_EQ(got, 3);
  ex::spawn(ex::just_stopped(), scope.get_token());
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Spawn, StaysInTheScopeUntilItCompletes) {
  TypeParam scope;
  ex::run_loop loop;
  int got = 0;
  ex::spawn(ex::starts_on(loop.get_scheduler(), ex::just() | ex::then([&]() noexcept { ++got; })), scope.get_token());
  outcome<> joined;
  auto join = ex::connect(scope.join(), recorder<inline_env>{&joined});
  ex::start(join);
  EXPECT_EQ(joined.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_EQ(got, 1);
  EXPECT_EQ(joined.completions, 1);
}

TYPED_TEST(Spawn, StartsNothingInAClosedScopeAndFreesItsMemory) {
  TypeParam scope;
  scope.close();
  allocations count;
  int got = 0;
  ex::spawn(ex::just() | ex::then([&]() noexcept { ++got; }), scope.get_token(), allocator_env{&count});
  EXPECT_EQ(got, 0);
  EXPECT_EQ(count.made, 1);
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Spawn, TakesTheAllocatorOfTheEnvironmentFirst) {
  TypeParam scope;
  allocations of_env;
  allocations of_sender;
  auto const sndr = with_allocator{ex::just(), &of_sender};
  ex::spawn(sndr, scope.get_token(), allocator_env{&of_env});
  EXPECT_EQ(of_env.made, 1);
  EXPECT_EQ(of_sender.made, 0);
  EXPECT_TRUE(is_empty(scope));
  EXPECT_EQ(of_env.bytes, 0U);
}

TYPED_TEST(Spawn, TakesTheAllocatorOfTheSenderNextAndShowsIt) {
  TypeParam scope;
  allocations count;
  int seen = 0;
  // The allocator is that of the sender's attributes, which is why it is looked up in the environment below.
  auto asks = ex::read_env(snug::get_allocator) |
              ex::then([&](auto allocator) noexcept { seen += allocator.count == &count ? 1 : 0; });
  ex::spawn(with_allocator{std::move(asks), &count}, scope.get_token());
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(count.made, 1);
  EXPECT_TRUE(is_empty(scope));
  EXPECT_EQ(count.bytes, 0U);
}

TYPED_TEST(Spawn, TheEnvironmentIsTheOneGiven) {
  TypeParam scope;
  int seen = 0;
  auto count = ex::then([&](auto) noexcept { ++seen; });
  ex::spawn(ex::read_env(ex::get_start_scheduler) | count, scope.get_token(), inline_env{});
  ex::spawn(asks_when_connected<ex::get_start_scheduler_t>{} | count, scope.get_token(), inline_env{});
  ex::spawn(ex::read_env(ex::get_start_scheduler) | count, scope.get_token(),
            ex::env(ex::prop(ex::get_scheduler, ex::inline_scheduler()), inline_env{}));
  EXPECT_EQ(seen, 3);
  snug::inplace_stop_source source;
  source.request_stop();
  bool stopped = false;
  auto tell = polling{1} | ex::then([](int) noexcept {}) | ex::upon_stopped([&]() noexcept { stopped = true; });
  ex::spawn(tell, scope.get_token(), token_env{source.get_token()});
  EXPECT_TRUE(stopped);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Spawn, WhatThrowsLeavesNothingBehind) {
  TypeParam scope;
  allocations count;
  fragile::faults faults;
  fragile const plain(faults);
  auto const spawn = [&] {
    ex::spawn(plain | ex::then([](int) noexcept {}), scope.get_token(), allocator_env{&count});
  };
  faults.connects = 0;
  EXPECT_THROW(spawn(), std::runtime_error);
  EXPECT_EQ(count.made, 1);
  for (int moves = 0; moves != 2; ++moves) {
    faults.moves = moves;
    EXPECT_THROW(spawn(), std::runtime_error);
  }
  faults = {};
  count.fail = true;
  EXPECT_THROW(spawn(), std::bad_alloc);
  EXPECT_EQ(plain.held.use_count(), 1);
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_TRUE(is_empty(scope));
}

} // namespace

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// A scope of somebody else, whose association throws.
struct throwing_scope_token {
  template <class Sndr> Sndr &&wrap(Sndr &&sndr) const noexcept { return static_cast<Sndr &&>(sndr); }
  snug::execution::detail::counting_association try_associate() const { throw std::runtime_error("no association"); }
};
static_assert(snug::execution::scope_token<throwing_scope_token>);

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

namespace {

TEST(Spawn, AScopeThatThrowsLeavesNothingBehind) {
  allocations count;
  auto const held = std::make_shared<int>(1);
  auto const sndr = ex::just(held) | ex::then([](auto const &) noexcept {});
  EXPECT_THROW(ex::spawn(sndr, throwing_scope_token{}, allocator_env{&count}), std::runtime_error);
  EXPECT_THROW((void)ex::associate(sndr, throwing_scope_token{}), std::runtime_error);
  EXPECT_EQ(count.made, 1);
  EXPECT_EQ(count.bytes, 0U);
  EXPECT_EQ(held.use_count(), 2);
}

// Looks how much is not given back when a scope is joined.
struct looks {
  using receiver_concept = ex::receiver_tag;
  allocations *count;
  std::size_t *left;
  void set_value() && noexcept { *left = count->bytes; }
  inline_env get_env() const noexcept { return {}; }
};

TYPED_TEST(Spawn, FreesItsMemoryBeforeTheScopeIsJoined) {
  TypeParam scope;
  allocations count;
  ex::run_loop loop;
  ex::spawn(ex::starts_on(loop.get_scheduler(), ex::just()), scope.get_token(), allocator_env{&count});
  EXPECT_NE(count.bytes, 0U);
  std::size_t left = 1;
  auto join = ex::connect(scope.join(), looks{&count, &left});
  ex::start(join);
  loop.finish();
  loop.run();
  EXPECT_EQ(left, 0U);
}

TYPED_TEST(Spawn, AnOperationMaySpawnAnother) {
  TypeParam outer;
  TypeParam inner;
  int got = 0;
  ex::spawn(ex::just() | ex::then([&]() noexcept {
              ex::spawn(ex::just() | ex::then([&]() noexcept { ++got; }) | ex::associate(inner.get_token()),
                        outer.get_token());
            }),
            outer.get_token());
  EXPECT_EQ(got, 1);
  EXPECT_TRUE(is_empty(inner));
  EXPECT_TRUE(is_empty(outer));
}

TYPED_TEST(Spawn, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  TypeParam scope;
  int got = 0;
  auto add = ex::then([&](int value) noexcept { got += value; });
  ex::spawn(foreign{4} | add, scope.get_token());
  ex::spawn(foreign_wrapper(ex::just(4) | add), scope.get_token());
  EXPECT_EQ(got, 8);
  EXPECT_TRUE(is_empty(scope));
}

TEST(SpawnInACountingScope, TheScopeStopsWhatIsSpawned) {
  for (bool const before : {true, false}) {
    ex::counting_scope scope;
    ex::run_loop loop;
    bool stopped = false;
    auto work = ex::starts_on(loop.get_scheduler(), polling{1}) | ex::then([](int) noexcept {}) |
                ex::upon_stopped([&]() noexcept { stopped = true; });
    if (before) {
      scope.request_stop();
    }
    ex::spawn(std::move(work), scope.get_token());
    scope.request_stop();
    loop.finish();
    loop.run();
    EXPECT_TRUE(stopped);
    EXPECT_TRUE(is_empty(scope));
    scope.request_stop(); // after all is done: nobody left to ask
  }
}

// Threads spawn work onto a pool while others join and ask to stop.
TYPED_TEST(Spawn, ManyThreadsSpawn) {
  constexpr int threads = 4;
  constexpr int each = 200;
  ex::static_thread_pool pool(2);
  allocations count;
  std::atomic<int> ran = 0;
  {
    TypeParam scope;
    std::vector<std::thread> spawners;
    for (int i = 0; i != threads; ++i) {
      spawners.emplace_back([&] {
        for (int j = 0; j != each; ++j) {
          ex::spawn(ex::starts_on(pool.get_scheduler(), ex::just() | ex::then([&]() noexcept { ++ran; })),
                    scope.get_token(), allocator_env{&count});
        }
      });
    }
    for (std::thread &spawner : spawners) {
      spawner.join();
    }
    snug::this_thread::sync_wait(scope.join());
  }
  EXPECT_EQ(ran, threads * each);
  EXPECT_EQ(count.made, threads * each);
  EXPECT_EQ(count.bytes, 0U);
}

TYPED_TEST(Spawn, ManyThreadsSpawnWhileTheScopeIsJoined) {
  ex::static_thread_pool pool(2);
  for (int round = 0; round != 20; ++round) {
    int unguarded = 0; // what ran before the join is visible after it
    int started = 0;
    {
      TypeParam scope;
      std::vector<std::thread> spawners;
      std::atomic<int> entered = 0;
      for (int i = 0; i != 3; ++i) {
        spawners.emplace_back([&] {
          for (int j = 0; j != 20; ++j) {
            ex::spawn(ex::starts_on(pool.get_scheduler(), ex::just() | ex::then([&]() noexcept { ++entered; })),
                      scope.get_token());
          }
        });
      }
      ex::spawn(ex::starts_on(pool.get_scheduler(), ex::just() | ex::then([&]() noexcept { unguarded = 1; })),
                scope.get_token());
      snug::this_thread::sync_wait(scope.join());
      EXPECT_EQ(unguarded, 1);
      started = entered;
      for (std::thread &spawner : spawners) {
        spawner.join();
      }
      EXPECT_EQ(started, entered);
    }
  }
}

TEST(SpawnInACountingScope, StopRacesWithCompletion) {
  ex::static_thread_pool pool(2);
  for (int round = 0; round != 50; ++round) {
    ex::counting_scope scope;
    std::atomic<int> ended = 0;
    auto end = [&](auto...) noexcept { ++ended; };
    for (int i = 0; i != 4; ++i) {
      ex::spawn(ex::starts_on(pool.get_scheduler(), polling{1}) | ex::then(end) | ex::upon_stopped(end),
                scope.get_token());
    }
    std::thread asker([&] { scope.request_stop(); });
    asker.join();
    snug::this_thread::sync_wait(scope.join());
    EXPECT_EQ(ended, 4);
  }
}

TEST(SpawnSizes, AreTheAssociationAndTheChild) {
  using child = decltype(ex::just(1) | ex::then([](int) noexcept {}));
  using allocator = snug::detail::default_allocator<void>;
  using state = ex::detail::spawn_state<allocator, ex::detail::counting_association, child>;
#if SNUG_STORE_RECEIVERS
  EXPECT_EQ(sizeof(state), 32U);
#else
  EXPECT_EQ(sizeof(state), 16U);
#endif
}

} // namespace
