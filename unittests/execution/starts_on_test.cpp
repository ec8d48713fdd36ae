// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of starts_on ([exec.starts.on]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "asks_when_connected.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <string>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(StartsOn, StartsOnTheScheduler) {
  ex::run_loop loop;
  outcome<int> result;
  bool started = false;
  auto op = ex::connect(ex::starts_on(loop.get_scheduler(), ex::just(3) | ex::then([&](int x) noexcept {
                                                              started = true;
                                                              return x;
                                                            })),
                        recorder<ex::env<>, int>{&result});
  ex::start(op);
  EXPECT_FALSE(started);
  loop.finish();
  loop.run();
  EXPECT_TRUE(started);
  EXPECT_EQ(result.value(), 3);
  EXPECT_EQ(result.completions, 1);
}

TEST(StartsOn, RunsOnTheThreadOfTheScheduler) {
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  auto const where =
      ex::starts_on(loop.get_scheduler(), ex::just() | ex::then([] { return std::this_thread::get_id(); }));
  EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(where).value()), thread.get_id());
  loop.finish();
  thread.join();
}

TEST(StartsOn, TheEnvironmentNamesTheScheduler) {
  ex::run_loop loop;
  outcome<ex::run_loop::scheduler> result;
  auto op = ex::connect(ex::starts_on(loop.get_scheduler(), ex::read_env(ex::get_scheduler)),
                        recorder<ex::env<>, ex::run_loop::scheduler>{&result});
  ex::start(op);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), loop.get_scheduler());
  ex::inline_scheduler const sch;
  using start_scheduler = decltype(ex::starts_on(sch, ex::read_env(ex::get_start_scheduler)));
  static_assert(completes_in<start_scheduler, ex::env<>, ex::set_value_t(ex::inline_scheduler)>);
  // In front of what is around; other queries come from there.
  EXPECT_EQ(run<ex::inline_scheduler>(ex::starts_on(sch, ex::read_env(ex::get_scheduler)),
                                      ex::prop(ex::get_scheduler, loop.get_scheduler()))
                .value(),
            sch);
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<int>(ex::starts_on(sch, polling{1}), token_env{source.get_token()}).stopped);
}

TEST(StartsOn, TheEnvironmentNamesTheSchedulerWhileTheSenderIsConnected) {
  ex::run_loop loop;
  using scheduler = ex::run_loop::scheduler;
  outcome<scheduler> result;
  auto op = ex::connect(ex::starts_on(loop.get_scheduler(), asks_when_connected<ex::get_start_scheduler_t>{}),
                        recorder<ex::env<>, scheduler>{&result});
  ex::start(op);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), loop.get_scheduler());
}

TEST(StartsOn, PassesEveryCompletionOn) {
  ex::inline_scheduler const sch;
  EXPECT_EQ((run<int, long>(ex::starts_on(sch, ex::just(1, 2L))).values), std::tuple(1, 2L));
  EXPECT_EQ(run<int>(ex::starts_on(sch, ex::just_error(7))).int_error, 7);
  EXPECT_TRUE(run<int>(ex::starts_on(sch, ex::just_stopped())).stopped);
  auto result = run<std::unique_ptr<int>>(ex::starts_on(sch, ex::just(std::make_unique<int>(4))));
  EXPECT_EQ(*std::get<0>(result.values.value()), 4);
}

TEST(StartsOn, DoesNotStartWhereSchedulingWasStopped) {
  snug::inplace_stop_source source;
  source.request_stop();
  ex::run_loop loop;
  outcome<int> result;
  bool started = false;
  auto op = ex::connect(ex::starts_on(loop.get_scheduler(), ex::just(3) | ex::then([&](int x) noexcept {
                                                              started = true;
                                                              return x;
                                                            })),
                        recorder<token_env, int>{&result, {source.get_token()}});
  ex::start(op);
  loop.finish();
  loop.run();
  EXPECT_FALSE(started);
  EXPECT_TRUE(result.stopped);
}

TEST(StartsOn, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::starts_on(ex::inline_scheduler(), ex::just(std::string("ab")));
  EXPECT_EQ(run<std::string>(sndr).value(), "ab");
  EXPECT_EQ(run<std::string>(sndr).value(), "ab");
}

TEST(StartsOn, NestsAndJoins) {
  ex::inline_scheduler const sch;
  auto twice = [&] { return ex::starts_on(sch, ex::starts_on(sch, ex::just(1))); };
  EXPECT_EQ((run<int, int>(ex::when_all(twice(), twice())).values), std::tuple(1, 1));
}

TEST(StartsOn, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  ex::inline_scheduler const sch;
  EXPECT_EQ(run<int>(ex::starts_on(sch, foreign{4})).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::starts_on(sch, ex::just(4)))).value(), 4);
}

TEST(StartsOn, CompletionSignaturesAreExact) {
  using inline_t = decltype(ex::starts_on(ex::inline_scheduler(), ex::just(1)));
  static_assert(completes_in<inline_t, ex::env<>, ex::set_value_t(int)>);
  using loop_t = decltype(ex::starts_on(std::declval<ex::run_loop::scheduler>(), ex::just(1)));
  static_assert(completes_in<loop_t, ex::env<>, ex::set_value_t(int)>);
  static_assert(completes_in<loop_t, token_env, ex::set_value_t(int), ex::set_stopped_t()>);
  static_assert(!std::invocable<ex::starts_on_t, int, decltype(ex::just())>);
  static_assert(!std::invocable<ex::starts_on_t, ex::inline_scheduler, int>);
}

struct take_int {
  using receiver_concept = ex::receiver_tag;
  int *result;
  constexpr void set_value(int value) && noexcept { *result = value; }
};
constexpr int evaluate_inline() {
  int result = -100;
  auto op = ex::connect(ex::starts_on(ex::inline_scheduler(), ex::just(42)), take_int{&result});
  ex::start(op);
  return result;
}
static_assert(evaluate_inline() == 42);
constexpr int evaluate_loop() {
  int result = -100;
  ex::run_loop loop;
  auto op = ex::connect(ex::starts_on(loop.get_scheduler(), ex::just(7)), take_int{&result});
  ex::start(op);
  loop.finish();
  loop.run();
  return result;
}
static_assert(evaluate_loop() == 7);

// The sender's value, the node and the scheduler.
using on_loop = decltype(ex::starts_on(std::declval<ex::run_loop::scheduler>(), ex::just(1)));
using on_inline = decltype(ex::starts_on(ex::inline_scheduler(), ex::just(1)));
static_assert(size_of_op<on_loop> == (SNUG_STORE_RECEIVERS ? 48 : 32));
static_assert(size_of_op<on_inline> == (SNUG_STORE_RECEIVERS ? 24 : 4));

} // namespace
