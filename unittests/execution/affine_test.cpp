// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of affine ([exec.affine]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class Sch> struct started_on {
  Sch sch;
  constexpr Sch query(ex::get_start_scheduler_t) const noexcept { return sch; }
};
using loop_env = started_on<ex::run_loop::scheduler>;
using inline_env = started_on<ex::inline_scheduler>;
struct stoppable_env : loop_env {
  using loop_env::query;
  snug::inplace_stop_token token;
  constexpr snug::inplace_stop_token query(snug::get_stop_token_t) const noexcept { return token; }
};

TEST(Affine, ComesBackFromElsewhere) {
  ex::run_loop loop;
  outcome<int> result;
  auto op = ex::connect(ex::affine(foreign{3}), recorder<loop_env, int>{&result, {loop.get_scheduler()}});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), 3);
}

TEST(Affine, ReturnsFromAnotherThread) {
  ex::run_loop there;
  std::thread thread([&] { there.run(); });
  auto sndr = ex::schedule(there.get_scheduler()) | ex::then([] { return std::this_thread::get_id(); }) | ex::affine |
              ex::then([&](std::thread::id id) { return id == thread.get_id() ? std::this_thread::get_id() : id; });
  EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(std::move(sndr)).value()), std::this_thread::get_id());
  there.finish();
  thread.join();
}

TEST(Affine, DoesNotScheduleWhatStaysWhereItIs) {
  ex::run_loop loop; // nobody runs it
  outcome<int> result;
  auto op = ex::connect(ex::affine(ex::just(3)), recorder<loop_env, int>{&result, {loop.get_scheduler()}});
  ex::start(op);
  EXPECT_EQ(result.value(), 3);
  EXPECT_EQ(run<int>(ex::affine(ex::just_error(4)), inline_env{}).int_error, 4);
  EXPECT_TRUE(run<int>(ex::affine(ex::just_stopped()), inline_env{}).stopped);
  EXPECT_EQ(run<ex::inline_scheduler>(ex::affine(ex::read_env(ex::get_start_scheduler)), inline_env{}).value(),
            ex::inline_scheduler());
}

// Completes with errors only, which is not where its values would be.
struct lost {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_error_t(int)>;
  struct attrs {
    ex::run_loop::scheduler home;
    ex::run_loop::scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) const noexcept { return home; }
  };
  attrs get_env() const noexcept { return {home}; }
  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    void start() noexcept { ex::set_error(std::move(rcvr), 2); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
  ex::run_loop::scheduler home;
};

TEST(Affine, BringsHomeAValueThatWasAnErrorElsewhere) {
  ex::run_loop loop;
  outcome<int> result;
  auto sndr = lost{loop.get_scheduler()} | ex::upon_error([](int error) noexcept { return error + 1; });
  auto op = ex::connect(ex::affine(std::move(sndr)), recorder<loop_env, int>{&result, {loop.get_scheduler()}});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), 3);
}

TEST(Affine, DoesNotLoseAResultOnTheWayBack) {
  snug::inplace_stop_source source;
  source.request_stop();
  ex::run_loop loop;
  stoppable_env const env{{loop.get_scheduler()}, source.get_token()};
  outcome<int> result;
  auto op = ex::connect(ex::affine(foreign{5}), recorder<stoppable_env, int>{&result, env});
  ex::start(op);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.value(), 5);
  EXPECT_FALSE(result.stopped);
}

TEST(Affine, IsTakenApart) {
  auto sndr = ex::affine(foreign{3});
  auto &[tag, data, child] = sndr;
  static_assert(std::same_as<ex::tag_of_t<decltype(sndr)>, ex::affine_t>);
  static_assert(std::same_as<std::remove_cvref_t<decltype(data)>, ex::env<>>);
  EXPECT_EQ(run<int>(child).value(), 3);
}

// A scheduler that may fail is none to rely on.
struct failing_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  static auto schedule() noexcept { return ex::just_error(1); }
  bool operator==(failing_scheduler const &) const = default;
};
using foreign_t = decltype(ex::affine(foreign{1}));
static_assert(completes_in<foreign_t, inline_env, ex::set_value_t(int)>);
static_assert(completes_in<foreign_t, loop_env, ex::set_value_t(int)>);
static_assert(completes_in<foreign_t, stoppable_env, ex::set_value_t(int)>);
static_assert(ex::dependent_sender<foreign_t>);
static_assert(!ex::sender_in<foreign_t, ex::env<>> && !ex::sender_in<foreign_t, started_on<failing_scheduler>>);
static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::affine(ex::just(1)))>,
                           ex::completion_signatures<ex::set_value_t(int)>>);

struct ignore_loop : ignore {
  constexpr loop_env get_env() const noexcept { return loop; }
  loop_env loop;
};
struct ignore_inline : ignore {
  constexpr inline_env get_env() const noexcept { return {}; }
};
using elsewhere = decltype(ex::affine(ex::just(1) | ex::then([](int x) noexcept { return x; })));
static_assert(size_of_op<decltype(ex::affine(ex::just(1))), ignore_inline> == 4);
static_assert(size_of_op<elsewhere, ignore_loop> == (SNUG_STORE_RECEIVERS ? 72 : 32));

} // namespace
