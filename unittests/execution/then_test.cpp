// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of then, upon_error and upon_stopped ([exec.then]).
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

TEST(Then, CallsTheFunctionWithTheValues) {
  EXPECT_EQ(run<int>(ex::just(3, 4) | ex::then([](int a, int b) noexcept { return a * b; })).value, 12);
}

TEST(Then, TurnsAnExceptionIntoAnError) {
  auto result = run<int>(ex::just(3) | ex::then([](int) -> int { throw std::runtime_error("no"); }));
  EXPECT_FALSE(result.value.has_value());
  EXPECT_TRUE(result.error);
}
