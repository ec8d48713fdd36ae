// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stopped_as_optional ([exec.stopped.opt]).
#include <snug/execution.hpp>

#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(StoppedAsOptional, AValueIsEngaged) {
  EXPECT_EQ(run<std::optional<int>>(ex::just(3) | ex::stopped_as_optional).value(), 3);
  EXPECT_EQ(run<std::optional<int>>(ex::stopped_as_optional(ex::just(4))).value(), 4);
}

TEST(StoppedAsOptional, StoppingIsEmpty) {
  snug::inplace_stop_source source;
  auto const sndr = polling{3} | ex::stopped_as_optional;
  EXPECT_EQ(run<std::optional<int>>(sndr, token_env{source.get_token()}).value(), 3);
  source.request_stop();
  auto const result = run<std::optional<int>>(sndr, token_env{source.get_token()});
  EXPECT_FALSE(result.stopped);
  EXPECT_EQ(result.value(), std::nullopt);
}

TEST(StoppedAsOptional, SeveralValuesAreATuple) {
  using both = std::optional<std::tuple<int, std::string>>;
  EXPECT_EQ(run<both>(ex::just(3, std::string("three")) | ex::stopped_as_optional).value(),
            std::make_tuple(3, std::string("three")));
}

TEST(StoppedAsOptional, ValuesAreMoved) {
  auto result = run<std::optional<std::unique_ptr<int>>>(ex::just(std::make_unique<int>(5)) | ex::stopped_as_optional);
  EXPECT_EQ(**std::get<0>(result.values.value()), 5);
}

TEST(StoppedAsOptional, ErrorsPass) {
  auto fails = [](int x) -> int { throw x; };
  auto const result = run<std::optional<int>>(ex::just(3) | ex::then(fails) | ex::stopped_as_optional);
  EXPECT_THROW(std::rethrow_exception(result.error), int);
}

// Moves of it throw while it says so.
struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved const &) {}
  throws_when_moved(throws_when_moved &&other) noexcept(false) {
    if (other.throws) {
      throw 7;
    }
  }
  bool throws = false;
};

TEST(StoppedAsOptional, AThrowingMoveBecomesAnError) {
  throws_when_moved value;
  auto sndr = ex::just() | ex::then([&]() noexcept -> throws_when_moved && { return std::move(value); }) |
              ex::stopped_as_optional;
  static_assert(completes_with<decltype(sndr), ex::set_value_t(std::optional<throws_when_moved>),
                               ex::set_error_t(std::exception_ptr)>);
  EXPECT_TRUE(std::get<0>(run<std::optional<throws_when_moved>>(sndr).values.value()).has_value());
  value.throws = true;
  EXPECT_THROW(std::rethrow_exception(run<std::optional<throws_when_moved>>(sndr).error), int);
}

TEST(StoppedAsOptional, CompletionSignaturesAreExact) {
  static_assert(completes_with<decltype(ex::just(1) | ex::stopped_as_optional), ex::set_value_t(std::optional<int>)>);
  static_assert(completes_with<decltype(polling{1} | ex::stopped_as_optional), ex::set_value_t(std::optional<int>)>);
  static_assert(completes_with<decltype(ex::just(1, 2L) | ex::stopped_as_optional),
                               ex::set_value_t(std::optional<std::tuple<int, long>>)>);
  static_assert(!ex::sends_stopped<decltype(polling{1} | ex::stopped_as_optional), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::just() | ex::stopped_as_optional), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::just_stopped() | ex::stopped_as_optional), ex::env<>>);
  static_assert(!ex::sender_in<decltype(either_sender{1} | ex::stopped_as_optional), ex::env<>>);
  static_assert(ex::dependent_sender<decltype(ex::read_env(snug::get_stop_token) | ex::stopped_as_optional)>);
}

TEST(StoppedAsOptional, ASenderConnectedAsAnLvalueIsNotCopiedFirst) {
  struct counted {
    int *copies;
    explicit counted(int *c) : copies(c) {}
    counted(counted const &other) : copies(other.copies) { ++*copies; }
    counted(counted &&other) noexcept : copies(other.copies) {}
  };
  int copies = 0;
  auto sndr =
      ex::just(counted(&copies)) | ex::then([](counted c) noexcept { return *c.copies; }) | ex::stopped_as_optional;
  copies = 0;
  EXPECT_EQ(run<std::optional<int>>(sndr).value(), 1);
  EXPECT_EQ(run<std::optional<int>>(std::as_const(sndr)).value(), 2);
  EXPECT_EQ(run<std::optional<int>>(std::move(sndr)).value(), 2);
}

[[maybe_unused]] auto of_just() { return ex::just(1) | ex::stopped_as_optional; }
[[maybe_unused]] auto of_polling() { return polling{1} | ex::stopped_as_optional; }
static_assert(size_of_op<decltype(of_just())> == either(4, 32));
static_assert(size_of_op<decltype(of_polling())> == either(4, 32));

} // namespace
