// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of into_variant ([exec.into.variant]).
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/into_variant.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/then.hpp>

#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <stdexcept>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

using int_or_string = std::variant<std::tuple<int>, std::tuple<std::string>>;

TEST(IntoVariant, TellsByTheAlternativeHowTheSenderCompleted) {
  EXPECT_EQ(run<int_or_string>(ex::into_variant(either_sender{3})).value(), int_or_string(std::tuple(3)));
  EXPECT_EQ(run<int_or_string>(either_sender{-1} | ex::into_variant).value(),
            int_or_string(std::tuple(std::string("negative"))));
}

TEST(IntoVariant, KeepsSeveralValuesTogether) {
  using values = std::variant<std::tuple<int, long>>;
  EXPECT_EQ(run<values>(ex::just(1, 2L) | ex::into_variant).value(), values(std::tuple(1, 2L)));
  EXPECT_EQ(run<std::variant<std::tuple<>>>(ex::just() | ex::into_variant).value(), std::variant<std::tuple<>>());
}

TEST(IntoVariant, PassesOtherCompletionsOn) {
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::into_variant).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::into_variant).stopped);
}

TEST(IntoVariant, MovesValuesThatCannotBeCopied) {
  using values = std::variant<std::tuple<std::unique_ptr<int>>>;
  auto result = run<values>(ex::just(std::make_unique<int>(4)) | ex::into_variant);
  EXPECT_EQ(*std::get<0>(std::get<0>(std::get<0>(result.values.value()))), 4);
}

TEST(IntoVariant, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::just(std::string("ab")) | ex::into_variant;
  using values = std::variant<std::tuple<std::string>>;
  EXPECT_EQ(run<values>(sndr).value(), values(std::tuple(std::string("ab"))));
  EXPECT_EQ(run<values>(sndr).value(), values(std::tuple(std::string("ab"))));
}

struct throws_on_copy {
  throws_on_copy() = default;
  throws_on_copy(throws_on_copy &&) noexcept = default;
  throws_on_copy(throws_on_copy const &) { throw std::runtime_error("no copy"); }
};
throws_on_copy const one;

TEST(IntoVariant, AnExceptionWhileAValueIsMadeBecomesAnError) {
  auto lvalue = ex::just() | ex::then([]() noexcept -> throws_on_copy const & { return one; });
  auto const result = run<std::variant<std::tuple<throws_on_copy>>>(std::move(lvalue) | ex::into_variant);
  EXPECT_FALSE(result.values.has_value());
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
}

TEST(IntoVariant, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  using values = std::variant<std::tuple<int>>;
  EXPECT_EQ(run<values>(foreign{4} | ex::into_variant).value(), values(std::tuple(4)));
  EXPECT_EQ(run<values>(foreign_wrapper(ex::just(5) | ex::into_variant)).value(), values(std::tuple(5)));
}

TEST(IntoVariant, CompletionSignaturesAreExact) {
  using nothrow = decltype(ex::just(1) | ex::into_variant);
  static_assert(completes_with<nothrow, ex::set_value_t(std::variant<std::tuple<int>>)>);
  // std::string moves without throwing.
  static_assert(completes_with<decltype(either_sender{1} | ex::into_variant), ex::set_value_t(int_or_string)>);
  static_assert(completes_with<decltype(ex::just_error(1) | ex::into_variant), ex::set_error_t(int)>);
  static_assert(completes_with<decltype(ex::just_stopped() | ex::into_variant), ex::set_stopped_t()>);
  auto lvalue = []() noexcept -> throws_on_copy const & { return one; };
  static_assert(
      completes_with<decltype(ex::just() | ex::then(lvalue) | ex::into_variant),
                     ex::set_value_t(std::variant<std::tuple<throws_on_copy>>), ex::set_error_t(std::exception_ptr)>);
  // Completions that differ in references only are one alternative.
  static_assert(completes_with<decltype(reference_or_value{} | ex::into_variant),
                               ex::set_value_t(std::variant<std::tuple<int>>)>);
}

TEST(IntoVariant, AttributesAreThoseOfTheSender) {
  auto const sndr = ex::schedule(ex::inline_scheduler()) | ex::into_variant;
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr)), ex::inline_scheduler());
}

struct take_variant {
  using receiver_concept = ex::receiver_tag;
  int *result;
  constexpr void set_value(std::variant<std::tuple<int>> value) && noexcept {
    *result = std::get<0>(std::get<0>(value));
  }
};
constexpr int evaluate() {
  int result = 0;
  auto op = ex::connect(ex::just(42) | ex::into_variant, take_variant{&result});
  ex::start(op);
  return result;
}
static_assert(evaluate() == 42);

static_assert(size_of_op<decltype(ex::just(1) | ex::into_variant)> == (SNUG_STORE_RECEIVERS ? 16 : 4));
static_assert(size_of_op<decltype(either_sender{1} | ex::into_variant)> == (SNUG_STORE_RECEIVERS ? 16 : 4));

} // namespace
