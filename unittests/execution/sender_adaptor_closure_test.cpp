// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the pipe syntax ([exec.adapt.obj]).
#include <snug/execution/just.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct plus_one_t : ex::sender_adaptor_closure<plus_one_t> {
  template <ex::sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return ex::then(static_cast<Sndr &&>(sndr), [](int x) noexcept { return x + 1; });
  }
};
inline constexpr plus_one_t plus_one{};

TEST(SenderAdaptorClosure, AppliesToASender) { EXPECT_EQ(run<int>(ex::just(1) | plus_one).value(), 2); }

TEST(SenderAdaptorClosure, Composes) {
  auto const both = plus_one | ex::then([](int x) noexcept { return 10 * x; });
  EXPECT_EQ(run<int>(ex::just(1) | both).value(), 20);
  EXPECT_EQ(run<int>(ex::just(2) | (both | plus_one)).value(), 31);
}

TEST(SenderAdaptorClosure, MovesWhatItHolds) {
  auto closure = ex::then([p = std::make_unique<int>(5)](int x) noexcept { return x + *p; });
  EXPECT_EQ(run<int>(ex::just(1) | std::move(closure)).value(), 6);
}

// Tells as what it is called.
struct as_what_t : ex::sender_adaptor_closure<as_what_t> {
  template <ex::sender Sndr> constexpr auto operator()(Sndr &&) & { return ex::just(1); }
  template <ex::sender Sndr> constexpr auto operator()(Sndr &&) const & { return ex::just(2); }
  template <ex::sender Sndr> constexpr auto operator()(Sndr &&) && { return ex::just(3); }
  template <ex::sender Sndr> constexpr auto operator()(Sndr &&) const && { return ex::just(4); }
};
struct as_what_argument {
  constexpr int operator()() & { return 1; }
  constexpr int operator()() const & { return 2; }
  constexpr int operator()() && { return 3; }
  constexpr int operator()() const && { return 4; }
};
// An adaptor that calls its argument at once.
struct calls_t {
  template <ex::sender Sndr, class F> constexpr auto operator()(Sndr &&, F &&f) const {
    return ex::just(static_cast<F &&>(f)());
  }
};

TEST(SenderAdaptorClosure, HandsOnItsValueCategoryAndConstness) {
  auto both = plus_one | as_what_t();
  auto const constant = both;
  EXPECT_EQ(run<int>(ex::just(0) | both).value(), 1);
  EXPECT_EQ(run<int>(ex::just(0) | constant).value(), 2);
  EXPECT_EQ(run<int>(ex::just(0) | std::move(both)).value(), 3);
  EXPECT_EQ(run<int>(ex::just(0) | std::move(constant)).value(), 4);
  ex::detail::bound_closure<calls_t, as_what_argument> bound{as_what_argument()};
  auto const constant_bound = bound;
  EXPECT_EQ(run<int>(ex::just() | bound).value(), 1);
  EXPECT_EQ(run<int>(ex::just() | constant_bound).value(), 2);
  EXPECT_EQ(run<int>(ex::just() | std::move(bound)).value(), 3);
  EXPECT_EQ(run<int>(ex::just() | std::move(constant_bound)).value(), 4);
}

// Returns the sender it is called with, and not a copy of it.
struct same_t : ex::sender_adaptor_closure<same_t> {
  template <ex::sender Sndr> constexpr Sndr &&operator()(Sndr &&sndr) const { return static_cast<Sndr &&>(sndr); }
};

TEST(SenderAdaptorClosure, ReturnsWhatTheCallReturns) {
  auto sndr = ex::just(1);
  EXPECT_EQ(&(sndr | same_t()), &sndr);
  EXPECT_EQ(&(sndr | (same_t() | same_t())), &sndr);
}

// What is a closure: a class that derives from the base of its own name and from no other, and is no sender.
struct of_another : ex::sender_adaptor_closure<plus_one_t> {};
struct of_two : ex::sender_adaptor_closure<of_two>, ex::sender_adaptor_closure<plus_one_t> {};
struct and_a_sender : ex::sender_adaptor_closure<and_a_sender> {
  using sender_concept = ex::sender_tag;
};
static_assert(ex::detail::adaptor_closure<plus_one_t> && ex::detail::adaptor_closure<plus_one_t const &>);
static_assert(!ex::detail::adaptor_closure<of_another> && !ex::detail::adaptor_closure<of_two>);
static_assert(!ex::detail::adaptor_closure<and_a_sender> && !ex::detail::adaptor_closure<int>);

// Closures are joined where both can be kept.
template <class First, class Second>
concept joins =
    requires(First &&first, Second &&second) { static_cast<First &&>(first) | static_cast<Second &&>(second); };
using holds_a_pointer = decltype(ex::then([p = std::unique_ptr<int>()](int) noexcept {}));
static_assert(joins<plus_one_t const &, holds_a_pointer> && !joins<plus_one_t const &, holds_a_pointer &>);

} // namespace
