// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of static_thread_pool: where work runs, that none is lost, and what stopping means.
#include <snug/execution/child.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/static_thread_pool.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <latch>
#include <memory>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

static_assert(ex::scheduler<ex::static_thread_pool::scheduler>);
static_assert(sizeof(snug::detail::thread_pool_node) == 2 * sizeof(void *));

// Counts completions down: what was started on the pool has come to its end.
struct counting_receiver {
  using receiver_concept = ex::receiver_tag;
  std::latch *done;
  std::atomic<int> *stopped = nullptr;

  void set_value(auto &&...) && noexcept { done->count_down(); }
  void set_stopped() && noexcept {
    if (stopped != nullptr) {
      ++*stopped;
    }
    done->count_down();
  }
};

// Some nanoseconds for each turn.
void idle(int turns) noexcept {
  for (std::atomic<int> i = 0; i < 2 * turns;) {
    ++i;
  }
}

// A latch that can be raised while it is above zero.
class countdown {
public:
  explicit countdown(int count) : count_(count) {}
  void count_up() noexcept { ++count_; }
  void count_down() noexcept {
    if (--count_ == 0) {
      zero_.count_down();
    }
  }
  void wait() { zero_.wait(); }

private:
  std::atomic<int> count_;
  std::latch zero_{1};
};

struct detached_child {};

// An operation that deletes itself in its completion, as many do that nobody waits for.
template <class Sndr, class Done = std::latch>
class detached : public ex::child_for<detached<Sndr, Done>, detached_child, ex::env<>, Sndr> {
  using child = ex::child_for<detached, detached_child, ex::env<>, Sndr>;

public:
  static void start(Sndr sndr, Done &done) { (new detached(std::move(sndr), done))->child::start_child(); }

  void complete(auto &&...) noexcept {
    Done &done = *done_;
    delete this;
    done.count_down();
  }
  static ex::env<> get_env(detached_child) noexcept { return {}; }

private:
  detached(Sndr &&sndr, Done &done) : child(std::move(sndr)), done_(&done) {}

  Done *done_;
};

// A task that keeps a thread of the pool until it is let go.
class blocker {
public:
  explicit blocker(ex::static_thread_pool &pool) {
    auto task = ex::schedule(pool.get_scheduler()) | ex::then([this]() noexcept {
                  begun_.count_down();
                  release_.wait();
                });
    detached<decltype(task)>::start(task, ended_);
    begun_.wait();
  }
  ~blocker() { let_go(); }

  void let_go() {
    if (!released_) {
      released_ = true;
      release_.count_down();
      ended_.wait();
    }
  }

private:
  std::latch begun_{1};
  std::latch release_{1};
  std::latch ended_{1};
  bool released_ = false;
};

TEST(StaticThreadPool, HasAsManyThreadsAsItWasTold) {
  EXPECT_EQ(ex::static_thread_pool(3).available_parallelism(), 3U);
  EXPECT_EQ(ex::static_thread_pool(0).available_parallelism(), 1U);
  EXPECT_EQ(ex::static_thread_pool().available_parallelism(), std::max(1U, std::thread::hardware_concurrency()));
}

TEST(StaticThreadPool, SaysWhereItCompletes) {
  ex::static_thread_pool pool(1), other(1);
  auto const sch = pool.get_scheduler();
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(sch))), sch);
  EXPECT_NE(sch, other.get_scheduler());
  EXPECT_EQ(ex::get_forward_progress_guarantee(sch), ex::forward_progress_guarantee::parallel);
}

TEST(StaticThreadPool, CompletionSignaturesAreExact) {
  using sndr = ex::schedule_result_t<ex::static_thread_pool::scheduler>;
  static_assert(std::same_as<ex::completion_signatures_of_t<sndr, ex::env<>>,
                             ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>>);
}

TEST(StaticThreadPool, RunsOnItsThreads) {
  ex::static_thread_pool pool(1);
  auto const here = [] { return std::this_thread::get_id(); };
  auto const [first] = sync_wait(ex::schedule(pool.get_scheduler()) | ex::then(here)).value();
  auto const [second] = sync_wait(ex::starts_on(pool.get_scheduler(), ex::just() | ex::then(here))).value();
  EXPECT_NE(first, std::this_thread::get_id());
  EXPECT_EQ(first, second);
}

// Both wait for the other: only two threads can do that.
TEST(StaticThreadPool, RunsAtTheSameTime) {
  ex::static_thread_pool pool(2);
  std::latch met(2);
  auto meeting = [&] {
    return ex::schedule(pool.get_scheduler()) | ex::then([&] {
             met.arrive_and_wait();
             return std::this_thread::get_id();
           });
  };
  auto const [left, right] = sync_wait(ex::when_all(meeting(), meeting())).value();
  EXPECT_NE(left, right);
}

