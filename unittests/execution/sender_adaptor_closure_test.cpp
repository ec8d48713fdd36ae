// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the pipe syntax ([exec.adapt.obj]).
#include <snug/execution/just.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <memory>

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

} // namespace
