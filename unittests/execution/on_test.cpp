// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of on ([exec.on]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <string>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// An environment that is started on a run_loop, or inline.
template <class Sch> struct started_on {
  Sch sch;
  constexpr Sch query(ex::get_scheduler_t) const noexcept { return sch; }
  constexpr Sch query(ex::get_start_scheduler_t) const noexcept { return sch; }
};
using loop_env = started_on<ex::run_loop::scheduler>;
using inline_env = started_on<ex::inline_scheduler>;

void drain(ex::run_loop &loop) {
  loop.finish();
  loop.run();
}

TEST(On, GoesThereAndComesBack) {
  ex::run_loop there;
  ex::run_loop back;
  outcome<int> result;
  bool ran = false;
  auto op = ex::connect(ex::on(there.get_scheduler(), ex::just(3) | ex::then([&](int x) noexcept {
                                                        ran = true;
                                                        return x;
                                                      })),
                        recorder<loop_env, int>{&result, {back.get_scheduler()}});
  ex::start(op);
  EXPECT_FALSE(ran);
  drain(there);
  EXPECT_TRUE(ran);
  EXPECT_EQ(result.completions, 0);
  drain(back);
  EXPECT_EQ(result.value(), 3);
  EXPECT_EQ(result.completions, 1);
}

TEST(On, RunsAClosureThereOnly) {
  ex::run_loop there;
  std::thread thread([&] { there.run(); });
  auto const here = std::this_thread::get_id();
  auto where = [] { return std::this_thread::get_id(); };
  auto sndr = ex::just() | ex::then(where) | ex::on(there.get_scheduler(), ex::then([&](std::thread::id before) {
                                                      return before == here && std::this_thread::get_id() != here;
                                                    })) |
              ex::then([&](bool moved) { return moved && std::this_thread::get_id() == here; });
  EXPECT_TRUE(std::get<0>(snug::this_thread::sync_wait(std::move(sndr)).value()));
  there.finish();
  thread.join();
}

TEST(On, TakesTheClosureAsAnArgumentToo) {
  auto sndr = ex::on(ex::just(4), ex::inline_scheduler(), ex::then([](int x) noexcept { return 2 * x; }));
  EXPECT_EQ(run<int>(sndr, inline_env{}).value(), 8);
  auto const closure = ex::on(ex::inline_scheduler(), ex::then([](int x) noexcept { return x + 1; }));
  EXPECT_EQ(run<int>(ex::just(4) | (closure | ex::then([](int x) noexcept { return 10 * x; })), inline_env{}).value(),
            50);
}

TEST(On, ReturnsToWhereTheSenderCompletes) {
  ex::run_loop first;
  ex::run_loop there;
  outcome<int> result;
  auto op = ex::connect(ex::schedule(first.get_scheduler()) |
                            ex::on(there.get_scheduler(), ex::then([]() noexcept { return 6; })),
                        recorder<ex::env<>, int>{&result});
  ex::start(op);
  first.finish();
  first.run();
  drain(there);
  EXPECT_EQ(result.completions, 0);
  first.run();
  EXPECT_EQ(result.value(), 6);
}

TEST(On, PassesEveryCompletionOn) {
  ex::inline_scheduler const sch;
  EXPECT_EQ((run<int, long>(ex::on(sch, ex::just(1, 2L)), inline_env{}).values), std::tuple(1, 2L));
  EXPECT_EQ(run<int>(ex::on(sch, ex::just_error(7)), inline_env{}).int_error, 7);
  EXPECT_TRUE(run<int>(ex::on(sch, ex::just_stopped()), inline_env{}).stopped);
  auto result = run<std::unique_ptr<int>>(ex::on(sch, ex::just(std::make_unique<int>(4))), inline_env{});
  EXPECT_EQ(*std::get<0>(result.values.value()), 4);
}

TEST(On, TheEnvironmentThereNamesTheScheduler) {
  ex::run_loop there;
  ex::run_loop back;
  outcome<ex::run_loop::scheduler> result;
  auto op = ex::connect(ex::on(there.get_scheduler(), ex::read_env(ex::get_start_scheduler)),
                        recorder<loop_env, ex::run_loop::scheduler>{&result, {back.get_scheduler()}});
  ex::start(op);
  drain(there);
  drain(back);
  EXPECT_EQ(result.value(), there.get_scheduler());
}

TEST(On, NestsInOtherAlgorithms) {
  ex::inline_scheduler const sch;
  auto twice = [&] { return ex::on(sch, ex::on(sch, ex::just(1))); };
  EXPECT_EQ((run<int, int>(ex::when_all(twice(), twice()), inline_env{}).values), std::tuple(1, 1));
  EXPECT_EQ(run<int>(ex::just() | ex::let_value([&] { return ex::on(sch, ex::just(5)); }), inline_env{}).value(), 5);
  EXPECT_EQ(run<int>(ex::starts_on(sch, ex::on(sch, foreign{4}))).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::on(sch, ex::just(4))), inline_env{}).value(), 4);
}

TEST(On, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::on(ex::inline_scheduler(), ex::just(std::string("ab")));
  EXPECT_EQ(run<std::string>(sndr, inline_env{}).value(), "ab");
  EXPECT_EQ(run<std::string>(sndr, inline_env{}).value(), "ab");
}

TEST(On, IsTakenApart) {
  auto sndr = ex::on(ex::inline_scheduler(), ex::just(3));
  auto &[tag, sch, child] = sndr;
  static_assert(std::same_as<ex::tag_of_t<decltype(sndr)>, ex::on_t>);
  EXPECT_EQ(sch, ex::inline_scheduler());
  EXPECT_EQ(run<int>(child).value(), 3);
  auto piped = ex::just(3) | ex::on(ex::inline_scheduler(), ex::then([](int x) noexcept { return x + 1; }));
  auto &[piped_tag, data, piped_child] = piped;
  auto &[to, closure] = data;
  EXPECT_EQ(run<int>(piped_child | closure).value(), 4);
}

using back_inline = decltype(ex::on(ex::inline_scheduler(), ex::just(1)));
static_assert(completes_in<back_inline, inline_env, ex::set_value_t(int)>);
static_assert(ex::dependent_sender<back_inline> && !ex::sender_in<back_inline, ex::env<>>);
static_assert(!std::invocable<ex::on_t, int, decltype(ex::just())>);
static_assert(!std::invocable<ex::on_t, ex::inline_scheduler, int>);

// The value of just, a captured int, the kept result; the nodes there and back, the scheduler for the environment there
// and, in the receiver, the one to come back to.
[[maybe_unused]] auto on_loop(ex::run_loop::scheduler sch, int v) {
  return ex::on(sch, ex::then(ex::just(v), [b = v](int x) noexcept { return x ^ b; }));
}
[[maybe_unused]] auto on_inline(int v) {
  return ex::on(ex::inline_scheduler(), ex::then(ex::just(v), [b = v](int x) noexcept { return x ^ b; }));
}
struct ignore_loop : ignore {
  constexpr loop_env get_env() const noexcept { return loop; }
  loop_env loop;
};
struct ignore_inline : ignore {
  constexpr inline_env get_env() const noexcept { return {}; }
};
static_assert(size_of_op<decltype(on_loop(std::declval<ex::run_loop::scheduler>(), 1)), ignore_loop> ==
              (SNUG_STORE_RECEIVERS ? 112 : 64));
static_assert(size_of_op<decltype(on_inline(1)), ignore_inline> == (SNUG_STORE_RECEIVERS ? 64 : 12));

} // namespace