// The first wakes one thread, and that one the next.
TEST(StaticThreadPool, SleepingThreadsAreWokenForAsMuchAsThereIs) {
  ex::static_thread_pool pool(3);
  for (int round = 0; round != 30; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::latch met(3);
    auto meeting = [&] { return ex::schedule(pool.get_scheduler()) | ex::then([&] { met.arrive_and_wait(); }); };
    ASSERT_TRUE(sync_wait(ex::when_all(meeting(), meeting(), meeting())).has_value());
  }
}

TEST(StaticThreadPool, WhatComesFromOutsideRunsInOrder) {
  ex::static_thread_pool pool(1);
  constexpr int count = 20;
  std::vector<int> order;
  std::latch done(count);
  {
    blocker busy(pool);
    for (int i = 0; i != count; ++i) {
      auto task = ex::schedule(pool.get_scheduler()) | ex::then([&order, i]() noexcept { order.push_back(i); });
      detached<decltype(task)>::start(task, done);
    }
  }
  done.wait();
  for (int i = 0; i != count; ++i) {
    EXPECT_EQ(order.at(static_cast<std::size_t>(i)), i);
  }
}

// A thread that has queued something for itself and then blocks does not keep it from the others.
TEST(StaticThreadPool, OthersTakeWhatABlockedThreadHasQueued) {
  ex::static_thread_pool pool(2);
  auto const sch = pool.get_scheduler();
  for (int round = 0; round != 200; ++round) {
    auto const result = sync_wait(ex::schedule(sch) |
                                  ex::then([&] { return sync_wait(ex::schedule(sch) | ex::then([] { return 42; })); }));
    ASSERT_EQ(std::get<0>(std::get<0>(result.value()).value()), 42);
  }
}

TEST(StaticThreadPool, MovesBetweenPoolAndLoop) {
  ex::static_thread_pool pool(2);
  ex::run_loop loop;
  std::thread::id const main = std::this_thread::get_id();
  std::vector<std::thread::id> where;
  auto note = [&] { where.push_back(std::this_thread::get_id()); };
  std::latch done(1);
  auto op = ex::connect(ex::schedule(pool.get_scheduler()) | ex::then(note) | ex::continues_on(loop.get_scheduler()) |
                            ex::then(note) | ex::continues_on(pool.get_scheduler()) | ex::then(note) |
                            ex::continues_on(loop.get_scheduler()) | ex::then([&]() noexcept {
                              note();
                              loop.finish();
                            }) |
                            ex::upon_error([](std::exception_ptr) noexcept {}),
                        counting_receiver{&done});
  ex::start(op);
  loop.run();
  ASSERT_EQ(where.size(), 4U);
  EXPECT_NE(where[0], main);
  EXPECT_EQ(where[1], main);
  EXPECT_NE(where[2], main);
  EXPECT_EQ(where[3], main);
}

TEST(StaticThreadPool, ManyThreadsSubmit) {
  constexpr int rounds = 5000;
  constexpr int producers = 3;
  ex::static_thread_pool pool(3);
  std::atomic<int> count = 0;
  std::latch done(producers * rounds);
  auto task = [&] { return ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++count; }); };
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t != producers; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i != rounds; ++i) {
          detached<decltype(task())>::start(task(), done);
        }
      });
    }
  }
  done.wait();
  EXPECT_EQ(count, producers * rounds);
}

// More than a thread's own queue holds.
TEST(StaticThreadPool, ATaskSubmitsMany) {
  constexpr int many = 5000;
  ex::static_thread_pool pool(2);
  std::atomic<int> count = 0;
  std::latch done(many);
  auto task = [&] { return ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++count; }); };
  sync_wait(ex::schedule(pool.get_scheduler()) | ex::then([&] {
              for (int i = 0; i != many; ++i) {
                detached<decltype(task())>::start(task(), done);
              }
            }));
  done.wait();
  EXPECT_EQ(count, many);
}

// A tree of tasks, each of which starts two.
class tree {
public:
  tree(ex::static_thread_pool &pool, int depth) : pool_(pool), done_((1 << depth) - 1) { grow(depth); }
  int wait() {
    done_.wait();
    return count_;
  }

private:
  void grow(int depth) noexcept {
    auto node = ex::schedule(pool_.get_scheduler()) | ex::then([this, depth]() noexcept {
                  ++count_;
                  if (depth != 1) {
                    grow(depth - 1);
                    grow(depth - 1);
                  }
                });
    detached<decltype(node)>::start(node, done_);
  }

