// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of schedule_from, the hook of continues_on ([exec.schedule.from], [exec.continues.on]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(ScheduleFrom, CompletesAsItsSenderDoes) {
  EXPECT_EQ(run<int>(ex::schedule_from(ex::just(3))).value(), 3);
  EXPECT_EQ(run<int>(ex::schedule_from(ex::just_error(4))).int_error, 4);
  EXPECT_TRUE(run<int>(ex::schedule_from(ex::just_stopped())).stopped);
  EXPECT_EQ(run<int>(ex::schedule_from(foreign{5})).value(), 5);
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<int>(ex::schedule_from(polling{1}), token_env{source.get_token()}).stopped);
}

// A domain that counts who leaves it.
int departures = 0;
struct counting_domain {
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::schedule_from_t>
  static auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, none, child] = sndr;
    return ex::then(child, [](int x) noexcept {
      ++departures;
      return x + 100;
    });
  }
};
struct counted : foreign {
  struct attrs {
    static counting_domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  };
  static attrs get_env() noexcept { return {}; }
};

TEST(ScheduleFrom, LetsADomainSeeWhatLeavesIt) {
  departures = 0;
  EXPECT_EQ(run<int>(ex::continues_on(counted{{1}}, ex::inline_scheduler())).value(), 101);
  EXPECT_EQ(departures, 1);
  EXPECT_EQ(run<int>(ex::continues_on(foreign{1}, ex::inline_scheduler())).value(), 1);
  EXPECT_EQ(departures, 1);
}

static_assert(size_of_op<decltype(ex::schedule_from(ex::just(1)))> == (SNUG_STORE_RECEIVERS ? 16 : 4));

} // namespace
