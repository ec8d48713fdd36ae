// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of when_all_with_variant ([exec.when.all]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all_with_variant.hpp>

#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

using int_or_string = std::variant<std::tuple<int>, std::tuple<std::string>>;
using one_int = std::variant<std::tuple<int>>;

TEST(WhenAllWithVariant, JoinsTheVariants) {
  auto const result = run<int_or_string, int_or_string, one_int>(
      ex::when_all_with_variant(either_sender{-1}, either_sender{2}, ex::just(3)));
  EXPECT_EQ(result.values, std::tuple(int_or_string(std::tuple(std::string("negative"))), int_or_string(std::tuple(2)),
                                      one_int(std::tuple(3))));
}

TEST(WhenAllWithVariant, TheFirstErrorWins) {
  EXPECT_EQ(
      (run<int_or_string>(ex::when_all_with_variant(either_sender{1}, ex::just_error(7), ex::just_error(8))).int_error),
      7);
}

TEST(WhenAllWithVariant, StopsWhereAChildWasStopped) {
  auto const result = run<int>(ex::when_all_with_variant(either_sender{1}, ex::just_stopped()));
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

TEST(WhenAllWithVariant, AStopFromOutsideReachesTheChildren) {
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE((
      run<one_int, one_int>(ex::when_all_with_variant(polling{1}, polling{2}), token_env{source.get_token()}).stopped));
  EXPECT_EQ((run<one_int, one_int>(ex::when_all_with_variant(polling{1}, polling{2})).values),
            std::tuple(one_int(std::tuple(1)), one_int(std::tuple(2))));
}

TEST(WhenAllWithVariant, MovesValuesThatCannotBeCopied) {
  using pointer = std::variant<std::tuple<std::unique_ptr<int>>>;
  auto result = run<pointer, one_int>(ex::when_all_with_variant(ex::just(std::make_unique<int>(4)), ex::just(1)));
  EXPECT_EQ(*std::get<0>(std::get<0>(std::get<0>(result.values.value()))), 4);
}

TEST(WhenAllWithVariant, CompletionSignaturesAreExact) {
  static_assert(
      std::same_as<
          ex::completion_signatures_of_t<decltype(ex::when_all_with_variant(ex::just(1), either_sender{1})), ex::env<>>,
          ex::completion_signatures<ex::set_value_t(one_int &&, int_or_string &&)>>);
  static_assert(
      std::same_as<ex::completion_signatures_of_t<decltype(ex::when_all_with_variant(ex::just(1), ex::just_error(1))),
                                                  ex::env<>>,
                   ex::completion_signatures<ex::set_error_t(int)>>);
}

// Each variant costs its index.
static_assert(size_of_op<decltype(ex::when_all_with_variant(ex::just(1), ex::just(2)))> ==
              (SNUG_STORE_RECEIVERS ? 72 : 28));

} // namespace
