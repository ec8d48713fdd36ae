// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the bulk algorithms ([exec.bulk]) where their sender completes on a static_thread_pool.
#include <snug/execution/bulk.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/static_thread_pool.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <latch>
#include <limits>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

using pool_scheduler = ex::static_thread_pool::scheduler;

// How often each index was called.
class calls {
public:
  explicit calls(std::size_t count) : counts_(count) {}
  void note(std::size_t index) noexcept { ++counts_.at(index); }
  bool each_once() const noexcept {
    for (auto const &count : counts_) {
      if (count != 1) {
        return false;
      }
    }
    return true;
  }
  int sum() const noexcept {
    int sum = 0;
    for (auto const &count : counts_) {
      sum += count;
    }
    return sum;
  }

private:
  std::vector<std::atomic<int>> counts_;
};

TEST(ThreadPoolBulk, CallsEachIndexOnce) {
  ex::static_thread_pool pool(3);
  for (int count : {0, 1, 2, 3, 47, 48, 49, 10000}) {
    calls noted(static_cast<std::size_t>(count));
    auto note = [&](int index) noexcept { noted.note(static_cast<std::size_t>(index)); };
    EXPECT_TRUE(sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, count, note)).has_value());
    EXPECT_TRUE(noted.each_once()) << count;
  }
}

TEST(ThreadPoolBulk, EachAlgorithmAndPolicy) {
  ex::static_thread_pool pool(2);
  auto const sch = pool.get_scheduler();
  calls chunked(100), unchunked(100), unsequenced(100);
  sync_wait(ex::schedule(sch) | ex::bulk_chunked(ex::par, 100U, [&](unsigned begin, unsigned end) noexcept {
              EXPECT_LT(begin, end);
              for (; begin != end; ++begin) {
                chunked.note(begin);
              }
            }));
  EXPECT_TRUE(chunked.each_once());
  sync_wait(ex::schedule(sch) |
            ex::bulk_unchunked(ex::par, 100UL, [&](std::size_t index) noexcept { unchunked.note(index); }));
  EXPECT_TRUE(unchunked.each_once());
  sync_wait(ex::schedule(sch) |
            ex::bulk(ex::par_unseq, std::uint8_t(100), [&](std::uint8_t index) noexcept { unsequenced.note(index); }));
  EXPECT_TRUE(unsequenced.each_once());
}

TEST(ThreadPoolBulk, OfNothingAndLess) {
  ex::static_thread_pool pool(2);
  auto never = [](auto...) noexcept { ADD_FAILURE(); };
  EXPECT_TRUE(sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, -5, never)).has_value());
  EXPECT_TRUE(
      sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk_chunked(ex::par, std::numeric_limits<int>::min(), never))
          .has_value());
}

// Each call waits for the others, so that three threads must be at it.
TEST(ThreadPoolBulk, RunsOnSeveralThreads) {
  ex::static_thread_pool pool(3);
  for (int round = 0; round != 100; ++round) {
    std::latch met(3);
    sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, 3, [&](int) noexcept { met.arrive_and_wait(); }));
  }
}

TEST(ThreadPoolBulk, RunsOnThreadsOfThePoolOnly) {
  ex::static_thread_pool pool(2);
  std::mutex mutex;
  std::set<std::thread::id> threads;
  sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, 1000, [&](int) {
              std::lock_guard const lock(mutex);
              threads.insert(std::this_thread::get_id());
            }));
  EXPECT_LE(threads.size(), 2U);
  EXPECT_FALSE(threads.contains(std::this_thread::get_id()));
}

// What promises less than par stays on the thread that it is on, in order.
TEST(ThreadPoolBulk, StaysWhereItIsWithoutPermission) {
  ex::static_thread_pool pool(2);
  auto in_order = [&](auto policy) {
    std::vector<int> order;
    std::set<std::thread::id> threads;
    sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(policy, 1000, [&](int index) {
                order.push_back(index);
                threads.insert(std::this_thread::get_id());
              }));
    return threads.size() == 1 && std::is_sorted(order.begin(), order.end()) && order.size() == 1000;
  };
  EXPECT_TRUE(in_order(ex::seq));
  EXPECT_TRUE(in_order(ex::unseq));
}

