// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of associate ([exec.associate]).
#include <snug/execution/associate.hpp>
#include <snug/execution/counting_scope.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/simple_counting_scope.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "asks_when_connected.hpp"
#include "both_scopes.hpp"
#include "fragile_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class Scope> class Associate : public testing::Test {};
TYPED_TEST_SUITE(Associate, scopes);

TYPED_TEST(Associate, CompletesAsTheSenderDoes) {
  TypeParam scope;
  auto const token = scope.get_token();
  EXPECT_EQ((run<int, char>(ex::just(1, 'c') | ex::associate(token)).values), std::tuple(1, 'c'));
  EXPECT_EQ(run<int>(ex::associate(ex::just_error(5), token)).int_error, 5);
  EXPECT_TRUE(run<>(ex::associate(ex::just_stopped(), token)).stopped);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, TheSenderIsInTheScopeFromTheStart) {
  TypeParam scope;
  outcome<> joined;
  auto join = ex::connect(scope.join(), recorder<inline_env>{&joined});
  {
    auto const sndr = ex::associate(ex::just(1), scope.get_token());
    ex::start(join);
    EXPECT_EQ(joined.completions, 0);
  }
  EXPECT_EQ(joined.completions, 1);
}

TYPED_TEST(Associate, TheOperationIsInTheScopeUntilItIsGone) {
  TypeParam scope;
  outcome<> joined;
  outcome<int> result;
  auto join = ex::connect(scope.join(), recorder<inline_env>{&joined});
  {
    auto op = ex::connect(ex::associate(ex::just(1), scope.get_token()), recorder<ex::env<>, int>{&result});
    ex::start(join);
    ex::start(op);
    EXPECT_EQ(result.value(), 1);
    EXPECT_EQ(joined.completions, 0);
  }
  EXPECT_EQ(joined.completions, 1);
}

TYPED_TEST(Associate, AClosedScopeStopsTheOperationAndDestroysTheSenderAtOnce) {
  TypeParam scope;
  scope.close();
  auto const held = std::make_shared<int>(1);
  auto sndr = ex::associate(ex::just(held), scope.get_token());
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_TRUE(run<std::shared_ptr<int>>(sndr).stopped);
  auto moved = std::move(sndr);
  EXPECT_TRUE(run<std::shared_ptr<int>>(std::move(moved)).stopped);
}

TYPED_TEST(Associate, ACopyAsksForAnAssociationOfItsOwn) {
  TypeParam scope;
  auto const held = std::make_shared<int>(1);
  {
    auto const sndr = ex::associate(ex::just(held), scope.get_token());
    EXPECT_EQ(run<std::shared_ptr<int>>(sndr).value(), held);
    auto const copy = sndr;
    EXPECT_EQ(held.use_count(), 3);
    scope.close();
    auto const late = sndr;
    EXPECT_EQ(held.use_count(), 3);
    EXPECT_TRUE(run<std::shared_ptr<int>>(late).stopped);
    EXPECT_TRUE(run<std::shared_ptr<int>>(sndr).stopped); // connecting an lvalue copies
    EXPECT_EQ(run<std::shared_ptr<int>>(std::move(copy)).stopped, true);
  }
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, AMovedSenderTakesItsAssociationAlong) {
  TypeParam scope;
  {
    auto sndr = ex::associate(ex::just(std::make_unique<int>(3)), scope.get_token());
    static_assert(!std::is_copy_constructible_v<decltype(sndr)>);
    scope.close();
    auto moved = std::move(sndr);
    EXPECT_EQ(*std::get<0>(*run<std::unique_ptr<int>>(std::move(moved)).values), 3);
    EXPECT_TRUE(run<std::unique_ptr<int>>(std::move(moved)).stopped);
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, WhatThrowsLeavesNothingBehind) {
  TypeParam scope;
  auto const token = scope.get_token();
  auto const throwing_if = [&](auto set) {
    fragile::faults faults;
    fragile plain(faults);
    EXPECT_THROW(
        {
          set(faults, -1); // wraps
          auto sndr = ex::associate(plain, token);
          outcome<int> result;
          auto op = ex::connect(std::move(sndr), recorder<ex::env<>, int>{&result});
          ex::start(op);
        },
        std::runtime_error);
    EXPECT_EQ(plain.held.use_count(), 1);
  };
  throwing_if([](fragile::faults &faults, int) { faults.copies = 0; });
  throwing_if([](fragile::faults &faults, int) { faults.connects = 0; });
  // A copy, and a move, of the sender made of it.
  fragile::faults faults;
  fragile plain(faults);
  {
    auto sndr = ex::associate(plain, token);
    faults.copies = 0;
    EXPECT_THROW(auto copy = sndr, std::runtime_error);
    EXPECT_EQ(plain.held.use_count(), 2);
    faults.copies = 0;
    outcome<int> result;
    EXPECT_THROW((void)ex::connect(sndr, recorder<ex::env<>, int>{&result}), std::runtime_error);
    faults.moves = 0;
    EXPECT_THROW(auto moved = std::move(sndr), std::runtime_error);
    EXPECT_EQ(plain.held.use_count(), 1);
  }
  EXPECT_EQ(plain.held.use_count(), 1);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, AnOperationThatNeverStartsGivesItsAssociationUp) {
  TypeParam scope;
  outcome<int> result;
  {
    [[maybe_unused]] auto op =
        ex::connect(ex::associate(ex::just(1), scope.get_token()), recorder<ex::env<>, int>{&result});
  }
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, CompletesOnAnotherThread) {
  TypeParam scope;
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  auto const where = [] { return std::this_thread::get_id(); };
  auto sndr = ex::associate(ex::starts_on(loop.get_scheduler(), ex::just() | ex::then(where)), scope.get_token());
  EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(std::move(sndr)).value()), thread.get_id());
  loop.finish();
  thread.join();
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, ScopesNest) {
  TypeParam outer;
  TypeParam inner;
  auto both = [&] { return ex::just(1) | ex::associate(inner.get_token()) | ex::associate(outer.get_token()); };
  EXPECT_EQ(run<int>(both()).value(), 1);
  inner.close();
  EXPECT_TRUE(run<int>(both()).stopped);
  EXPECT_EQ((run<int, int>(ex::when_all(ex::just(1) | ex::associate(outer.get_token()),
                                        ex::just(2) | ex::associate(outer.get_token())))
                 .values),
            std::tuple(1, 2));
  EXPECT_TRUE(is_empty(inner));
  EXPECT_TRUE(is_empty(outer));
}

