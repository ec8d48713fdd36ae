// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the bulk algorithms on parallel_scheduler and task_scheduler
// ([exec.par.scheduler], [exec.task.scheduler]).
#include <snug/execution/bulk.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/parallel_scheduler.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/task_scheduler.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "counting_allocator.hpp"
#include "test_receivers.hpp"
#include "waiting_recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <exception>
#include <latch>
#include <memory>
#include <new>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

// Counts how often each index was used.
class tally {
public:
  explicit tally(std::size_t size) : counts_(size) {}

  void add(auto index) noexcept { ++counts_[static_cast<std::size_t>(index)]; }
  void add(auto begin, auto end) noexcept {
    for (; begin != end; ++begin) {
      add(begin);
    }
  }
  bool all(int n) const {
    return std::all_of(counts_.begin(), counts_.end(), [n](int count) { return count == n; });
  }

private:
  std::vector<std::atomic<int>> counts_;
};

auto on_parallel() { return ex::schedule(ex::get_parallel_scheduler()); }

TEST(ParallelBulk, UsesEachIndexOnce) {
  for (int const size : {0, 1, 2, 3, 1000}) {
    tally each(static_cast<std::size_t>(size));
    EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk(ex::par, size, [&](int i) noexcept { each.add(i); })));
    EXPECT_TRUE(each.all(1)) << size;
    EXPECT_TRUE(
        sync_wait(on_parallel() | ex::bulk_unchunked(ex::par_unseq, size, [&](int i) noexcept { each.add(i); })));
    EXPECT_TRUE(each.all(2)) << size;
    std::atomic<int> empty = 0;
    EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk_chunked(ex::par, size, [&](int begin, int end) noexcept {
                            empty += begin < end ? 0 : 1;
                            each.add(begin, end);
                          })));
    EXPECT_TRUE(each.all(3)) << size;
    EXPECT_EQ(empty, 0);
  }
}

TEST(ParallelBulk, RunsOnSeveralThreadsAtTheSameTime) {
  if (std::thread::hardware_concurrency() < 2) {
    GTEST_SKIP() << "this machine runs one thread at a time";
  }
  std::latch both(2);
  auto meet = [&](int) noexcept { both.arrive_and_wait(); };
  EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk(ex::par, 2, meet)));
}

TEST(ParallelBulk, ShapesOfEveryTypeAreUnderstood) {
  tally each(100);
  auto count = [&](auto i) noexcept { each.add(i); };
  sync_wait(on_parallel() | ex::bulk(ex::par, static_cast<signed char>(100), count));
  sync_wait(on_parallel() | ex::bulk(ex::par, 100ULL, count));
  sync_wait(on_parallel() | ex::bulk(ex::par, -100, count));
  EXPECT_TRUE(each.all(2));
}

TEST(ParallelBulk, OneAfterTheOtherWhereThePolicySaysSo) {
  std::vector<int> order;
  std::thread::id where;
  auto note = [&](int i) {
    order.push_back(i);
    if (i == 0) {
      where = std::this_thread::get_id();
    }
    EXPECT_EQ(where, std::this_thread::get_id());
  };
  std::vector<int> expected(500);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk(ex::seq, 500, note)));
  EXPECT_EQ(order, expected);
  order.clear();
  EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk_unchunked(ex::unseq, 500, note)));
  EXPECT_EQ(order, expected);
  int calls = 0;
  EXPECT_TRUE(sync_wait(on_parallel() | ex::bulk_chunked(ex::seq, 500, [&](int begin, int end) {
                          ++calls;
                          EXPECT_EQ(begin, 0);
                          EXPECT_EQ(end, 500);
                        })));
  EXPECT_EQ(calls, 1);
}

TEST(ParallelBulk, SendsTheValuesOn) {
  std::atomic<int> sum = 0;
  auto const add = [&](int, std::unique_ptr<int> const &p, long n) { sum += *p + static_cast<int>(n); };
  auto moved = ex::just(std::make_unique<int>(4), 2L) | ex::continues_on(ex::get_parallel_scheduler());
  auto const [pointer, number] = sync_wait(std::move(moved) | ex::bulk(ex::par, 10, add)).value();
  EXPECT_EQ(sum, 60);
  EXPECT_EQ(*pointer, 4);
  EXPECT_EQ(number, 2);
  // Changed, too.
  auto const [vector] =
      sync_wait(on_parallel() | ex::then([] { return std::vector<int>(100); }) |
                ex::bulk(ex::par, 100, [](int i, std::vector<int> &v) noexcept { v[static_cast<std::size_t>(i)] = i; }))
          .value();
  EXPECT_EQ(std::accumulate(vector.begin(), vector.end(), 0), 4950);
}

TEST(ParallelBulk, TheFirstExceptionEndsIt) {
  std::atomic<int> thrown = 0;
  auto fail = [&](int) {
    ++thrown;
    throw std::runtime_error("item");
  };
  EXPECT_THROW(sync_wait(on_parallel() | ex::bulk(ex::par, 1000, fail)), std::runtime_error);
  EXPECT_GE(thrown, 1);
  EXPECT_LE(thrown, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())))
      << "nothing is called after it was seen";
  thrown = 0;
  EXPECT_THROW(sync_wait(on_parallel() | ex::bulk(ex::seq, 1000, fail)), std::runtime_error);
  EXPECT_EQ(thrown, 1);
}