TEST(ThreadPoolBulk, LendsTheValuesAndSendsThemOn) {
  ex::static_thread_pool pool(2);
  auto [text, number] = sync_wait(ex::schedule(pool.get_scheduler()) |
                                  ex::let_value([] { return ex::just(std::make_unique<std::string>(64, '.'), 5); }) |
                                  ex::continues_on(pool.get_scheduler()) |
                                  ex::bulk(ex::par, 64,
                                           [](int index, std::unique_ptr<std::string> &s, int &) noexcept {
                                             (*s)[static_cast<std::size_t>(index)] =
                                                 static_cast<char>('0' + index % 10);
                                           }))
                            .value();
  EXPECT_EQ(*text, "0123456789012345678901234567890123456789012345678901234567890123");
  EXPECT_EQ(number, 5);
}

TEST(ThreadPoolBulk, WhatIsStartedOnThePool) {
  ex::static_thread_pool pool(2);
  for (int round = 0; round != 100; ++round) {
    std::latch first(2), second(2);
    auto const [value] =
        sync_wait(
            ex::starts_on(pool.get_scheduler(),
                          ex::just(41) | ex::then([](int x) noexcept { return x + 1; }) |
                              ex::bulk(ex::par, 2, [&](int, int) noexcept { first.arrive_and_wait(); }) |
                              ex::bulk_unchunked(ex::par, 2, [&](int, int) noexcept { second.arrive_and_wait(); })))
            .value();
    ASSERT_EQ(value, 42);
  }
}

// Nobody can say on which pool: the calls stay on the thread where the last sender completes.
TEST(ThreadPoolBulk, WhereOneOfSeveralPoolsIsMeant) {
  ex::static_thread_pool left(1), right(1);
  std::set<std::thread::id> threads;
  sync_wait(ex::when_all(ex::schedule(left.get_scheduler()), ex::schedule(right.get_scheduler())) |
            ex::bulk(ex::par, 1000, [&](int) { threads.insert(std::this_thread::get_id()); }));
  EXPECT_EQ(threads.size(), 1U);
}

// What is started on the pool and completes on another one is the other one's.
TEST(ThreadPoolBulk, WhatLeavesThePool) {
  ex::static_thread_pool pool(2), other(1);
  auto const here = [] { return std::this_thread::get_id(); };
  auto const [there] = sync_wait(ex::schedule(other.get_scheduler()) | ex::then(here)).value();
  std::atomic<int> elsewhere = 0;
  sync_wait(ex::starts_on(pool.get_scheduler(),
                          ex::schedule(other.get_scheduler()) |
                              ex::bulk(ex::par, 1000, [&](int) noexcept { elsewhere += here() == there ? 0 : 1; })));
  EXPECT_EQ(elsewhere, 0);
}

// Where the sender completes counts, not where it is started, nor what is around it.
TEST(ThreadPoolBulk, WhereverTheSenderCompletesOnThePool) {
  ex::static_thread_pool pool(2), other(1);
  auto const sch = pool.get_scheduler();
  for (int round = 0; round != 100; ++round) {
    std::latch moved(2), inner(2), outer(2);
    sync_wait(ex::just(42) | ex::continues_on(sch) |
              ex::bulk(ex::par, 2, [&](int, int) noexcept { moved.arrive_and_wait(); }));
    sync_wait(
        ex::starts_on(other.get_scheduler(), ex::schedule(sch) | ex::then([]() noexcept {}) |
                                                 ex::bulk(ex::par, 2, [&](int) noexcept { inner.arrive_and_wait(); })) |
        ex::then([]() noexcept {}) | ex::bulk(ex::par, 2, [&](int) noexcept { outer.arrive_and_wait(); }));
  }
}

