// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of just, just_error and just_stopped ([exec.just]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/just.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(Just, CompletesWithItsValues) {
  auto const result = run<int, std::string>(ex::just(1, std::string("two")));
  EXPECT_EQ(result.values, std::tuple(1, std::string("two")));
  EXPECT_TRUE(run<>(ex::just()).values.has_value());
}

TEST(Just, CompletesWithAnError) { EXPECT_EQ(run<>(ex::just_error(3)).int_error, 3); }

TEST(Just, CompletesAsStopped) { EXPECT_TRUE(run<>(ex::just_stopped()).stopped); }

TEST(Just, DecaysItsArguments) {
  int const x = 1;
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::just(x, "ab"))>,
                             ex::completion_signatures<ex::set_value_t(int, char const *)>>);
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::just_error(x))>,
                             ex::completion_signatures<ex::set_error_t(int)>>);
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::just_stopped())>,
                             ex::completion_signatures<ex::set_stopped_t()>>);
}

TEST(Just, MovesOutOfRvaluesAndCopiesLvalues) {
  auto unique = ex::just(std::make_unique<int>(1));
  EXPECT_EQ(*std::get<0>(run<std::unique_ptr<int>>(std::move(unique)).values.value()), 1);
  auto const text = ex::just(std::string("twice"));
  EXPECT_EQ(run<std::string>(text).value(), "twice");
  EXPECT_EQ(run<std::string>(text).value(), "twice");
}

TEST(Just, ConnectIsNoexceptWhereMovesAre) {
  auto const number = ex::just(1);
  static_assert(noexcept(ex::connect(number, ignore{})));
  auto const text = ex::just(std::string());
  static_assert(!noexcept(ex::connect(text, ignore{})));
}

TEST(Just, EmptyValuesCostNothingInTheOperation) {
  struct nothing {};
  static_assert(size_of_op<decltype(ex::just(nothing{}, 1))> == 4);
}

} // namespace
