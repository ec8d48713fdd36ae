// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Values and errors that throw when they are kept, that only move or do not move at all, and functions that throw,
// across the adaptors.
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct throws_on_copy {
  throws_on_copy() = default;
  throws_on_copy(throws_on_copy &&) noexcept = default;
  throws_on_copy(throws_on_copy const &) { throw std::runtime_error("copy"); }
};
struct throws_on_move {
  throws_on_move() = default;
  throws_on_move(throws_on_move &&) { throw std::runtime_error("move"); }
};

// Completes with what its function returns, as it is: an lvalue as an lvalue.
template <class Signal, class F> struct completes_with_result {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<Signal(std::invoke_result_t<F>)>;
  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    F f;
    void start() noexcept { Signal{}(std::move(rcvr), f()); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), f}; }
  Signal signal;
  F f;
};
template <class Signal, class F> completes_with_result(Signal, F) -> completes_with_result<Signal, F>;

throws_on_copy const uncopied;
throws_on_move unmoved;
inline constexpr auto lvalue = []() noexcept -> throws_on_copy const & { return uncopied; };
inline constexpr auto xvalue = []() noexcept -> throws_on_move && { return std::move(unmoved); };

// Who completes with what; a receiver for everything that says whether it was an exception.
struct take_exception {
  using receiver_concept = ex::receiver_tag;
  int *exceptions;
  int *others;
  void set_value(auto &&...) && noexcept { ++*others; }
  template <class Error> void set_error(Error const &error) && noexcept {
    if constexpr (std::same_as<Error, std::exception_ptr>) {
      EXPECT_THROW(std::rethrow_exception(error), std::runtime_error);
      ++*exceptions;
    } else {
      ++*others;
    }
  }
  void set_stopped() && noexcept { ++*others; }
};

template <class Sndr> void expect_exception(Sndr sndr, char const *name) {
  int exceptions = 0, others = 0;
  auto op = ex::connect(std::move(sndr), take_exception{&exceptions, &others});
  ex::start(op);
  EXPECT_EQ(exceptions, 1) << name;
  EXPECT_EQ(others, 0) << name;
}

template <class F> void expect_keeping_values_to_throw(F f) {
  completes_with_result const values(ex::set_value, f);
  auto nothing = [](auto &...) noexcept { return ex::just(); };
  ex::inline_scheduler const sch;
  expect_exception(values | ex::let_value(nothing), "let_value");
  expect_exception(ex::when_all(values), "when_all");
  expect_exception(ex::when_all(ex::just(1), values), "when_all");
  expect_exception(values | ex::continues_on(sch), "continues_on");
  expect_exception(ex::starts_on(sch, values) | ex::continues_on(sch), "starts_on");
  expect_exception(ex::into_variant(values), "into_variant");
  expect_exception(ex::split(values), "split");
  EXPECT_THROW((void)snug::this_thread::sync_wait(values), std::runtime_error);
}

TEST(Throwing, AValueThatThrowsWhenItIsKeptBecomesAnError) {
  expect_keeping_values_to_throw(lvalue);
  expect_keeping_values_to_throw(xvalue);
}

template <class F> void expect_keeping_errors_to_throw(F f) {
  completes_with_result const errors(ex::set_error, f);
  ex::inline_scheduler const sch;
  expect_exception(errors | ex::let_error([](auto &) noexcept { return ex::just(); }), "let_error");
  expect_exception(ex::when_all(errors), "when_all");
  expect_exception(ex::when_all(ex::just(1), errors), "when_all");
  expect_exception(ex::when_all(errors, ex::just_error(1)), "when_all");
  expect_exception(errors | ex::continues_on(sch), "continues_on");
  expect_exception(ex::split(errors), "split");
  auto joined = ex::when_all(ex::just(1), errors | ex::let_error([](auto &) noexcept { return ex::just(); }));
  EXPECT_THROW((void)snug::this_thread::sync_wait(std::move(joined)), std::runtime_error);
}