// The sender's own completions, decayed; an exception only where a call, or keeping a value, may throw.
TEST(ThreadPoolBulk, CompletionSignaturesAreExact) {
  using scheduled = ex::schedule_result_t<pool_scheduler>;
  auto completes_with = []<class Sndr, class... Signatures>(Sndr const &,
                                                            ex::completion_signatures<Signatures...> expected) {
    return std::same_as<ex::completion_signatures_of_t<Sndr, ex::env<>>, decltype(expected)>;
  };
  auto none = [](auto...) noexcept {};
  ex::static_thread_pool pool(1);
  scheduled const on_pool = ex::schedule(pool.get_scheduler());
  EXPECT_TRUE(completes_with(on_pool | ex::bulk(ex::par, 1, none),
                             ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>{}));
  EXPECT_TRUE(completes_with(
      on_pool | ex::bulk_chunked(ex::par, 1, [](int, int) {}),
      ex::completion_signatures<ex::set_value_t(), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>{}));
  static int number = 0;
  EXPECT_TRUE(completes_with(on_pool | ex::then([]() noexcept -> int & { return number; }) | ex::bulk(ex::par, 1, none),
                             ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>{}));
  static std::string text;
  EXPECT_TRUE(
      completes_with(on_pool | ex::then([]() noexcept -> std::string & { return text; }) | ex::bulk(ex::par, 1, none),
                     ex::completion_signatures<ex::set_value_t(std::string), ex::set_error_t(std::exception_ptr),
                                               ex::set_stopped_t()>{}));
}

TEST(ThreadPoolBulk, TheFirstExceptionIsSentWhenAllCallsHaveEnded) {
  ex::static_thread_pool pool(2);
  for (int round = 0; round != 200; ++round) {
    std::atomic<int> inside = 0;
    std::atomic<int> called = 0;
    auto throws = [&](int index) {
      ++inside;
      ++called;
      if (index >= 3) {
        --inside;
        throw std::runtime_error("three");
      }
      --inside;
    };
    EXPECT_THROW(sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, 100000, throws)), std::runtime_error);
    EXPECT_EQ(inside, 0);
    EXPECT_LT(called, 100000);
  }
}

TEST(ThreadPoolBulk, AnExceptionEndsTheCalls) {
  ex::static_thread_pool pool(1);
  int called = 0;
  EXPECT_THROW(sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, 1000,
                                                                       [&](int) {
                                                                         ++called;
                                                                         throw std::runtime_error("first");
                                                                       })),
               std::runtime_error);
  EXPECT_EQ(called, 1);
}

TEST(ThreadPoolBulk, WhatKeepingAValueThrowsIsSent) {
  struct throws_when_kept {
    throws_when_kept() = default;
    throws_when_kept(throws_when_kept const &) { throw std::logic_error("copied"); }
  };
  ex::static_thread_pool pool(2);
  static throws_when_kept value;
  auto never = [](auto &&...) noexcept { ADD_FAILURE(); };
  auto const sndr = ex::schedule(pool.get_scheduler()) |
                    ex::then([]() noexcept -> throws_when_kept & { return value; }) | ex::bulk(ex::par, 100, never) |
                    ex::then([](throws_when_kept &&) noexcept {});
  EXPECT_THROW(sync_wait(sndr), std::logic_error);
}

TEST(ThreadPoolBulk, ErrorsAndTheStopGoPast) {
  ex::static_thread_pool pool(2);
  auto never = [](int) noexcept { ADD_FAILURE(); };
  auto const sch = pool.get_scheduler();
  EXPECT_THROW(
      sync_wait(ex::schedule(sch) | ex::then([] { throw std::logic_error("before"); }) | ex::bulk(ex::par, 100, never)),
      std::logic_error);
  pool.request_stop();
  EXPECT_FALSE(sync_wait(ex::schedule(sch) | ex::bulk(ex::par, 100, never)).has_value());
}