  ex::static_thread_pool &pool_;
  std::atomic<int> count_ = 0;
  std::latch done_;
};

TEST(StaticThreadPool, TasksStartTasks) {
  ex::static_thread_pool pool(4);
  EXPECT_EQ(tree(pool, 13).wait(), (1 << 13) - 1);
}

// A task that starts itself again until it is told not to.
class restless {
public:
  explicit restless(ex::static_thread_pool &pool) : pool_(pool) { run(); }
  ~restless() {
    enough_ = true;
    ended_.wait();
  }

private:
  void run() noexcept {
    auto task = ex::schedule(pool_.get_scheduler()) | ex::then([this]() noexcept {
                  if (!enough_) {
                    ended_.count_up();
                    run();
                  }
                });
    detached<decltype(task), countdown>::start(task, ended_);
  }

  ex::static_thread_pool &pool_;
  std::atomic<bool> enough_ = false;
  countdown ended_{1};
};

// One task is queued while another thread is after it: one of both threads gets it.
TEST(StaticThreadPool, EachTaskRunsOnce) {
  constexpr int rounds = 20000;
  ex::static_thread_pool pool(2);
  std::vector<std::atomic<int>> runs(rounds);
  std::latch done(2 * rounds);
  for (int i = 0; i != rounds; ++i) {
    auto inner =
        ex::schedule(pool.get_scheduler()) | ex::then([&runs, i]() noexcept { ++runs[static_cast<std::size_t>(i)]; });
    auto outer = ex::schedule(pool.get_scheduler()) | ex::then([&done, i, inner]() noexcept {
                   detached<decltype(inner)>::start(inner, done);
                   idle(i % 10);
                 });
    detached<decltype(outer)>::start(outer, done);
    idle(i % 50);
  }
  done.wait();
  EXPECT_TRUE(std::all_of(runs.begin(), runs.end(), [](auto const &count) { return count == 1; }));
}

// Whoever starts itself again and again keeps nobody else from a single thread.
TEST(StaticThreadPool, WhoNeverEndsKeepsNobodyWaiting) {
  ex::static_thread_pool pool(1);
  auto const sch = pool.get_scheduler();
  restless one(pool), other(pool);
  for (int i = 0; i != 10; ++i) {
    EXPECT_TRUE(sync_wait(ex::schedule(sch)).has_value());
    // … what waits in the thread's own queue included
    EXPECT_TRUE(sync_wait(ex::schedule(sch) | ex::let_value([&] { return ex::schedule(sch); })).has_value());
  }
}

TEST(StaticThreadPool, FansOutAndIn) {
  ex::static_thread_pool pool(2);
  auto const sch = pool.get_scheduler();
  auto times = [&](int i) { return ex::schedule(sch) | ex::then([i] { return i * i; }); };
  for (int round = 0; round != 500; ++round) {
    auto const [a, b, c, d] = sync_wait(ex::when_all(times(1), times(2), times(3), times(4))).value();
    ASSERT_EQ(a + b + c + d, 30);
  }
}

TEST(StaticThreadPool, StopsBeforeTheStart) {
  ex::static_thread_pool pool(1);
  snug::inplace_stop_source source;
  source.request_stop();
  outcome<> result;
  std::latch done(1);
  auto op = ex::connect(ex::schedule(pool.get_scheduler()) | ex::upon_stopped([&]() noexcept {
                          result.stopped = true;
                        }) | ex::then([&]() noexcept { done.count_down(); }),
                        recorder<token_env>{&result, {source.get_token()}});
  ex::start(op);
  done.wait();
  EXPECT_TRUE(result.stopped);
}

TEST(StaticThreadPool, StopsWhileQueued) {
  ex::static_thread_pool pool(1);
  blocker busy(pool);
  snug::inplace_stop_source source;
  std::atomic<int> ran = 0;
  std::atomic<int> stopped = 0;
  std::latch done(1);
  struct receiver : counting_receiver {
    snug::inplace_stop_token token;
    token_env get_env() const noexcept { return {token}; }
  };
  auto op = ex::connect(ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++ran; }),
                        receiver{{&done, &stopped}, source.get_token()});
  ex::start(op);
  source.request_stop();
  busy.let_go();
  done.wait();
  EXPECT_EQ(ran, 0);
  EXPECT_EQ(stopped, 1);
}

