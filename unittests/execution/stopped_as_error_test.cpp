// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stopped_as_error ([exec.stopped.err]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <exception>
#include <string>

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

struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved const &) {}
  throws_when_moved(throws_when_moved &&) noexcept(false) {}
};

TEST(StoppedAsError, MayFailWhereTheErrorMay) {
  using never_throws = decltype(ex::just_stopped() | ex::stopped_as_error(std::string()));
  using may_throw = decltype(ex::just_stopped() | ex::stopped_as_error(throws_when_moved()));
  static_assert(std::same_as<ex::completion_signatures_of_t<never_throws, ex::env<>>,
                             ex::completion_signatures<ex::set_error_t(std::string)>>);
  static_assert(
      std::same_as<ex::completion_signatures_of_t<may_throw, ex::env<>>,
                   ex::completion_signatures<ex::set_error_t(throws_when_moved), ex::set_error_t(std::exception_ptr)>>);
}

// Nothing of the error is kept where nobody stops.
static_assert(size_of_op<decltype(ex::just(1) | ex::stopped_as_error(7))> == (SNUG_STORE_RECEIVERS != 0 ? 16 : 4));

} // namespace
