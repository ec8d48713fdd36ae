// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What runs on a static_thread_pool, on parallel_scheduler or through a task_scheduler allocates nothing: in a program
// of its own, which counts every allocation.
#include <snug/execution.hpp>

#include "../counted_new.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <new>
#include <utility>

namespace ex = snug::execution;
using snug::this_thread::sync_wait;

namespace {

// How many allocations a function makes on all threads.
template <class F> std::size_t allocated(F &&f) {
  std::size_t const before = allocations;
  std::forward<F>(f)();
  return allocations - before;
}

TEST(Allocations, AreCounted) {
  EXPECT_EQ(allocated([] { ::operator delete(::operator new(1)); }), 1U);
  EXPECT_GE(allocated([] { ex::static_thread_pool pool(1); }), 1U);
}

TEST(Allocations, NoneForWorkFromOutside) {
  ex::static_thread_pool pool(2);
  auto task = [&](int i) { return ex::schedule(pool.get_scheduler()) | ex::then([i]() noexcept { return i; }); };
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i != 1000; ++i) {
                sync_wait(ex::when_all(task(i), task(i), task(i), task(i)));
              }
            }),
            0U);
}

// More at once than a thread's own queue holds, started by a task.
TEST(Allocations, NoneForWorkFromInside) {
  struct receiver {
    using receiver_concept = ex::receiver_tag;
    std::atomic<int> *left;
    void set_value() && noexcept {
      if (--*left == 0) {
        left->notify_one();
      }
    }
    void set_stopped() && noexcept {}
  };
  ex::static_thread_pool pool(2);
  using op = ex::connect_result_t<ex::schedule_result_t<ex::static_thread_pool::scheduler>, receiver>;
  constexpr std::size_t many = 1000;
  alignas(op) static std::array<std::byte[sizeof(op)], many> memory;
  std::atomic<int> left = many;
  EXPECT_EQ(allocated([&] {
              sync_wait(ex::schedule(pool.get_scheduler()) | ex::then([&]() noexcept {
                          for (auto &bytes : memory) {
                            ex::start(*new (static_cast<void *>(bytes))
                                          op(ex::connect(ex::schedule(pool.get_scheduler()), receiver{&left})));
                          }
                        }));
              while (int const some = left) {
                left.wait(some);
              }
            }),
            0U);
}

TEST(Allocations, NoneForAParallelScheduler) {
  sync_wait(ex::schedule(ex::get_parallel_scheduler())); // makes its threads
  EXPECT_EQ(allocated([&] {
              auto const sch = ex::get_parallel_scheduler();
              auto task = [&](int i) { return ex::starts_on(sch, ex::just(i)); };
              for (int i = 0; i != 1000; ++i) {
                sync_wait(ex::when_all(task(i), task(i), task(i), task(i)));
              }
            }),
            0U);
}

TEST(Allocations, NoneForItemsOnAParallelScheduler) {
  auto const sch = ex::get_parallel_scheduler();
  sync_wait(ex::schedule(sch));
  std::atomic<int> sum = 0;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i != 100; ++i) {
                sync_wait(ex::schedule(sch) | ex::bulk(ex::par, 100, [&](int) noexcept { ++sum; }));
              }
            }),
            0U);
  EXPECT_EQ(sum, 10000);
}

TEST(Allocations, NoneForATaskSchedulerOfASmallScheduler) {
  ex::run_loop loop;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i != 1000; ++i) {
                ex::task_scheduler const there(ex::inline_scheduler{});
                sync_wait(ex::when_all(ex::starts_on(there, ex::just(i)), ex::schedule(ex::task_scheduler(there))));
                EXPECT_NE(there, ex::task_scheduler(loop.get_scheduler()));
              }
            }),
            0U);
}

} // namespace