// A value that cannot be kept.
struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved const &) { throw std::runtime_error("copy"); }
};
TEST(ParallelBulk, WhatKeepingAValueThrowsIsAnError) {
  throws_when_moved const value;
  int calls = 0;
  auto const sndr = on_parallel() | ex::then([&]() noexcept -> throws_when_moved const & { return value; }) |
                    ex::bulk(ex::seq, 3, [&](int, throws_when_moved const &) noexcept { ++calls; }) |
                    ex::then([](throws_when_moved const &) noexcept {});
  EXPECT_THROW(sync_wait(sndr), std::runtime_error);
  EXPECT_EQ(calls, 0);
}

TEST(ParallelBulk, PassesErrorsAndStopsOn) {
  auto const sch = ex::get_parallel_scheduler();
  int calls = 0;
  auto count = [&](int) noexcept { ++calls; };
  EXPECT_EQ(run_and_wait(ex::just_error(3) | ex::continues_on(sch) | ex::bulk(ex::par, 9, count)).int_error, 3);
  EXPECT_TRUE(run_and_wait(ex::just_stopped() | ex::continues_on(sch) | ex::bulk(ex::par, 9, count)).stopped);
  EXPECT_EQ(calls, 0);
}

TEST(ParallelBulk, StopsWhereNobodyWantsItAnyMore) {
  snug::inplace_stop_source source;
  std::atomic<int> calls = 0;
  auto stop = [&](int) noexcept {
    ++calls;
    source.request_stop();
  };
  EXPECT_TRUE(run_and_wait(on_parallel() | ex::bulk(ex::par, 100000, stop), token_env{source.get_token()}).stopped);
  EXPECT_GE(calls, 1);
  EXPECT_LT(calls, 100000);
  snug::inplace_stop_source other;
  auto stop_other = [&](int) noexcept { other.request_stop(); };
  EXPECT_TRUE(run_and_wait(on_parallel() | ex::bulk(ex::par, 100000, stop_other), other_token_env{{other.get_token()}})
                  .stopped);
}

TEST(ParallelBulk, CompletionSignaturesAreExact) {
  auto quiet = [](int, int &) noexcept {};
  using sender = decltype(on_parallel() | ex::then([]() noexcept { return 3; }) | ex::bulk(ex::par, 3, quiet));
  using transformed = decltype(ex::transform_sender(std::declval<sender>(), ex::env<>()));
  static_assert(
      std::same_as<
          ex::completion_signatures_of_t<transformed, ex::env<>>,
          ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>>);
  // Of a reference, a copy is sent on.
  using reference = decltype(on_parallel() | ex::then([x = 0]() mutable noexcept -> int & { return x; }) |
                             ex::bulk(ex::par, 3, quiet));
  static_assert(
      std::same_as<
          ex::completion_signatures_of_t<decltype(ex::transform_sender(std::declval<reference>(), ex::env<>())),
                                         ex::env<>>,
          ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>>);
}

// Only where the items' own sender completes on the scheduler: what is started
// there may complete elsewhere.
TEST(ParallelBulk, IsThatOfTheSchedulerOnWhichTheSenderCompletes) {
  auto const sch = ex::get_parallel_scheduler();
  auto f = [](int) noexcept {};
  auto is_spread = [](auto sndr) {
    return !std::same_as<decltype(ex::transform_sender(std::move(sndr), ex::env<>())), decltype(sndr)>;
  };
  EXPECT_TRUE(is_spread(ex::schedule(sch) | ex::bulk(ex::par, 3, f)));
  EXPECT_TRUE(is_spread(ex::just() | ex::continues_on(sch) | ex::bulk_chunked(ex::par, 3, [](int, int) {})));
  EXPECT_FALSE(is_spread(ex::schedule(ex::inline_scheduler()) | ex::bulk_chunked(ex::par, 3, [](int, int) {})));
}

TEST(ParallelBulk, NestsAndJoins) {
  auto const sch = ex::get_parallel_scheduler();
  std::atomic<int> sum = 0;
  auto part = [&] { return ex::schedule(sch) | ex::bulk(ex::par, 100, [&](int i) noexcept { sum += i; }); };
  EXPECT_TRUE(sync_wait(ex::when_all(part(), part(), part())));
  EXPECT_EQ(sum, 3 * 4950);
  EXPECT_TRUE(sync_wait(ex::starts_on(sch, part() | ex::bulk(ex::par, 10, [&](int) noexcept { ++sum; }))));
  EXPECT_EQ(sum, 4 * 4950 + 10);
  auto const twice = part();
  sync_wait(twice);
  sync_wait(twice);
  EXPECT_EQ(sum, 6 * 4950 + 10);
}

