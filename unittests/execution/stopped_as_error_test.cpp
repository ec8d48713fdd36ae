// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stopped_as_error ([exec.stopped.err]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <exception>
#include <memory>
#include <string>
#include <utility>

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

TEST(StoppedAsError, IsTakenApartIntoTagErrorAndChild) {
  auto sndr = ex::just_stopped() | ex::stopped_as_error(7);
  static_assert(std::same_as<ex::tag_of_t<decltype(sndr)>, ex::stopped_as_error_t>);
  auto &[tag, error, child] = sndr;
  EXPECT_EQ(error, 7);
  EXPECT_TRUE(run<>(child).stopped);
  error = 9;
  EXPECT_EQ(run<int>(tag(child, error)).int_error, 9);
  EXPECT_EQ(run<int>(sndr).int_error, 9);
}

TEST(StoppedAsError, MovesTheErrorOutOfASenderThatIsMoved) {
  auto sndr = ex::just_stopped() | ex::stopped_as_error(std::make_unique<int>(3));
  auto result = std::move(sndr) | ex::upon_error([](std::unique_ptr<int> error) noexcept { return *error; });
  EXPECT_EQ(run<int>(std::move(result)).value(), 3);
}

// The error is something to keep and to move; an array is neither.
struct stays {
  stays(stays &&) = delete;
};
using stops = decltype(ex::just_stopped());
static_assert(std::invocable<ex::stopped_as_error_t, stops, std::string const &>);
static_assert(std::invocable<ex::stopped_as_error_t, std::unique_ptr<int>>);
static_assert(!std::invocable<ex::stopped_as_error_t, stops, char const (&)[2]>);
static_assert(!std::invocable<ex::stopped_as_error_t, stops, std::unique_ptr<int> &>);
static_assert(!std::invocable<ex::stopped_as_error_t, stays>);
static_assert(!std::invocable<ex::stopped_as_error_t, int, int>);

// Nothing of the error is kept where nobody stops.
static_assert(size_of_op<decltype(ex::just(1) | ex::stopped_as_error(7))> == (SNUG_STORE_RECEIVERS != 0 ? 16 : 4));

} // namespace
