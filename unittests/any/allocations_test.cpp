// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A type-erased stream allocates once, when it is made, and its operations never: in a program of its own, which counts
// every allocation.
#include "../counted_new.hpp"
#include "every_operation.hpp"

#include <snug/io/async_run.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/task.hpp>
#include <snug/io/unix_stream.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace {

using namespace snug_test;

template <class F> std::size_t allocated(F &&f) {
  std::size_t const before = allocations;
  std::forward<F>(f)();
  return allocations - before;
}

template <class Erased> struct Allocations : testing::Test {};
TYPED_TEST_SUITE(Allocations, every_operation);

TYPED_TEST(Allocations, OneForTheWrapperNoneForItsOperations) {
  using wrapper = typename TypeParam::template wrapper<io::executor_ptr>;
  script what;
  what.to_read = "abc";
  what.written.reserve(8192);
  surroundings around;
  outcome seen;
  scripted_stream<> inner(what);
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(&inner)); }), 1U);
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(scripted_stream<>(what))); }), 1U)
      << "the stream lies in the same block";
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(scripted_stream<true, 128>(what))); }), 1U);

  wrapper stream(&inner);
  auto immediate = repeat<TypeParam, io::executor_ptr>(stream, seen, 1000);
  EXPECT_EQ(allocated([&] { immediate.start(around); }), 0U);
  EXPECT_TRUE(immediate.done());
  what.ready = false;
  auto suspended = repeat<TypeParam, io::executor_ptr>(stream, seen, 1000);
  EXPECT_EQ(allocated([&] {
              suspended.start(around);
              while (!suspended.done()) {
                what.go_on();
              }
            }),
            0U);
  EXPECT_EQ(seen.count, 2000);
}

// Once a connection is there, what is sent over it in both directions allocates nothing.
TEST(Allocations, NoneOnAConnection) {
  io::io_context context;
  auto [error, one, other] = io::make_unix_pair(context);
  ASSERT_FALSE(error);
  std::size_t steady = 0;
  auto play = [](io::any_stream stream, bool begins, std::size_t &count) -> io::task<> {
    char ball = 'o';
    if (begins) {
      static_cast<void>(co_await stream.write_some(io::buffer(&ball, 1)));
    }
    std::size_t before = 0;
    for (int i = 0; i != 1000; ++i) {
      if (i == 10) {
        before = allocations;
      }
      static_cast<void>(co_await stream.read_some(io::buffer(&ball, 1)));
      static_cast<void>(co_await stream.write_some(io::buffer(&ball, 1)));
    }
    count += allocations - before;
  };
  io::async_run(context.get_executor(), play(std::move(one), true, steady));
  io::async_run(context.get_executor(), play(std::move(other), false, steady));
  context.run();
  EXPECT_EQ(steady, 0U);
}

} // namespace
