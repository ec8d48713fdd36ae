// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of bulk, bulk_chunked and bulk_unchunked ([exec.bulk]).
#include <snug/execution/bulk.hpp>
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(Bulk, CallsTheFunctionWithEachIndex) {
  std::vector<int> seen;
  EXPECT_TRUE(run<>(ex::just() | ex::bulk(ex::par, 4, [&](int i) { seen.push_back(i); })).values.has_value());
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3}));
  seen.clear();
  (void)run<>(ex::bulk_unchunked(ex::just(), ex::par_unseq, 3, [&](int i) { seen.push_back(i); }));
  EXPECT_EQ(seen, (std::vector{0, 1, 2}));
}

TEST(Bulk, ChunksCoverTheIndicesOnce) {
  std::vector<int> seen(5);
  auto const count = [&](std::size_t begin, std::size_t end) {
    EXPECT_LT(begin, end);
    for (; begin != end; ++begin) {
      ++seen[begin];
    }
  };
  (void)run<>(ex::just() | ex::bulk_chunked(ex::seq, seen.size(), count));
  EXPECT_EQ(seen, std::vector(5, 1));
}

TEST(Bulk, CallsNothingForNoIndices) {
  auto never = [](auto...) noexcept { FAIL(); };
  EXPECT_TRUE(run<>(ex::just() | ex::bulk(ex::seq, 0, never)).values.has_value());
  EXPECT_TRUE(run<>(ex::just() | ex::bulk_chunked(ex::seq, 0u, never)).values.has_value());
  EXPECT_TRUE(run<>(ex::just() | ex::bulk_unchunked(ex::unseq, -1, never)).values.has_value());
}

TEST(Bulk, CallsSeeAndChangeTheSameValues) {
  auto const add = [](int i, int &sum, std::string &text) {
    sum += i;
    text += std::to_string(i);
  };
  auto const result = run<int, std::string>(ex::just(100, std::string("<")) | ex::bulk(ex::seq, 4, add));
  EXPECT_EQ(result.values, std::tuple(106, std::string("<0123")));
  auto const chunk = [](int begin, int end, int &sum) noexcept { sum += end - begin; };
  EXPECT_EQ(run<int>(ex::just(1) | ex::bulk_chunked(ex::par, 7, chunk)).value(), 8);
}

TEST(Bulk, MovesValuesThatCannotBeCopied) {
  auto result = run<std::unique_ptr<int>>(ex::just(std::make_unique<int>(4)) |
                                          ex::bulk(ex::seq, 3, [](int, std::unique_ptr<int> &p) noexcept { ++*p; }));
  EXPECT_EQ(*std::get<0>(result.values.value()), 7);
}

TEST(Bulk, AnExceptionEndsTheCallsAndBecomesAnError) {
  int calls = 0;
  auto const result = run<int>(ex::just(1) | ex::bulk(ex::seq, 5, [&](int i, int &) {
                                 ++calls;
                                 if (i == 2) {
                                   throw std::runtime_error("no");
                                 }
                               }));
  EXPECT_EQ(calls, 3);
  EXPECT_FALSE(result.values.has_value());
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
  auto const throws = [](int, int) { throw std::runtime_error("no"); };
  EXPECT_TRUE(run<>(ex::just() | ex::bulk_chunked(ex::seq, 2, throws)).error);
}

TEST(Bulk, PassesOtherCompletionsOn) {
  auto never = [](auto...) noexcept { FAIL(); };
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::bulk(ex::par, 3, never)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::bulk_chunked(ex::par, 3, never)).stopped);
}

TEST(Bulk, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::just(std::string("ab")) | ex::bulk(ex::seq, 2, [](int, std::string &s) { s += 'c'; });
  EXPECT_EQ(run<std::string>(sndr).value(), "abcc");
  EXPECT_EQ(run<std::string>(sndr).value(), "abcc");
}

TEST(Bulk, IsAClosureThatCanBeKept) {
  auto const closure = ex::bulk(ex::seq, 3, [](int, int &sum) noexcept { ++sum; });
  EXPECT_EQ(run<int>(ex::just(1) | closure).value(), 4);
  EXPECT_EQ(run<int>(ex::just(2) | (closure | closure)).value(), 8);
}