TEST(Throwing, AnErrorThatThrowsWhenItIsKeptBecomesAnother) {
  expect_keeping_errors_to_throw(lvalue);
  expect_keeping_errors_to_throw(xvalue);
  // And the signatures tell.
  using errors = completes_with_result<ex::set_error_t, decltype(lvalue)>;
  static_assert(
      std::same_as<ex::completion_signatures_of_t<decltype(ex::when_all(std::declval<errors>())), ex::env<>>,
                   ex::completion_signatures<ex::set_error_t(throws_on_copy), ex::set_error_t(std::exception_ptr)>>);
}

// Whoever keeps nothing hands on what it gets, and throws nothing.
TEST(Throwing, WhatIsHandedOnIsNotKept) {
  completes_with_result const values(ex::set_value, lvalue);
  completes_with_result const errors(ex::set_error, lvalue);
  auto same_one = ex::then([](throws_on_copy const &value) noexcept { return &value == &uncopied; });
  auto same_error = ex::upon_error([](throws_on_copy const &error) noexcept { return &error == &uncopied; });
  auto never = [](auto &&...) noexcept { return ex::just(); };
  ex::inline_scheduler const sch;
  auto calls = [](int, throws_on_copy const &) noexcept {};
  EXPECT_TRUE(run<bool>(values | ex::bulk(ex::seq, 2, calls) | same_one).value());
  EXPECT_TRUE(run<bool>(ex::starts_on(sch, values) | same_one).value());
  EXPECT_TRUE(run<bool>(ex::write_env(values, ex::env<>()) | same_one).value());
  EXPECT_TRUE(run<bool>(ex::unstoppable(values) | same_one).value());
  EXPECT_TRUE(run<bool>(values | ex::let_error(never) | ex::let_stopped(never) | same_one).value());
  EXPECT_TRUE(run<bool>(values | ex::upon_error([](auto const &) noexcept {}) | same_one).value());
  EXPECT_TRUE(run<bool>(errors | ex::then(never) | ex::let_value(never) | same_error).value());
  EXPECT_TRUE(run<bool>(ex::into_variant(errors) | same_error).value());
}

// An object that stays where it is goes through as a reference.
struct pinned {
  int value = 1;
  pinned() = default;
  pinned(pinned &&) = delete;
};
pinned the_one;

