// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The steady state of tasks allocates nothing: in a program of its own, which counts every allocation.
#include <snug/io/async_run.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/run_on.hpp>
#include <snug/io/task.hpp>

#include "task_support.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0;
}
// Not inlined, as g++ would else see free() meet what it takes for another operator new.
[[gnu::noinline]] void *operator new(std::size_t size) {
  ++allocations;
  if (void *const memory = std::malloc(size)) {
    return memory;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void *memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

namespace io = snug::io;
using namespace snug_test;

namespace {

template <class Handle> class Allocations : public testing::Test {
public:
  template <class T = void> using task = io::basic_task<Handle, T>;

  static task<std::size_t> reads(int times) {
    std::size_t done = 0;
    for (int i = 0; i != times; ++i) {
      co_await yield();
      ++done;
    }
    co_return done;
  }
  static task<std::size_t> requests(int times) {
    std::size_t done = 0;
    for (int i = 0; i != times; ++i) {
      done += co_await reads(5);
    }
    co_return done;
  }
  static task<std::size_t> session(manual_context &other, int times) {
    std::size_t done = 0;
    for (int i = 0; i != times; ++i) {
      done += co_await requests(2);
      done += co_await io::run_on(other.get_executor(), reads(1));
    }
    co_return done;
  }
  std::size_t run(int times) {
    std::size_t result = 0;
    io::async_run(
        context.get_executor(), session(other, times), [&](std::size_t done) { result = done; },
        [](std::exception_ptr) {}, {}, frames());
    while (context.run() + other.run() != 0) {
    }
    return result;
  }

protected:
  virtual io::frame_allocator *frames() { return nullptr; }

  manual_context context;
  manual_context other;
};
TYPED_TEST_SUITE(Allocations, all_handles, handle_names);

TYPED_TEST(Allocations, NoneAfterTheFirstSession) {
  std::size_t const at_first = allocations;
  EXPECT_EQ(this->run(3), 33U);
  EXPECT_GE(allocations, at_first + (io::frame_refills_of_this_thread() != 0 ? 0 : 1));
  std::size_t const before = allocations;
  std::size_t const refills = io::frame_refills_of_this_thread();
  EXPECT_EQ(this->run(100), 1100U);
  EXPECT_EQ(this->run(100), 1100U);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(io::frame_refills_of_this_thread(), refills);
  EXPECT_GE(refills, 1U);
}

class AllocationsOfAnEnvironment : public Allocations<io::env_ptr> {
protected:
  io::frame_allocator *frames() override { return &recycling; }

  io::recycling_frame_allocator recycling;
};
TEST_F(AllocationsOfAnEnvironment, NoneAfterTheFirstSession) {
  this->run(3);
  std::size_t const before = allocations;
  std::size_t const refills = recycling.refills();
  EXPECT_GE(refills, 1U);
  EXPECT_EQ(this->run(100), 1100U);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(recycling.refills(), refills);
}

} // namespace