TEST(Bulk, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  auto const count = [](int, int &sum) noexcept { ++sum; };
  EXPECT_EQ(run<int>(foreign{4} | ex::bulk(ex::seq, 2, count)).value(), 6);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::just(4) | ex::bulk(ex::seq, 2, count))).value(), 6);
}

TEST(Bulk, CompletionSignaturesAreExact) {
  auto nothrow = [](int, auto &...) noexcept {};
  auto throwing = [](int, auto &...) {};
  auto chunk = [](int, int, auto &...) noexcept {};
  static_assert(completes_with<decltype(ex::just(1) | ex::bulk(ex::par, 2, nothrow)), ex::set_value_t(int)>);
  static_assert(completes_with<decltype(ex::just(1) | ex::bulk(ex::par, 2, throwing)), ex::set_value_t(int),
                               ex::set_error_t(std::exception_ptr)>);
  static_assert(completes_with<decltype(ex::just(1) | ex::bulk_chunked(ex::par, 2, chunk)), ex::set_value_t(int)>);
  static_assert(completes_with<decltype(ex::just_error(1) | ex::bulk(ex::par, 2, throwing)), ex::set_error_t(int)>);
}

struct move_only {
  move_only(move_only &&) = default;
  void operator()(int) const noexcept {}
};

TEST(Bulk, TakesPoliciesIntegersAndCopyableFunctionsOnly) {
  auto f = [](int) noexcept {};
  using F = decltype(f);
  using just = decltype(ex::just());
  static_assert(std::invocable<ex::bulk_t, just, ex::sequenced_policy const &, int, F>);
  static_assert(!std::invocable<ex::bulk_t, just, int, int, F>);
  static_assert(!std::invocable<ex::bulk_t, just, ex::sequenced_policy, double, F>);
  static_assert(!std::invocable<ex::bulk_t, just, ex::sequenced_policy, int, move_only>);
  static_assert(!std::invocable<ex::bulk_t, int, ex::sequenced_policy, int, F>);
  static_assert(snug::is_execution_policy_v<ex::parallel_policy> && !snug::is_execution_policy_v<int>);
}

TEST(Bulk, ASenderThatCannotBeCalledHasNoCompletions) {
  auto wants_string = [](int, std::string &) noexcept {};
  using bad = decltype(ex::just(1) | ex::bulk(ex::par, 2, wants_string));
  static_assert(ex::sender<bad> && !ex::sender_in<bad, ex::env<>>);
  using one_index = decltype(ex::just() | ex::bulk_chunked(ex::par, 2, [](int) noexcept {}));
  static_assert(ex::sender<one_index> && !ex::sender_in<one_index, ex::env<>>);
}

TEST(Bulk, AttributesAreThoseOfTheSender) {
  auto const sndr = ex::schedule(ex::inline_scheduler()) | ex::bulk(ex::par, 2, [](int) noexcept {});
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr)), ex::inline_scheduler());
}

struct take_int {
  using receiver_concept = ex::receiver_tag;
  int *result;
  constexpr void set_value(int value) && noexcept { *result = value; }
};
template <class Sndr> constexpr int evaluate(Sndr sndr) {
  int result = -100;
  auto op = ex::connect(std::move(sndr), take_int{&result});
  ex::start(op);
  return result;
}
static_assert(evaluate(ex::just(0) | ex::bulk(ex::seq, 10, [](int i, int &sum) noexcept { sum += i; })) == 45);
static_assert(evaluate(ex::just(0) |
                       ex::bulk_chunked(ex::seq, 10, [](int b, int e, int &sum) noexcept { sum += e - b; })) == 10);

// The value, the number and what the callable captures.
[[maybe_unused]] auto plain() {
  return ex::just(1) | ex::bulk(ex::par, 16, [](int, int &) noexcept {});
}
[[maybe_unused]] auto capturing(int k) {
  return ex::just(1) | ex::bulk(ex::par, 16, [k](int, int &x) noexcept { x += k; });
}
static_assert(size_of_op<decltype(plain())> == (SNUG_STORE_RECEIVERS ? 24 : 8));
static_assert(size_of_op<decltype(capturing(1))> == (SNUG_STORE_RECEIVERS ? 24 : 12));

} // namespace
