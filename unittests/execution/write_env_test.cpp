// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of write_env and unstoppable ([exec.write.env], [exec.unstoppable]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>
#include <snug/execution/write_env.hpp>

#include "asks_when_connected.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct get_number_t {
  template <class Env>
    requires requires(Env const &env, get_number_t query) { env.query(query); }
  constexpr auto operator()(Env const &env) const noexcept {
    return env.query(*this);
  }
};
constexpr get_number_t get_number{};

struct get_name_t {
  template <class Env>
    requires requires(Env const &env, get_name_t query) { env.query(query); }
  constexpr auto operator()(Env const &env) const noexcept {
    return env.query(*this);
  }
};
constexpr get_name_t get_name{};

TEST(WriteEnv, AnswersInFrontOfTheEnvironmentAround) {
  auto const number = [](int x) { return ex::prop(get_number, x); };
  EXPECT_EQ(run<int>(ex::write_env(ex::read_env(get_number), number(3))).value(), 3);
  EXPECT_EQ(run<int>(ex::read_env(get_number) | ex::write_env(number(3)), number(4)).value(), 3);
  EXPECT_EQ(run<int>(ex::read_env(get_number) | ex::write_env(number(3)) | ex::write_env(number(4))).value(), 3);
}

TEST(WriteEnv, AnswersWhileTheSenderIsConnected) {
  EXPECT_EQ(run<int>(ex::write_env(asks_when_connected<get_number_t>{}, ex::prop(get_number, 3))).value(), 3);
  EXPECT_EQ(run<int>(ex::write_env(ex::just(1) | ex::let_value([](int) { return asks_when_connected<get_number_t>{}; }),
                                   ex::prop(get_number, 3)))
                .value(),
            3);
}

TEST(WriteEnv, LeavesOtherQueriesToTheEnvironmentAround) {
  EXPECT_EQ(run<char>(ex::read_env(get_name) | ex::write_env(ex::prop(get_number, 3)), ex::prop(get_name, 'n')).value(),
            'n');
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<int>(polling{1} | ex::write_env(ex::prop(get_number, 3)), token_env{source.get_token()}).stopped);
}

TEST(WriteEnv, ReachesEverySenderBelow) {
  auto sndr = ex::when_all(ex::read_env(get_number),
                           ex::read_env(get_number) | ex::then([](int x) noexcept { return x + 1; })) |
              ex::write_env(ex::prop(get_number, 6));
  EXPECT_EQ((run<int, int>(std::move(sndr)).values), std::tuple(6, 7));
}

TEST(WriteEnv, PassesEveryCompletionOn) {
  auto const any = ex::prop(get_number, 1);
  EXPECT_EQ((run<int, long>(ex::just(1, 2L) | ex::write_env(any)).values), std::tuple(1, 2L));
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::write_env(any)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::write_env(any)).stopped);
  auto result = run<std::unique_ptr<int>>(ex::just(std::make_unique<int>(4)) | ex::write_env(any));
  EXPECT_EQ(*std::get<0>(result.values.value()), 4);
}

TEST(WriteEnv, CopiesASenderThatIsAnLvalueAndKeepsTheEnvironmentAlive) {
  auto const counter = std::make_shared<int>(5);
  {
    auto const sndr = ex::read_env(get_number) | ex::write_env(ex::prop(get_number, counter));
    EXPECT_EQ(*run<std::shared_ptr<int>>(sndr).value(), 5);
    EXPECT_EQ(*run<std::shared_ptr<int>>(sndr).value(), 5);
    EXPECT_EQ(counter.use_count(), 2);
  }
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(WriteEnv, WorksAboveSendersThatKnowNothingOfInlining) {
  EXPECT_EQ(run<int>(foreign{4} | ex::write_env(ex::prop(get_number, 3))).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::read_env(get_number) | ex::write_env(ex::prop(get_number, 3)))).value(), 3);
  EXPECT_EQ(run<int>(ex::write_env(foreign_wrapper(ex::read_env(get_number)), ex::prop(get_number, 3))).value(), 3);
}

TEST(WriteEnv, CompletionSignaturesAreThoseInTheJoinedEnvironment) {
  using number = ex::prop<get_number_t, int>;
  using reads = decltype(ex::read_env(get_number) | ex::write_env(ex::prop(get_number, 3)));
  static_assert(completes_in<reads, ex::env<>, ex::set_value_t(int)>);
  static_assert(
      completes_in<decltype(ex::just(1) | ex::write_env(std::declval<number>())), ex::env<>, ex::set_value_t(int)>);
  // Without an environment nothing is known of a sender that asks; just needs none.
  static_assert(ex::dependent_sender<decltype(ex::read_env(get_number) | ex::write_env(ex::env<>()))>);
  static_assert(ex::sender_in<decltype(ex::just(1) | ex::write_env(ex::env<>()))>);
  static_assert(!ex::sender_in<decltype(ex::read_env(get_name) | ex::write_env(std::declval<number>())), ex::env<>>);
}

TEST(WriteEnv, AttributesAreThoseOfTheSender) {
  auto const sndr = ex::schedule(ex::inline_scheduler()) | ex::write_env(ex::prop(get_number, 3));
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr)), ex::inline_scheduler());
  // … and the written environment is none of them.
  static_assert(!std::invocable<get_number_t, ex::env_of_t<decltype(sndr)>>);
}

TEST(Unstoppable, HidesTheStopToken) {
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<int>(polling{1}, token_env{source.get_token()}).stopped);
  EXPECT_EQ(run<int>(polling{1} | ex::unstoppable, token_env{source.get_token()}).value(), 1);
  EXPECT_EQ(run<int>(ex::unstoppable(polling{1}), token_env{source.get_token()}).value(), 1);
  using seen = decltype(ex::read_env(snug::get_stop_token) | ex::unstoppable);
  static_assert(completes_in<seen, token_env, ex::set_value_t(snug::never_stop_token)>);
}

TEST(Unstoppable, LeavesOtherQueriesAlone) {
  EXPECT_EQ(run<int>(ex::read_env(get_number) | ex::unstoppable, ex::prop(get_number, 9)).value(), 9);
}

TEST(Unstoppable, IsAPartOfOtherClosures) {
  auto const closure = ex::unstoppable | ex::then([](int x) noexcept { return x + 1; });
  EXPECT_EQ(run<int>(ex::just(1) | closure).value(), 2);
}

struct take_int {
  using receiver_concept = ex::receiver_tag;
  int *result;
  constexpr void set_value(int value) && noexcept { *result = value; }
  constexpr void set_stopped() && noexcept { *result = -1; }
};
template <class Sndr> constexpr int evaluate(Sndr sndr) {
  int result = -100;
  auto op = ex::connect(std::move(sndr), take_int{&result});
  ex::start(op);
  return result;
}
static_assert(evaluate(ex::read_env(get_number) | ex::write_env(ex::prop(get_number, 42))) == 42);
static_assert(evaluate(polling{7} | ex::unstoppable | ex::unstoppable) == 7);

// The first for inlined receivers, the second for stored ones.
using two_ints = ex::prop<get_number_t, std::pair<int, int>>;
static_assert(size_of_op<decltype(ex::just(1) | ex::write_env(std::declval<two_ints>()))> == either(12, 24));
static_assert(size_of_op<decltype(ex::just(1) | ex::unstoppable)> == either(4, 16));
static_assert(size_of_op<decltype(ex::just(1) | ex::unstoppable | ex::unstoppable)> == either(4, 24));

} // namespace
