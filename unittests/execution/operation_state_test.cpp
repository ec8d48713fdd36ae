// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of operation states and of start ([exec.opstate], [exec.opstate.start]).
#include <snug/execution/just.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct counter {
  using operation_state_concept = ex::operation_state_tag;
  int starts = 0;
  void start() noexcept { ++starts; }
};

template <class Op>
concept startable = requires(Op &&op) { ex::start(static_cast<Op &&>(op)); };

TEST(Start, CallsTheMemberOfAnLvalue) {
  counter op;
  ex::start(op);
  EXPECT_EQ(op.starts, 1);
  static_assert(noexcept(ex::start(op)) && std::same_as<decltype(ex::start(op)), void>);
}

TEST(Start, TakesNoRvalue) { static_assert(startable<counter &> && !startable<counter> && !startable<counter const>); }

struct nameless {
  void start() noexcept {}
};
struct unstartable {
  using operation_state_concept = ex::operation_state_tag;
};
struct may_throw {
  using operation_state_concept = ex::operation_state_tag;
  void start() {}
};

TEST(OperationState, SaysSoAndStarts) {
  static_assert(ex::operation_state<counter>);
  static_assert(!ex::operation_state<nameless> && !ex::operation_state<unstartable>);
  static_assert(!ex::operation_state<may_throw>);
  static_assert(std::same_as<ex::operation_state_t, ex::operation_state_tag>);
}

TEST(OperationState, OfTheLibraryNeitherMovesNorCopies) {
  using op = ex::connect_result_t<decltype(ex::just(1) | ex::then([](int x) noexcept { return x; })), ignore>;
  static_assert(ex::operation_state<op>);
  static_assert(!std::is_move_constructible_v<op> && !std::is_copy_constructible_v<op>);
  static_assert(!std::is_move_assignable_v<op> && !std::is_copy_assignable_v<op>);
}

} // namespace
