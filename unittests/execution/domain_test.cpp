// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of domains: what they make of senders, and whose they are ([exec.snd.transform], [exec.domain.default],
// [exec.domain.indeterminate], [exec.get.domain], [exec.get.compl.domain], [exec.get.compl.sched]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// A context whose domain runs bulk_chunked in two halves, and bulk_unchunked backwards.
int halves = 0;
int backwards = 0;

template <class F> struct in_halves {
  template <class Shape, class... Values>
  constexpr void operator()(Shape begin, Shape end, Values &...values) noexcept {
    ++halves;
    Shape const middle = begin + (end - begin) / 2;
    f(begin, middle, values...);
    f(middle, end, values...);
  }
  F f;
};
struct halving_domain {
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::bulk_chunked_t>
  static constexpr auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = sndr;
    auto &[policy, shape, f] = data;
    auto call = [run = in_halves<std::remove_cvref_t<decltype(f)>>{f}, shape = shape](auto &&...values) mutable {
      run(decltype(shape)(0), shape, values...);
      return sizeof...(values);
    };
    return ex::then(child, call);
  }
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::bulk_unchunked_t>
  static constexpr auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = sndr;
    auto &[policy, shape, f] = data;
    return ex::then(child, [f = f, shape = shape](auto &&...values) mutable {
      ++backwards;
      for (auto i = shape; i > 0; --i) {
        f(i - 1, values...);
      }
      return sizeof...(values);
    });
  }
};
struct halving_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  struct attrs {
    static constexpr halving_scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) noexcept { return {}; }
  };
  struct sender : ex::schedule_result_t<ex::inline_scheduler> {
    using base = ex::schedule_result_t<ex::inline_scheduler>;
    using in_place_self = sender;
    static constexpr attrs get_env() noexcept { return {}; }
  };
  static constexpr sender schedule() noexcept { return {}; }
  static constexpr halving_domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  bool operator==(halving_scheduler const &) const = default;
};
static_assert(ex::scheduler<halving_scheduler>);

TEST(Domain, OfTheSchedulerReplacesBulkChunked) {
  halves = 0;
  int sum = 0;
  auto add = [&sum](int begin, int end) noexcept {
    for (; begin != end; ++begin) {
      sum += begin;
    }
  };
  EXPECT_EQ(run<std::size_t>(ex::schedule(halving_scheduler()) | ex::bulk_chunked(ex::par, 5, add)).value(), 0u);
  EXPECT_EQ(halves, 1);
  EXPECT_EQ(sum, 10);
  // Not where the work is elsewhere.
  auto elsewhere = ex::just() | ex::bulk_chunked(ex::par, 5, add);
  EXPECT_TRUE(run<>(elsewhere).values.has_value());
  EXPECT_EQ(halves, 1);
}

TEST(Domain, SeesBulkAsBulkChunked) {
  halves = 0;
  int sum = 0;
  auto sndr = ex::schedule(halving_scheduler()) | ex::bulk(ex::par, 5, [&sum](int i) noexcept { sum += i; });
  EXPECT_EQ(run<std::size_t>(sndr).value(), 0u);
  EXPECT_EQ(halves, 1);
  EXPECT_EQ(sum, 10);
}

TEST(Domain, ReplacesBulkUnchunkedBelowOtherAlgorithms) {
  backwards = 0;
  int last = -1;
  auto sndr = ex::just(3L) | ex::continues_on(halving_scheduler()) |
              ex::bulk_unchunked(ex::par, 5, [&last](int i, long &) noexcept { last = i; }) |
              ex::then([](std::size_t count) noexcept { return count + 10; });
  EXPECT_EQ(run<std::size_t>(sndr).value(), 11u);
  EXPECT_EQ(backwards, 1);
  EXPECT_EQ(last, 0);
}

// What the domain makes of the sender inlines its receivers as the sender would have.
struct in_halving_domain {
  static halving_domain query(ex::get_domain_t) noexcept { return {}; }
};
using bulk_above = decltype(ex::schedule(halving_scheduler()) | ex::bulk_chunked(ex::par, 5, [](int, int) noexcept {}) |
                            ex::then([](std::size_t) noexcept {}));
static_assert(SNUG_STORE_RECEIVERS || size_of_op<bulk_above> <= 8);

} // namespace
