// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of run_loop ([exec.run.loop]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

static_assert(ex::scheduler<ex::run_loop::scheduler>);
static_assert(sizeof(snug::detail::run_loop_node) == 2 * sizeof(void *));

TEST(RunLoop, RunsInOrder) {
  ex::run_loop loop;
  std::vector<int> order;
  auto note = [&](int i) {
    return ex::schedule(loop.get_scheduler()) | ex::then([&order, i]() noexcept { order.push_back(i); });
  };
  auto first = ex::connect(note(1), ignore{});
  auto second = ex::connect(note(2), ignore{});
  auto third = ex::connect(note(3), ignore{});
  ex::start(first);
  ex::start(second);
  ex::start(third);
  EXPECT_TRUE(order.empty());
  loop.finish();
  loop.run();
  EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

TEST(RunLoop, RunsWhatIsQueuedWhileItRuns) {
  ex::run_loop loop;
  int count = 0;
  auto inner = ex::connect(ex::schedule(loop.get_scheduler()) | ex::then([&]() noexcept {
                             ++count;
                             loop.finish();
                           }),
                           ignore{});
  auto outer =
      ex::connect(ex::schedule(loop.get_scheduler()) | ex::then([&]() noexcept { ex::start(inner); }), ignore{});
  ex::start(outer);
  loop.run();
  EXPECT_EQ(count, 1);
}

TEST(RunLoop, CompletesAsStopped) {
  ex::run_loop loop;
  snug::inplace_stop_source source;
  outcome<> result;
  auto op = ex::connect(ex::schedule(loop.get_scheduler()), recorder<token_env>{&result, {source.get_token()}});
  ex::start(op);
  source.request_stop();
  loop.finish();
  loop.run();
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

TEST(RunLoop, CompletionSignaturesAreExact) {
  using sndr = ex::schedule_result_t<ex::run_loop::scheduler>;
  static_assert(
      std::same_as<ex::completion_signatures_of_t<sndr, ex::env<>>, ex::completion_signatures<ex::set_value_t()>>);
  static_assert(std::same_as<ex::completion_signatures_of_t<sndr, token_env>,
                             ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>>);
  static_assert(ex::dependent_sender<sndr>);
  static_assert(noexcept(ex::connect(std::declval<sndr>(), ignore{})));
}

TEST(RunLoop, SaysWhereItCompletes) {
  ex::run_loop loop, other;
  auto const sch = loop.get_scheduler();
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(sch))), sch);
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(sch) | ex::then([] {}))), sch);
  EXPECT_NE(sch, other.get_scheduler());
  static_assert(ex::get_forward_progress_guarantee(ex::run_loop().get_scheduler()) ==
                ex::forward_progress_guarantee::parallel);
}

TEST(RunLoop, ManyThreadsQueue) {
  constexpr int rounds = 2000;
  ex::run_loop loop;
  int count = 0; // only the running thread touches it
  auto counting = [&] { return ex::schedule(loop.get_scheduler()) | ex::then([&]() noexcept { ++count; }); };
  using op_t = ex::connect_result_t<decltype(counting()), ignore>;
  std::vector<std::unique_ptr<op_t>> ops;
  for (int i = 0; i != 3 * rounds; ++i) {
    ops.emplace_back(new op_t(ex::connect(counting(), ignore{})));
  }
  std::jthread runner([&] { loop.run(); });
  {
    std::jthread threads[3];
    for (int t = 0; t != 3; ++t) {
      threads[t] = std::jthread([&, t] {
        for (int i = 0; i != rounds; ++i) {
          ex::start(*ops[static_cast<std::size_t>(t * rounds + i)]);
        }
      });
    }
  }
  loop.finish();
  runner.join();
  EXPECT_EQ(count, 3 * rounds);
}

// finish() on one thread, destruction on another as soon as run() returns: what sync_wait does all the time.
TEST(RunLoop, MayBeDestroyedWhenRunReturns) {
  for (int round = 0; round != 500; ++round) {
    auto loop = std::make_unique<ex::run_loop>();
    std::jthread finisher([raw = loop.get()] { raw->finish(); });
    loop->run();
    loop.reset();
  }
}

// What would never complete is no end to come by quietly ([exec.run.loop.ctor]).
TEST(RunLoopDeathTest, MayNotBeDestroyedWithWorkQueued) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        auto loop = std::make_unique<ex::run_loop>();
        auto op = ex::connect(ex::schedule(loop->get_scheduler()), ignore{});
        ex::start(op);
        loop.reset();
      },
      "");
}

TEST(RunLoopDeathTest, MayNotBeDestroyedWhileItWaits) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        auto loop = std::make_unique<ex::run_loop>();
        std::thread runner([raw = loop.get()] { raw->run(); });
        std::this_thread::sleep_for(std::chrono::milliseconds(500)); // nothing tells that it waits
        loop.reset();
        std::_Exit(0); // alive: the runner cannot be joined
      },
      "");
}

} // namespace
