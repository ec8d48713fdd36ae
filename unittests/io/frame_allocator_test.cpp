// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the memory that frames come from.
#include <snug/io/async_run.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/run_on.hpp>

#include "task_support.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <thread>
#include <utility>

namespace io = snug::io;
using namespace snug_test;
using io::detail::frame_classes;

namespace {

static_assert(sizeof(io::recycling_frame_allocator) == 2072);

static_assert(frame_classes::of(1) == 0 && frame_classes::of(40) == 0 && frame_classes::of(41) == 1);
static_assert(frame_classes::of(1032) == 31 && frame_classes::of(1033) == 32 && frame_classes::of(1096) == 32);
static_assert(frame_classes::of(2056) == 47 && frame_classes::of(2057) == 48 && frame_classes::of(2184) == 48);
static_assert(frame_classes::of(frame_classes::largest) == frame_classes::count - 1);
constexpr bool every_class_is_large_enough() {
  for (std::size_t size = 1; size <= 5000; ++size) {
    std::size_t const given = frame_classes::size(frame_classes::of(size));
    if (given < size || given % 16 != 8 || (size > 1024 && 16 * (given - size) > given)) {
      return false;
    }
  }
  return frame_classes::size(frame_classes::count - 1) == frame_classes::largest;
}
static_assert(every_class_is_large_enough());

TEST(FrameAllocator, UsesFramesAgain) {
  io::recycling_frame_allocator frames;
  for (std::size_t const size : {1U, 100U, 1032U, 1033U, 65536U}) {
    std::size_t const before = frames.refills();
    void *const first = frames.allocate(size);
    std::memset(first, 1, size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % __STDCPP_DEFAULT_NEW_ALIGNMENT__, 0U);
    EXPECT_EQ(frames.refills(), before + 1);
    frames.deallocate(first, size);
    void *const second = frames.allocate(size);
    EXPECT_EQ(second, first);
    EXPECT_EQ(frames.refills(), before + 1);
    frames.deallocate(second, size);
  }
}

TEST(FrameAllocator, KeepsNoLargeFramesAndNotTooMany) {
  io::recycling_frame_allocator frames;
  constexpr std::size_t large = frame_classes::largest + 1;
  frames.deallocate(frames.allocate(large), large);
  frames.deallocate(frames.allocate(large), large);
  EXPECT_EQ(frames.refills(), 2U);
  void *many[6];
  for (void *&each : many) {
    each = frames.allocate(65536);
  }
  for (void *const each : many) {
    frames.deallocate(each, 65536);
  }
  EXPECT_EQ(frames.refills(), 8U);
  for (void *&each : many) {
    each = frames.allocate(65536);
  }
  EXPECT_EQ(frames.refills(), 11U) << "256 KiB of each size are kept at most";
  for (void *const each : many) {
    frames.deallocate(each, 65536);
  }
}

// An allocator that remembers what is out.
class watched final : public io::frame_allocator {
public:
  void *allocate(std::size_t size) override {
    void *const frame = ::operator new(size);
    out[frame] = size;
    ++made;
    return frame;
  }
  void deallocate(void *frame, std::size_t size) noexcept override {
    EXPECT_EQ(out[frame], size);
    out.erase(frame);
    ::operator delete(frame);
  }

  std::map<void *, std::size_t> out;
  int made = 0;
};

using task = io::basic_task<io::env_ptr>;

// Too many levels for a frame within the frame of the caller.
task recursive(int n, handed &to) {
  co_await parked(to);
  if (n != 0) {
    co_await recursive(n - 1, to);
  }
}

TEST(FrameAllocator, OfAnEnvironmentIsUsedByItsTasksOnly) {
  manual_context context;
  watched frames;
  handed to;
  bool done = false;
  io::async_run(context.get_executor(), recursive(3, to), [&] { done = true; }, [](std::exception_ptr) {}, {}, &frames);
  int made = frames.made;
  EXPECT_EQ(made, 1) << "the root: the task itself was there before";
  while (!done) {
    // Between two steps the thread belongs to others.
    EXPECT_EQ(io::detail::current_frames, nullptr);
    {
      auto const others = recursive(1, to);
    }
    EXPECT_EQ(frames.made, made);
    to.resume();
    made = frames.made;
  }
  EXPECT_EQ(made, 4);
  EXPECT_TRUE(frames.out.empty());
  EXPECT_EQ(io::detail::current_frames, nullptr);
}

TEST(FrameAllocator, GoesAlongToOtherExecutors) {
  manual_context here;
  manual_context there;
  watched frames;
  handed to;
  bool done = false;
  auto body = [](manual_context &other, handed &h) -> task {
    co_await io::run_on(other.get_executor(), recursive(2, h));
    co_await recursive(1, h);
  };
  io::async_run(here.get_executor(), body(there, to), [&] { done = true; }, [](std::exception_ptr) {}, {}, &frames);
  while (!done) {
    EXPECT_EQ(io::detail::current_frames, nullptr);
    to.resume();
  }
  EXPECT_GE(frames.made, 4);
  EXPECT_TRUE(frames.out.empty());
}

TEST(FrameAllocator, FramesMayEndOnAnotherThread) {
  handed to;
  manual_context context;
  bool done = false;
  io::async_run(context.get_executor(), recursive(5, to), [&] { done = true; });
  std::thread([&] {
    while (!done) {
      to.resume();
    }
  }).join();
  EXPECT_TRUE(done);
}

#ifndef NDEBUG
TEST(FrameAllocator, NeedsAnEnvironment) {
  manual_context context;
  watched frames;
  auto body = []() -> io::basic_task<io::executor_ptr> { co_return; };
  EXPECT_DEATH(io::async_run(
                   context.get_executor(), body(), [] {}, [](std::exception_ptr) {}, {}, &frames),
               "a frame allocator was given to tasks that have no environment to find it in");
}
#endif

} // namespace