// What has begun is not cut short: the thread that is at it does everything that is left.
TEST(ThreadPoolBulk, EndsAlthoughThePoolStops) {
  for (int round = 0; round != 50; ++round) {
    ex::static_thread_pool pool(2);
    calls noted(1000);
    EXPECT_TRUE(sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, std::size_t{1000},
                                                                        [&](std::size_t i) {
                                                                          if (i == 10) {
                                                                            pool.request_stop();
                                                                          }
                                                                          noted.note(i);
                                                                        }))
                    .has_value());
    EXPECT_TRUE(noted.each_once());
  }
}

TEST(ThreadPoolBulk, SeveralAtATime) {
  ex::static_thread_pool pool(3);
  auto const sch = pool.get_scheduler();
  for (int round = 0; round != 200; ++round) {
    std::atomic<int> called = 0;
    auto some = [&](int count) {
      return ex::schedule(sch) | ex::bulk(ex::par, count, [&](int) noexcept { ++called; });
    };
    sync_wait(ex::when_all(some(100), some(1), some(17), some(100)) | ex::continues_on(sch) |
              ex::bulk(ex::par, 82, [&](int) noexcept { ++called; }));
    ASSERT_EQ(called, 300);
  }
}

struct bulk_child {};

// Deletes itself, operation and all, in its completion; touching it afterwards would show under ASan.
template <class Sndr> class self_deleting : public ex::child_for<self_deleting<Sndr>, bulk_child, ex::env<>, Sndr> {
  using child = ex::child_for<self_deleting, bulk_child, ex::env<>, Sndr>;

public:
  self_deleting(Sndr &&sndr, std::latch &done) : child(std::move(sndr)), done_(&done) {}
  void start() noexcept { child::start_child(); }
  void complete(bulk_child, auto &&...) noexcept {
    std::latch &done = *done_;
    delete this;
    done.count_down();
  }
  static ex::env<> get_env(bulk_child) noexcept { return {}; }

private:
  std::latch *done_;
};

TEST(ThreadPoolBulk, MayBeDestroyedInItsCompletion) {
  ex::static_thread_pool pool(3);
  for (int round = 0; round != 500; ++round) {
    std::latch done(1);
    std::atomic<int> called = 0;
    auto sndr = ex::schedule(pool.get_scheduler()) | ex::then([] { return std::string(40, 'x'); }) |
                ex::bulk(ex::par, 100, [&](int, std::string &) { ++called; });
    (new self_deleting<decltype(sndr)>(std::move(sndr), done))->start();
    done.wait();
    ASSERT_EQ(called, 100);
  }
}

// Every call starts a bulk of its own, and ends before that one has.
TEST(ThreadPoolBulk, InsideABulk) {
  ex::static_thread_pool pool(2);
  constexpr int outer = 50;
  for (int round = 0; round != 20; ++round) {
    std::latch done(outer);
    std::atomic<int> called = 0;
    sync_wait(ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, outer, [&](int) noexcept {
                auto inner =
                    ex::schedule(pool.get_scheduler()) | ex::bulk(ex::par, 10, [&called](int) noexcept { ++called; });
                (new self_deleting<decltype(inner)>(std::move(inner), done))->start();
              }));
    done.wait();
    ASSERT_EQ(called, 10 * outer);
  }
}

// 16 bytes to schedule, 56 to share the calls, and what is captured; 16 more where a call may throw.
using scheduled = ex::schedule_result_t<pool_scheduler>;
template <class F> using bulk_of = decltype(std::declval<scheduled>() | ex::bulk(ex::par, 16, std::declval<F>()));
struct quiet {
  void operator()(int) const noexcept {}
};
struct throwing {
  void operator()(int) const {}
};
static_assert(sizeof(void *) == 8, "the sizes here are those of 64-bit targets");
static_assert(size_of_op<bulk_of<quiet>> == either(80, 88));
static_assert(size_of_op<bulk_of<throwing>> == either(96, 104));

} // namespace
