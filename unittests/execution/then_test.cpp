// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of then, upon_error and upon_stopped ([exec.then]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <stdexcept>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(Then, CallsTheFunctionWithTheValues) {
  EXPECT_EQ(run<int>(ex::just(3, 4) | ex::then([](int a, int b) noexcept { return a * b; })).value(), 12);
}

TEST(Then, CompletesWithoutValuesForVoid) {
  int seen = 0;
  EXPECT_TRUE(run<>(ex::just(3) | ex::then([&](int x) noexcept { seen = x; })).values.has_value());
  EXPECT_EQ(seen, 3);
}

TEST(Then, TurnsAnExceptionIntoAnError) {
  auto const result = run<int>(ex::just(3) | ex::then([](int) -> int { throw std::runtime_error("no"); }));
  EXPECT_FALSE(result.values.has_value());
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
}

TEST(Then, PassesOtherCompletionsOn) {
  auto never = [](auto &&...) noexcept { return 0; };
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::then(never)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::then(never)).stopped);
  EXPECT_EQ(run<int>(ex::just(5) | ex::upon_error(never)).value(), 5);
  EXPECT_EQ(run<int>(ex::just(5) | ex::upon_stopped(never)).value(), 5);
}

TEST(Then, UponErrorAndUponStoppedComplete) {
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::upon_error([](int e) noexcept { return e + 1; })).value(), 8);
  EXPECT_EQ(run<int>(ex::just_stopped() | ex::upon_stopped([]() noexcept { return 9; })).value(), 9);
}

TEST(Then, MovesValuesThatCannotBeCopied) {
  auto result = run<std::unique_ptr<int>>(ex::just(std::make_unique<int>(4)) | ex::then([](std::unique_ptr<int> p) {
                                            ++*p;
                                            return p;
                                          }));
  EXPECT_EQ(*std::get<0>(result.values.value()), 5);
}

TEST(Then, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::just(std::string("ab")) | ex::then([](std::string s) { return s + "c"; });
  EXPECT_EQ(run<std::string>(sndr).value(), "abc");
  EXPECT_EQ(run<std::string>(sndr).value(), "abc");
}

TEST(Then, CallsMembers) {
  // As large as a pointer: g++ 12 takes the call through a possible vtable for an access out of bounds otherwise.
  struct point {
    int x, y = 0;
    int twice() const noexcept { return 2 * x; }
  };
  EXPECT_EQ(run<int>(ex::just(point{4}) | ex::then(&point::x)).value(), 4);
  EXPECT_EQ(run<int>(ex::just(point{4}) | ex::then(&point::twice)).value(), 8);
  point p{5};
  EXPECT_EQ(run<int>(ex::just(&p) | ex::then(&point::twice)).value(), 10);
}

TEST(Then, DestroysTheCallable) {
  auto const counter = std::make_shared<int>(0);
  (void)run<int>(ex::just(1) | ex::then([counter](int x) noexcept { return x; }));
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(Then, CompletionSignaturesAreExact) {
  auto nothrow = [](int) noexcept { return 1L; };
  auto throwing = [](int) { return 1L; };
  auto nothing = [](int) noexcept {};
  using values = decltype(ex::just(1));
  static_assert(completes_with<decltype(ex::then(values(ex::set_value, 1), nothrow)), ex::set_value_t(long)>);
  static_assert(completes_with<decltype(ex::then(values(ex::set_value, 1), nothing)), ex::set_value_t()>);
  static_assert(completes_with<decltype(ex::then(values(ex::set_value, 1), throwing)), ex::set_value_t(long),
                               ex::set_error_t(std::exception_ptr)>);
  static_assert(completes_with<decltype(ex::just_error(1) | ex::upon_error(nothrow)), ex::set_value_t(long)>);
  static_assert(completes_with<decltype(ex::just_error(1) | ex::then(nothrow)), ex::set_error_t(int)>);
  static_assert(completes_with<decltype(ex::just_stopped() | ex::upon_stopped([]() noexcept {})), ex::set_value_t()>);
}

TEST(Then, ASenderThatCannotBeCalledHasNoCompletions) {
  auto wants_string = [](std::string) noexcept {};
  using bad = decltype(ex::just(1) | ex::then(wants_string));
  static_assert(ex::sender<bad> && !ex::sender_in<bad, ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::then(std::declval<bad>(), wants_string)), ex::env<>>);
}

struct self_destroying {
  using receiver_concept = ex::receiver_tag;
  void (*destroy)(void *);
  void *op;
  void set_value(int) && noexcept { destroy(op); }
};

// Touching the operation after its completion would show under ASan.
TEST(Then, TheOperationMayBeDestroyedByItsCompletion) {
  auto sndr = ex::just(std::string("long enough to be allocated on the heap")) |
              ex::then([](std::string s) noexcept { return static_cast<int>(s.size()); });
  using op_t = ex::connect_result_t<decltype(sndr), self_destroying>;
  void *const memory = ::operator new(sizeof(op_t));
  auto *const op = ::new (memory) op_t(ex::connect(std::move(sndr), self_destroying{[](void *p) {
                                                                                      static_cast<op_t *>(p)->~op_t();
                                                                                      ::operator delete(p);
                                                                                    },
                                                                                    memory}));
  ex::start(*op);
}

} // namespace
