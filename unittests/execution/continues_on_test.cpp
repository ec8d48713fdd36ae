// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of continues_on ([exec.continues.on]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(ContinuesOn, CompletesOnTheScheduler) {
  ex::run_loop loop;
  outcome<int> result;
  auto op = ex::connect(ex::just(3) | ex::continues_on(loop.get_scheduler()), recorder<ex::env<>, int>{&result});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), 3);
  EXPECT_EQ(result.completions, 1);
}

TEST(ContinuesOn, CompletesOnTheThreadOfTheScheduler) {
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  auto const where =
      ex::just() | ex::continues_on(loop.get_scheduler()) | ex::then([] { return std::this_thread::get_id(); });
  EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(where).value()), thread.get_id());
  loop.finish();
  thread.join();
}

TEST(ContinuesOn, MovesEveryCompletion) {
  ex::inline_scheduler const sch;
  EXPECT_EQ((run<int, std::string>(ex::continues_on(ex::just(1, std::string("two")), sch)).values),
            std::tuple(1, std::string("two")));
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::continues_on(sch)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::continues_on(sch)).stopped);
  EXPECT_TRUE(run<>(ex::just() | ex::continues_on(sch)).values.has_value());
}

TEST(ContinuesOn, RemembersWhichCompletionItKeeps) {
  ex::inline_scheduler const sch;
  auto to_string = ex::then([](auto value) {
    if constexpr (std::same_as<decltype(value), std::string>) {
      return value;
    } else {
      return std::to_string(value);
    }
  });
  EXPECT_EQ(run<std::string>(either_sender{3} | ex::continues_on(sch) | to_string).value(), "3");
  EXPECT_EQ(run<std::string>(either_sender{-3} | ex::continues_on(sch) | to_string).value(), "negative");
  EXPECT_EQ(run<int>(polling{5} | ex::continues_on(sch)).value(), 5);
}

TEST(ContinuesOn, MovesValuesThatCannotBeCopiedAndDestroysThem) {
  ex::inline_scheduler const sch;
  auto result = run<std::unique_ptr<int>>(ex::just(std::make_unique<int>(4)) | ex::continues_on(sch));
  EXPECT_EQ(*std::get<0>(result.values.value()), 4);
  auto const counter = std::make_shared<int>(1);
  (void)run<int>(ex::just(counter) | ex::continues_on(sch) | ex::then([](auto const &) noexcept { return 1; }));
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(ContinuesOn, ValuesThatAreNeverSentAreDestroyed) {
  auto const counter = std::make_shared<int>(1);
  snug::inplace_stop_source source;
  source.request_stop();
  {
    ex::run_loop loop;
    outcome<std::shared_ptr<int>> result;
    auto op = ex::connect(ex::just(counter) | ex::continues_on(loop.get_scheduler()),
                          recorder<token_env, std::shared_ptr<int>>{&result, {source.get_token()}});
    ex::start(op);
    loop.finish();
    loop.run();
    // Scheduling was stopped.
    EXPECT_TRUE(result.stopped);
    EXPECT_EQ(counter.use_count(), 2);
  }
  EXPECT_EQ(counter.use_count(), 1);
}

struct throws_on_copy {
  throws_on_copy() = default;
  throws_on_copy(throws_on_copy &&) noexcept = default;
  throws_on_copy(throws_on_copy const &) { throw std::runtime_error("no copy"); }
};
throws_on_copy const one;

TEST(ContinuesOn, AnExceptionWhileAValueIsKeptBecomesAnError) {
  auto lvalue = ex::just() | ex::then([]() noexcept -> throws_on_copy const & { return one; });
  auto const result = run<throws_on_copy>(std::move(lvalue) | ex::continues_on(ex::inline_scheduler()));
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
}

TEST(ContinuesOn, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::just(std::string("ab")) | ex::continues_on(ex::inline_scheduler());
  EXPECT_EQ(run<std::string>(sndr).value(), "ab");
  EXPECT_EQ(run<std::string>(sndr).value(), "ab");
}

TEST(ContinuesOn, NestsAndJoins) {
  ex::inline_scheduler const sch;
  auto twice = [&] { return ex::just(1) | ex::continues_on(sch) | ex::continues_on(sch); };
  EXPECT_EQ((run<int, int>(ex::when_all(twice(), twice())).values), std::tuple(1, 1));
}

TEST(ContinuesOn, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  ex::inline_scheduler const sch;
  EXPECT_EQ(run<int>(foreign{4} | ex::continues_on(sch)).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::just(4) | ex::continues_on(sch))).value(), 4);
}

TEST(ContinuesOn, CompletionSignaturesAreExact) {
  using inline_t = decltype(ex::just(1) | ex::continues_on(ex::inline_scheduler()));
  static_assert(completes_in<inline_t, ex::env<>, ex::set_value_t(int)>);
  using loop_t = decltype(ex::just(1) | ex::continues_on(std::declval<ex::run_loop::scheduler>()));
  static_assert(completes_in<loop_t, ex::env<>, ex::set_value_t(int)>);
  static_assert(completes_in<loop_t, token_env, ex::set_value_t(int), ex::set_stopped_t()>);
  auto lvalue = []() noexcept -> throws_on_copy const & { return one; };
  static_assert(completes_in<decltype(ex::just() | ex::then(lvalue) | ex::continues_on(ex::inline_scheduler())),
                             ex::env<>, ex::set_value_t(throws_on_copy), ex::set_error_t(std::exception_ptr)>);
  static_assert(std::invocable<ex::continues_on_t, decltype(ex::just()), ex::inline_scheduler>);
  static_assert(!std::invocable<ex::continues_on_t, decltype(ex::just()), int>);
  static_assert(!std::invocable<ex::continues_on_t, int, ex::inline_scheduler>);
}

TEST(ContinuesOn, TheCompletionSchedulerIsTheNewOne) {
  ex::run_loop loop;
  auto const sndr = ex::schedule(loop.get_scheduler()) | ex::continues_on(ex::inline_scheduler());
  std::same_as<ex::inline_scheduler> auto const sch = ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr));
  EXPECT_EQ(sch, ex::inline_scheduler());
  auto const back = ex::just() | ex::continues_on(loop.get_scheduler());
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_stopped_t>(ex::get_env(back)), loop.get_scheduler());
}

struct take_int {
  using receiver_concept = ex::receiver_tag;
  int *result;
  constexpr void set_value(int value) && noexcept { *result = value; }
  constexpr void set_stopped() && noexcept { *result = -1; }
};
constexpr int evaluate_inline() {
  int result = -100;
  auto op = ex::connect(ex::just(42) | ex::continues_on(ex::inline_scheduler()), take_int{&result});
  ex::start(op);
  return result;
}
static_assert(evaluate_inline() == 42);
constexpr int evaluate_loop() {
  int result = -100;
  ex::run_loop loop;
  auto op = ex::connect(polling{7} | ex::continues_on(loop.get_scheduler()), take_int{&result});
  ex::start(op);
  loop.finish();
  loop.run();
  return result;
}
static_assert(evaluate_loop() == 7);

// The value, its copy, and what the scheduler needs.
using on_loop = decltype(ex::just(1) | ex::continues_on(std::declval<ex::run_loop::scheduler>()));
using on_inline = decltype(ex::just(1) | ex::continues_on(ex::inline_scheduler()));
static_assert(size_of_op<on_loop> == (SNUG_STORE_RECEIVERS ? 48 : 24));
static_assert(size_of_op<on_inline> == (SNUG_STORE_RECEIVERS ? 32 : 8));

} // namespace
