// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of inline_scheduler ([exec.inline.scheduler]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

static_assert(ex::scheduler<ex::inline_scheduler>);

TEST(InlineScheduler, CompletesInsideStart) {
  EXPECT_EQ(run<int>(ex::schedule(ex::inline_scheduler()) | ex::then([]() noexcept { return 3; })).value(), 3);
}

TEST(InlineScheduler, SaysWhereItCompletes) {
  auto const sndr = ex::schedule(ex::inline_scheduler());
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr)), ex::inline_scheduler());
  static_assert(
      std::same_as<ex::completion_signatures_of_t<decltype(sndr)>, ex::completion_signatures<ex::set_value_t()>>);
}

TEST(InlineScheduler, OperationsAreEmpty) {
  static_assert(size_of_op<ex::schedule_result_t<ex::inline_scheduler>> == 1);
}

} // namespace