TEST(StaticThreadPool, WhatIsQueuedWhenThePoolStopsCompletesAsStopped) {
  constexpr int queued = 1000;
  ex::static_thread_pool pool(1);
  auto const pool_thread =
      std::get<0>(sync_wait(ex::schedule(pool.get_scheduler()) | ex::then(std::this_thread::get_id)).value());
  blocker busy(pool);
  std::atomic<int> ran = 0;
  std::atomic<int> stopped_on_pool = 0;
  std::latch done(queued);
  auto task = [&] {
    return ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++ran; }) |
           ex::upon_stopped([&]() noexcept { stopped_on_pool += std::this_thread::get_id() == pool_thread ? 1 : 0; });
  };
  for (int i = 0; i != queued; ++i) {
    detached<decltype(task())>::start(task(), done);
  }
  pool.request_stop();
  busy.let_go();
  done.wait();
  EXPECT_EQ(ran, 0);
  EXPECT_EQ(stopped_on_pool, queued);
}

TEST(StaticThreadPool, WhatStartsAfterTheStopCompletesInsideStart) {
  ex::static_thread_pool pool(2);
  pool.request_stop();
  pool.request_stop();
  std::latch done(1);
  std::atomic<int> stopped = 0;
  auto op = ex::connect(ex::schedule(pool.get_scheduler()), counting_receiver{&done, &stopped});
  ex::start(op);
  EXPECT_EQ(stopped, 1);
  EXPECT_FALSE(sync_wait(ex::schedule(pool.get_scheduler())).has_value());
}

// The thread's own queue is left behind as well, more of it than fits.
TEST(StaticThreadPool, ATaskStopsItsPool) {
  constexpr int many = 1000;
  ex::static_thread_pool pool(1);
  std::atomic<int> stopped = 0;
  std::atomic<int> ran = 0;
  std::latch done(2 * many);
  auto task = [&] {
    return ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++ran; }) |
           ex::upon_stopped([&]() noexcept { ++stopped; });
  };
  auto const result = sync_wait(ex::schedule(pool.get_scheduler()) | ex::then([&] {
                                  for (int i = 0; i != many; ++i) {
                                    detached<decltype(task())>::start(task(), done);
                                  }
                                  pool.request_stop();
                                  for (int i = 0; i != many; ++i) {
                                    detached<decltype(task())>::start(task(), done);
                                  }
                                }));
  EXPECT_TRUE(result.has_value()); // it had begun
  done.wait();
  EXPECT_EQ(ran, 0);
  EXPECT_EQ(stopped, 2 * many);
}

TEST(StaticThreadPool, TheDestructorWaitsForWhatHasBegun) {
  std::atomic<bool> ended = false;
  std::latch done(1);
  {
    ex::static_thread_pool pool(2);
    std::latch begun(1);
    auto task = ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept {
                  begun.count_down();
                  std::this_thread::sleep_for(std::chrono::milliseconds(20));
                  ended = true;
                });
    detached<decltype(task)>::start(task, done);
    begun.wait();
  }
  EXPECT_TRUE(ended);
  EXPECT_TRUE(done.try_wait());
}

// Work is queued, completes elsewhere, and the pool goes: whoever queued it touches nothing any more.
TEST(StaticThreadPool, MayBeDestroyedWhenItsLastOperationHasCompleted) {
  for (int round = 0; round != 300; ++round) {
    ex::static_thread_pool first(1);
    auto second = std::make_unique<ex::static_thread_pool>(1);
    sync_wait(ex::schedule(first.get_scheduler()) | ex::continues_on(second->get_scheduler()));
    second.reset();
  }
}

TEST(StaticThreadPool, ComesAndGoesWithWorkQueued) {
  for (int round = 0; round != 100; ++round) {
    constexpr int queued = 50;
    std::latch done(queued);
    std::atomic<int> stopped = 0;
    std::atomic<int> ran = 0;
    {
      ex::static_thread_pool pool(2);
      auto task = [&] {
        return ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept { ++ran; }) |
               ex::upon_stopped([&]() noexcept { ++stopped; });
      };
      for (int i = 0; i != queued; ++i) {
        detached<decltype(task())>::start(task(), done);
      }
    }
    EXPECT_TRUE(done.try_wait());
    EXPECT_EQ(ran + stopped, queued);
  }
}

// One wake-up at a time: a thread that sleeps is woken for each.
TEST(StaticThreadPool, WakesUp) {
  ex::static_thread_pool pool(2);
  for (int round = 0; round != 20; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_TRUE(sync_wait(ex::schedule(pool.get_scheduler())).has_value());
  }
}

} // namespace