TYPED_TEST(Associate, TheEnvironmentIsTheReceivers) {
  TypeParam scope;
  auto const token = scope.get_token();
  auto const asks = ex::read_env(ex::get_start_scheduler);
  EXPECT_EQ(run<ex::inline_scheduler>(ex::associate(asks, token), inline_env{}).completions, 1);
  auto const asks_early = asks_when_connected<ex::get_start_scheduler_t>{};
  EXPECT_EQ(run<ex::inline_scheduler>(ex::associate(asks_early, token), inline_env{}).completions, 1);
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<int>(ex::associate(polling{1}, token), token_env{source.get_token()}).stopped);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  TypeParam scope;
  EXPECT_EQ(run<int>(foreign{4} | ex::associate(scope.get_token())).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::just(4) | ex::associate(scope.get_token()))).value(), 4);
  EXPECT_TRUE(is_empty(scope));
}

TEST(AssociateWithACountingScope, TheScopeStopsWhatIsAssociated) {
  ex::counting_scope scope;
  auto const token = scope.get_token();
  EXPECT_EQ(run<int>(ex::associate(polling{1}, token)).value(), 1);
  scope.request_stop();
  EXPECT_TRUE(run<int>(ex::associate(polling{1}, token)).stopped);
  EXPECT_TRUE(is_empty(scope));
}

TYPED_TEST(Associate, CompletionSignaturesAreExact) {
  using token = typename TypeParam::token;
  using just = decltype(ex::associate(ex::just(1), std::declval<token>()));
  static_assert(completes_in<just, ex::env<>, ex::set_value_t(int), ex::set_stopped_t()>);
  using stopped = decltype(ex::associate(ex::just_stopped(), std::declval<token>()));
  static_assert(completes_in<stopped, ex::env<>, ex::set_stopped_t()>);
  using asks = decltype(ex::associate(ex::read_env(ex::get_start_scheduler), std::declval<token>()));
  static_assert(completes_in<asks, inline_env, ex::set_value_t(ex::inline_scheduler), ex::set_stopped_t()>);
  static_assert(ex::sender<just> && ex::sender_in<just, ex::env<>>);
}

TEST(AssociateSizes, AreTheAssociationAndTheChild) {
  using simple = decltype(ex::associate(ex::just(1), std::declval<ex::simple_counting_scope::token>()));
  using stoppable = decltype(ex::associate(ex::just(1), std::declval<ex::counting_scope::token>()));
  EXPECT_EQ(sizeof(simple), 16U);
#if SNUG_STORE_RECEIVERS
  EXPECT_EQ(size_of_op<simple>, 24U);
  EXPECT_EQ(size_of_op<stoppable>, 40U);
#else
  EXPECT_EQ(size_of_op<simple>, 16U);
  EXPECT_EQ(size_of_op<stoppable>, 24U);
#endif
}

} // namespace