TEST(Throwing, WhatDoesNotMoveIsHandedOnAsAReference) {
  completes_with_result const values(ex::set_value, []() noexcept -> pinned & { return the_one; });
  completes_with_result const errors(ex::set_error, []() noexcept -> pinned & { return the_one; });
  auto through = ex::then([](pinned &p) noexcept -> pinned & { return p; });
  auto address = [](pinned &p) noexcept { return &p; };
  ex::inline_scheduler const sch;
  EXPECT_EQ(run<pinned *>(ex::starts_on(sch, values) | through | ex::bulk(ex::seq, 3, [](int, pinned &) noexcept {}) |
                          ex::then(address))
                .value(),
            &the_one);
  static_assert(ex::sender_in<decltype(values | through), ex::env<>>);
  static_assert(!ex::sender_in<decltype(values | ex::continues_on(sch)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(errors | ex::continues_on(sch)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(values | ex::let_value([](auto &) { return ex::just(); })), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::when_all(ex::just(), values)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::when_all(ex::just(), errors)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::into_variant(values)), ex::env<>>);
  EXPECT_EQ(run<pinned *>(ex::unstoppable(ex::write_env(errors, ex::env<>())) |
                          ex::upon_stopped([]() noexcept -> pinned & { return the_one; }) | ex::upon_error(address))
                .value(),
            &the_one);
}

TEST(Throwing, AFunctionThatThrowsBecomesAnError) {
  auto throws = [](auto &&...) -> int { throw std::runtime_error("call"); };
  auto throws_sender = [](auto &&...) -> decltype(ex::just()) { throw std::runtime_error("call"); };
  expect_exception(ex::just(1) | ex::then(throws), "then");
  expect_exception(ex::just_error(1) | ex::upon_error(throws), "upon_error");
  expect_exception(ex::just_stopped() | ex::upon_stopped(throws), "upon_stopped");
  expect_exception(ex::just(1) | ex::let_value(throws_sender), "let_value");
  expect_exception(ex::just_error(1) | ex::let_error(throws_sender), "let_error");
  expect_exception(ex::just_stopped() | ex::let_stopped(throws_sender), "let_stopped");
  expect_exception(ex::just(1) | ex::bulk(ex::seq, 2, throws), "bulk");
  expect_exception(ex::just(1) | ex::bulk_chunked(ex::seq, 2, throws), "bulk_chunked");
  expect_exception(ex::just(1) | ex::bulk_unchunked(ex::seq, 2, throws), "bulk_unchunked");
  // Nothing is called after it, and the first exception is the one that arrives.
  int calls = 0;
  expect_exception(ex::just(1) | ex::then(throws) | ex::then([&](int x) noexcept { return calls += x; }), "then");
  EXPECT_EQ(calls, 0);
}

// Fails with an error that only moves, though it might complete with a value.
struct may_fail {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(std::unique_ptr<int>)>;
  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    void start() noexcept { ex::set_error(std::move(rcvr), std::make_unique<int>(7)); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
};

TEST(Throwing, ErrorsThatOnlyMoveArrive) {
  auto fails = [] { return ex::just_error(std::make_unique<int>(7)); };
  auto number = ex::upon_error([](auto &&error) noexcept -> int {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(error)>, std::unique_ptr<int>>) {
      return *error;
    } else {
      return -1;
    }
  });
  auto never = [](auto &&...) noexcept { return 0; };
  ex::inline_scheduler const sch;
  EXPECT_EQ(run<int>(fails() | ex::then(never) | number).value(), 7);
  EXPECT_EQ(run<int>(fails() | ex::let_value([](auto &...) noexcept { return ex::just(0); }) | number).value(), 7);
  EXPECT_EQ(
      run<int>(fails() | ex::let_error([](std::unique_ptr<int> &e) { return ex::just_error(std::move(e)); }) | number)
          .value(),
      7);
  EXPECT_EQ(run<int>(ex::when_all(ex::just(), fails()) | number).value(), 7);
  EXPECT_EQ(run<int>(fails() | ex::continues_on(sch) | number).value(), 7);
  EXPECT_EQ(run<int>(ex::starts_on(sch, fails()) | number).value(), 7);
  EXPECT_EQ(run<int>(fails() | ex::bulk(ex::seq, 1, never) | number).value(), 7);
  EXPECT_EQ(run<int>(ex::into_variant(fails() | ex::upon_stopped(never)) | number).value(), 7);
  EXPECT_EQ(run<int>(ex::write_env(fails(), ex::env<>()) | number).value(), 7);
  EXPECT_EQ(run<int>(ex::split(fails()) | number).value(), 7);
  EXPECT_THROW((void)snug::this_thread::sync_wait(may_fail()), std::unique_ptr<int>);
}

// Connecting may throw: whoever connects sees it, and nothing has started.
struct throws_on_connect {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  template <class Rcvr> foreign::operation<Rcvr> connect(Rcvr) const { throw std::runtime_error("connect"); }
};

struct query_of_nobody {};

TEST(Throwing, ConnectingThrowsWhatAChildThrows) {
  auto connects = [](auto sndr) { return [sndr] { (void)ex::connect(sndr, ignore{}); }; };
  auto const counter = std::make_shared<int>(0);
  ex::inline_scheduler const sch;
  throws_on_connect const bad;
  auto keeps = [counter](auto &&...) noexcept { return 0; };
  EXPECT_THROW(connects(bad | ex::then(keeps))(), std::runtime_error);
  EXPECT_THROW(connects(bad | ex::let_value([counter](int &) noexcept { return ex::just(); }))(), std::runtime_error);
  EXPECT_THROW(connects(ex::when_all(ex::just(counter), bad))(), std::runtime_error);
  EXPECT_THROW(connects(bad | ex::continues_on(sch))(), std::runtime_error);
  EXPECT_THROW(connects(ex::starts_on(sch, bad))(), std::runtime_error);
  EXPECT_THROW(connects(bad | ex::bulk(ex::seq, 1, keeps))(), std::runtime_error);
  EXPECT_THROW(connects(ex::into_variant(bad))(), std::runtime_error);
  EXPECT_THROW(connects(ex::write_env(bad, ex::prop(query_of_nobody{}, counter)))(), std::runtime_error);
  EXPECT_THROW((void)snug::this_thread::sync_wait(bad | ex::then(keeps)), std::runtime_error);
  EXPECT_EQ(counter.use_count(), 2); // here and in keeps
}

} // namespace
