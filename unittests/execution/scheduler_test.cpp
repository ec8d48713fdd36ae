// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the scheduler concept and of schedule ([exec.sched], [exec.schedule]).
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/scheduler.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace ex = snug::execution;
using namespace snug_test;

namespace scheduler_test {

// Completes at once and counts how often it was asked.
struct counting {
  using scheduler_concept = ex::scheduler_tag;
  int *schedules;

  auto schedule() const noexcept {
    ++*schedules;
    return ex::just();
  }
  friend bool operator==(counting, counting) noexcept = default;
};

struct nameless {
  auto schedule() const noexcept { return ex::just(); }
  friend bool operator==(nameless, nameless) noexcept = default;
};
struct incomparable {
  using scheduler_concept = ex::scheduler_tag;
  auto schedule() const noexcept { return ex::just(); }
};
struct unique : counting {
  unique(unique &&) = default;
  unique &operator=(unique &&) = default;
};

} // namespace scheduler_test

namespace {
using namespace scheduler_test;

TEST(Schedule, AsksTheScheduler) {
  int schedules = 0;
  EXPECT_EQ(run<>(ex::schedule(counting{&schedules})).completions, 1);
  EXPECT_EQ(schedules, 1);
  static_assert(noexcept(ex::schedule(counting{})));
  static_assert(std::same_as<ex::schedule_result_t<counting>, decltype(ex::just())>);
}

TEST(Scheduler, IsComparedCopiedAndScheduledOn) {
  static_assert(ex::scheduler<counting> && ex::scheduler<counting &> && ex::scheduler<counting const &>);
  static_assert(ex::scheduler<ex::inline_scheduler> && ex::scheduler<ex::run_loop::scheduler>);
  static_assert(!ex::scheduler<nameless> && !ex::scheduler<incomparable> && !ex::scheduler<unique>);
  static_assert(!ex::scheduler<ex::run_loop> && !ex::scheduler<int>);
  static_assert(std::same_as<ex::scheduler_t, ex::scheduler_tag>);
}

TEST(Scheduler, EqualSchedulersScheduleOnOneResource) {
  ex::run_loop one;
  ex::run_loop other;
  EXPECT_EQ(one.get_scheduler(), one.get_scheduler());
  EXPECT_NE(one.get_scheduler(), other.get_scheduler());
}

} // namespace
