// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The loop: queues, counts and threads; and strands, which run on it.
#include <snug/io/io_context.hpp>
#include <snug/io/strand.hpp>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <thread>
#include <vector>

namespace {

using namespace snug::io;
using namespace std::chrono_literals;

// Work that calls a function, once or more often.
template <class F> struct job : work {
  explicit job(F function) : work{nullptr, &call}, f(std::move(function)) {}
  static void call(work *w) noexcept { static_cast<job *>(w)->f(); }
  F f;
};

// A coroutine that begins when its handle is resumed, and frees itself.
struct fire {
  struct promise_type {
    fire get_return_object() noexcept { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_never final_suspend() noexcept { return {}; }
    static constexpr void return_void() noexcept {}
    [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> coroutine;
};

static_assert(executor<io_context::executor> && executor<strand>);
static_assert(sizeof(io_context::executor) == 16 && sizeof(strand) == 16);

TEST(IoContext, RunsWorkInTheOrderOfPostingAndReturns) {
  io_context context;
  auto const ex = context.get_executor();
  std::vector<int> order;
  job first([&] { order.push_back(1); });
  job last([&] { order.push_back(3); });
  job second([&] {
    order.push_back(2);
    ex.post(&last);
  });
  ex.post(&first);
  ex.post(&second);
  EXPECT_EQ(context.run(), 3u);
  EXPECT_EQ(order, (std::vector{1, 2, 3}));
  EXPECT_TRUE(context.stopped());
}

TEST(IoContext, RunsNothingMoreUntilItIsRestarted) {
  io_context context;
  int count = 0;
  job one([&] { ++count; });
  EXPECT_EQ(context.run(), 0u);
  context.get_executor().post(&one);
  EXPECT_EQ(context.run(), 0u);
  context.restart();
  EXPECT_EQ(context.run(), 1u);
  EXPECT_EQ(count, 1);
}

TEST(IoContext, RunsOnePieceOfWorkAtATime) {
  io_context context;
  int count = 0;
  auto add = [&] { ++count; };
  std::array jobs{job(add), job(add), job(add)};
  for (auto &j : jobs) {
    context.get_executor().post(&j);
  }
  EXPECT_EQ(context.run_one(), 1u);
  EXPECT_EQ(count, 1);
  EXPECT_EQ(context.poll_one(), 1u);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(context.poll(), 1u);
  EXPECT_EQ(count, 3);
  EXPECT_EQ(context.poll_one(), 0u);
}

TEST(IoContext, StopsBetweenTwoPiecesOfWork) {
  io_context context;
  int count = 0;
  job stop([&] { context.stop(); });
  job after([&] { ++count; });
  context.get_executor().post(&stop);
  context.get_executor().post(&after);
  EXPECT_EQ(context.run(), 1u);
  EXPECT_EQ(count, 0);
  context.restart();
  EXPECT_EQ(context.run(), 1u);
  EXPECT_EQ(count, 1);
}

TEST(IoContext, WaitsWhileItIsGuarded) {
  io_context context;
  io_context::work_guard guard(context);
  EXPECT_EQ(context.poll(), 0u);
  EXPECT_FALSE(context.stopped());
  EXPECT_EQ(context.run_for(5ms), 0u);
  EXPECT_FALSE(context.stopped());
  int count = 0;
  job one([&] { ++count; });
  std::thread other([&] {
    context.get_executor().post(&one);
    guard.reset();
  });
  EXPECT_EQ(context.run(), 1u);
  other.join();
  EXPECT_EQ(count, 1);
}

TEST(IoContext, LosesNothingThatIsPostedByManyThreadsToMany) {
  constexpr int each = 2000;
  io_context context;
  std::atomic<int> count{0};
  auto add = [&] { count.fetch_add(1, std::memory_order_relaxed); };
  std::vector<std::unique_ptr<job<decltype(add)>>> jobs;
  for (int i = 0; i != 4 * each; ++i) {
    jobs.push_back(std::make_unique<job<decltype(add)>>(add));
  }
  io_context::work_guard guard(context);
  std::atomic<std::size_t> ran{0};
  std::vector<std::thread> threads;
  for (int t = 0; t != 3; ++t) {
    threads.emplace_back([&] { ran += context.run(); });
  }
  std::vector<std::thread> posting;
  for (std::size_t t = 0; t != 4; ++t) {
    posting.emplace_back([&, t] {
      for (std::size_t i = 0; i != each; ++i) {
        context.get_executor().post(jobs[t * each + i].get());
      }
    });
  }
  for (auto &p : posting) {
    p.join();
  }
  guard.reset();
  for (auto &t : threads) {
    t.join();
  }
  EXPECT_EQ(count, 4 * each);
  EXPECT_EQ(ran, std::size_t{4 * each});
}

// Each piece posts the next one: the threads that have nothing to do must not end before the last one has run.
TEST(IoContext, EndsOnAllThreadsAtOnce) {
  io_context context;
  int left = 5000;
  auto const ex = context.get_executor();
  work *next = nullptr;
  job one([&] {
    if (--left != 0) {
      ex.post(next);
    }
  });
  next = &one;
  ex.post(&one);
  std::vector<std::thread> threads;
  for (int t = 0; t != 3; ++t) {
    threads.emplace_back([&] { context.run(); });
  }
  for (auto &t : threads) {
    t.join();
  }
  EXPECT_EQ(left, 0);
  EXPECT_TRUE(context.stopped());
}

TEST(IoContext, RunsWithinItself) {
  io_context context;
  int count = 0;
  job inner([&] { ++count; });
  job outer([&] {
    context.get_executor().post(&inner);
    EXPECT_EQ(context.poll(), 1u);
    EXPECT_EQ(count, 1);
  });
  context.get_executor().post(&outer);
  EXPECT_EQ(context.run(), 1u);
}

TEST(IoContext, DispatchesAtOnceWhereItRunsAndQueuesElsewhere) {
  io_context context;
  auto const ex = context.get_executor();
  EXPECT_FALSE(ex.running_in_this_thread());
  bool ran = false;
  auto make = [](bool &flag) -> fire {
    flag = true;
    co_return;
  };
  coro const h = make(ran).coroutine;
  coro const now = ex.dispatch(h);
  // That it is a no-op shows below: [coroutine.noop] does not promise that two of them compare equal.
  EXPECT_NE(now, h);
  now.resume();
  EXPECT_FALSE(ran);
  job inside([&] {
    EXPECT_TRUE(ex.running_in_this_thread());
    bool second = false;
    coro const g = make(second).coroutine;
    EXPECT_EQ(ex.dispatch(g), g);
    g.resume();
    EXPECT_TRUE(second);
  });
  ex.post(&inside);
  EXPECT_EQ(context.run(), 2u);
  EXPECT_TRUE(ran);
}

TEST(IoContext, RunsWhatIsLeftWhenItIsDestroyed) {
  int count = 0;
  job one([&] { ++count; });
  {
    io_context context;
    context.get_executor().post(&one);
    context.stop();
  }
  EXPECT_EQ(count, 1);
}

TEST(Strand, RunsOneThingAtATimeInOrder) {
  constexpr int each = 2000;
  io_context context;
  strand const s(context.get_executor());
  strand const copy = s;
  EXPECT_EQ(s, copy);
  EXPECT_FALSE(s == strand(context.get_executor()));
  int inside = 0; // not atomic: what is tested
  std::vector<int> seen(3, -1);
  struct numbered : work {
    int thread = 0;
    int number = 0;
    int *inside = nullptr;
    std::vector<int> *seen = nullptr;
    bool in_order = true;
  };
  std::vector<numbered> jobs(3 * each);
  for (std::size_t i = 0; i != jobs.size(); ++i) {
    numbered &n = jobs[i];
    n.thread = static_cast<int>(i / each);
    n.number = static_cast<int>(i % each);
    n.inside = &inside;
    n.seen = &seen;
    n.run = [](work *w) noexcept {
      auto &self = *static_cast<numbered *>(w);
      int &last = (*self.seen)[static_cast<std::size_t>(self.thread)];
      self.in_order = last == self.number - 1;
      last = self.number;
      ++*self.inside;
    };
  }
  io_context::work_guard guard(context);
  std::vector<std::thread> threads;
  for (int t = 0; t != 2; ++t) {
    threads.emplace_back([&] { context.run(); });
  }
  std::vector<std::thread> posting;
  for (std::size_t t = 0; t != 3; ++t) {
    posting.emplace_back([&, t, mine = s] {
      for (std::size_t i = 0; i != each; ++i) {
        mine.post(&jobs[t * each + i]);
      }
    });
  }
  for (auto &p : posting) {
    p.join();
  }
  guard.reset();
  for (auto &t : threads) {
    t.join();
  }
  EXPECT_EQ(inside, 3 * each);
  for (numbered const &n : jobs) {
    EXPECT_TRUE(n.in_order);
  }
}

TEST(Strand, DispatchesAtOnceInsideAndQueuesOutside) {
  io_context context;
  strand const s(context.get_executor());
  bool outside = false;
  auto make = [](bool &flag) -> fire {
    flag = true;
    co_return;
  };
  s.dispatch(make(outside).coroutine).resume();
  EXPECT_FALSE(outside);
  job inside([&] {
    EXPECT_TRUE(s.running_in_this_thread());
    EXPECT_FALSE(strand(context.get_executor()).running_in_this_thread());
    bool ran = false;
    s.dispatch(make(ran).coroutine).resume();
    EXPECT_TRUE(ran);
  });
  s.post(&inside);
  context.run();
  EXPECT_TRUE(outside);
  EXPECT_FALSE(s.running_in_this_thread());
}

TEST(Strand, OutlivesItsHandleWhileItHasWork) {
  io_context context;
  bool ran = false;
  job one([&] { ran = true; });
  strand(context.get_executor()).post(&one);
  context.run();
  EXPECT_TRUE(ran);
}

} // namespace
