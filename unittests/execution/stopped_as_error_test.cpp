// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stopped_as_error ([exec.stopped.err]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(StoppedAsError, CompletesWithTheError) {
  snug::inplace_stop_source source;
  auto sndr = polling{3} | ex::stopped_as_error(7);
  EXPECT_EQ(run<int>(sndr, token_env{source.get_token()}).value(), 3);
  source.request_stop();
  EXPECT_EQ(run<int>(sndr, token_env{source.get_token()}).int_error, 7);
  EXPECT_EQ(run<int>(ex::stopped_as_error(ex::just_stopped(), 8)).int_error, 8);
}

TEST(StoppedAsError, CompletionSignaturesAreExact) {
  using completions = ex::completion_signatures_of_t<decltype(polling{3} | ex::stopped_as_error(7)), ex::env<>>;
  static_assert(!ex::sends_stopped<decltype(polling{3} | ex::stopped_as_error(7)), ex::env<>>);
  using just_error = ex::completion_signatures_of_t<decltype(ex::just_stopped() | ex::stopped_as_error(7)), ex::env<>>;
  static_assert(std::same_as<just_error, ex::completion_signatures<ex::set_error_t(int)>>);
  (void)completions{};
}

} // namespace