// Thousands of bulks from several threads.
TEST(ParallelBulk, LosesNothingUnderLoad) {
  constexpr int threads = 4;
  constexpr int rounds = 250;
  std::atomic<int> sum = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i != threads; ++i) {
    callers.emplace_back([&] {
      for (int round = 0; round != rounds; ++round) {
        sync_wait(on_parallel() | ex::bulk(ex::par, 40, [&](int) noexcept { ++sum; }));
      }
    });
  }
  for (std::thread &caller : callers) {
    caller.join();
  }
  EXPECT_EQ(sum, threads * rounds * 40);
}

TEST(TaskBulk, RunsInOrderWhereTheSchedulerSaysNothing) {
  ex::task_scheduler const sch(ex::inline_scheduler{});
  std::vector<int> order;
  auto note = [&](int i, int &by) { order.push_back(i + by); };
  auto const [by] = sync_wait(ex::schedule(sch) | ex::then([] { return 10; }) | ex::bulk(ex::par, 3, note)).value();
  EXPECT_EQ(by, 10);
  EXPECT_EQ(order, (std::vector<int>{10, 11, 12}));
  order.clear();
  EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::bulk_unchunked(ex::par, 3, [&](int i) { order.push_back(i); })));
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
  order.clear();
  EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::bulk_chunked(ex::par, 3, [&](int begin, int end) {
                          order.push_back(begin);
                          order.push_back(end);
                        })));
  EXPECT_EQ(order, (std::vector<int>{0, 3}));
  order.clear();
  EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::bulk(ex::par, 0, [&](int i) { order.push_back(i); })));
  EXPECT_TRUE(order.empty());
  EXPECT_THROW(sync_wait(ex::schedule(sch) | ex::bulk(ex::par, 3, [](int) { throw std::runtime_error("item"); })),
               std::runtime_error);
}

// A scheduler that carries out bulk algorithms in its own way: backwards.
struct backwards_domain : ex::default_domain {
  template <class Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::bulk_chunked_t>
  static auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    return child | ex::then([shape = data.shape, f = data.f]() mutable {
             for (auto i = shape; i != 0; --i) {
               f(i - 1, i);
             }
           });
  }
};
struct backwards_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  struct attrs {
    backwards_scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) const noexcept { return {}; }
  };
  struct sender {
    using sender_concept = ex::sender_tag;
    using completion_signatures = ex::completion_signatures<ex::set_value_t()>;
    template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
      using operation_state_concept = ex::operation_state_tag;
      Rcvr rcvr;
      void start() noexcept { ex::set_value(std::move(rcvr)); }
    };
    template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
    attrs get_env() const noexcept { return {}; }
  };
  static sender schedule() noexcept { return {}; }
  static backwards_domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  friend bool operator==(backwards_scheduler, backwards_scheduler) noexcept = default;
};

TEST(TaskBulk, IsThatOfTheDomainOfItsScheduler) {
  allocations memory;
  ex::task_scheduler const sch(backwards_scheduler{}, counting_allocator<int>(memory));
  std::vector<int> order;
  auto note = [&](int i) { order.push_back(i); };
  std::vector<int> expected(1000);
  std::iota(expected.rbegin(), expected.rend(), 0);
  EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::bulk_unchunked(ex::par, 1000, note)));
  EXPECT_EQ(order, expected);
  EXPECT_EQ(memory.bytes, 0U);
  int const before = memory.made;
  EXPECT_EQ(before, 1) << "for the operation of the domain";
  // In chunks: each forwards, the last chunk first.
  tally each(1000);
  int calls = 0;
  EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::bulk_chunked(ex::par, 1000, [&](int begin, int end) {
                          EXPECT_TRUE(calls++ != 0 || end == 1000);
                          each.add(begin, end);
                        })));
  EXPECT_TRUE(each.all(1));
  EXPECT_GT(calls, 1);
  EXPECT_EQ(memory.bytes, 0U);
  memory.fail = true;
  EXPECT_THROW(sync_wait(ex::schedule(sch) | ex::bulk(ex::par, 10, note)), std::bad_alloc);
}

TEST(TaskBulk, CompletesOnItsScheduler) {
  ex::task_scheduler const sch(ex::inline_scheduler{});
  static_assert(std::same_as<decltype(ex::get_completion_domain<ex::set_value_t>(sch)), ex::detail::task_domain>);
  static_assert(std::same_as<decltype(ex::get_completion_domain<ex::set_value_t>(ex::get_env(ex::schedule(sch)))),
                             ex::detail::task_domain>);
  auto const sndr = ex::schedule(sch) | ex::bulk(ex::par, 3, [](int) {});
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr)), sch);
}

// The virtual functions, the backend and its 72 bytes, the child's 40, the
// number, the callable.
template <class Sch>
using bulk_of = decltype(std::declval<ex::schedule_result_t<Sch>>() | ex::bulk(ex::par, 16, [](int) noexcept {}));
static_assert(size_of_op<bulk_of<ex::parallel_scheduler>> == (SNUG_STORE_RECEIVERS ? 144 : 136));
// The virtual functions, the scheduler, the child's 64, the number, the
// callable.
static_assert(size_of_op<bulk_of<ex::task_scheduler>> == (SNUG_STORE_RECEIVERS ? 104 : 96));

} // namespace
