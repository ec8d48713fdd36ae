// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The steady state of tasks allocates nothing: in a program of its own, which counts every allocation.
#include <snug/io/asio_executor.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/run_on.hpp>
#include <snug/io/steady_timer.hpp>
#include <snug/io/task.hpp>
#include <snug/io/unix_stream.hpp>
#include <snug/io/with_timeout.hpp>

#include "../counted_new.hpp"
#include "task_support.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <new>
#include <system_error>

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

// Nothing for an operation, a stop token or a timer; nor for a connection once there was one before.
io::task<> echoes(io::unix_stream socket) {
  char bytes[64];
  for (;;) {
    auto const [ec, n] = co_await socket.read_some(io::mutable_buffer(bytes, sizeof(bytes)));
    if (ec) {
      break;
    }
    (void)co_await socket.write(io::const_buffer(bytes, n));
  }
}
io::task<> asks(io::io_context &context, io::unix_stream socket, int times, bool &in_order) {
  char bytes[64] = {};
  io::steady_timer timer(context);
  for (int i = 0; i != times; ++i) {
    io::const_buffer const pieces[] = {io::const_buffer(bytes, 32), io::const_buffer(bytes + 32, 32)};
    auto const sent = co_await socket.write(pieces);
    auto const got = co_await socket.read(io::mutable_buffer(bytes, sizeof(bytes)));
    timer.expires_after(std::chrono::microseconds(1));
    auto const waited = co_await timer.wait();
    in_order = in_order && !sent.ec && !got.ec && !waited.ec;
  }
}
bool talk(io::io_context &context, int times) {
  snug::inplace_stop_source source;
  bool in_order = true;
  auto made = make_unix_pair(context);
  io::async_run(
      context.get_executor(), echoes(std::move(made.first)), [] {}, io::detail::ends_program(), source.get_token());
  io::async_run(
      context.get_executor(), asks(context, std::move(made.second), times, in_order), [] {}, io::detail::ends_program(),
      source.get_token());
  context.run();
  context.restart();
  return in_order && !made.ec;
}

TEST(AllocationsOfSockets, NoneAfterTheFirstConnection) {
  io::io_context context;
  EXPECT_TRUE(talk(context, 10));
  std::size_t const before = allocations;
  EXPECT_TRUE(talk(context, 300));
  EXPECT_TRUE(talk(context, 1));
  EXPECT_EQ(allocations, before);
}

// What is queued with Asio lies where frames do.
void runs_on_asio(boost::asio::io_context &context, int times) {
  std::size_t done = 0;
  io::async_run(io::asio_executor(context.get_executor()), Allocations<io::executor_ptr>::requests(times),
                [&](std::size_t n) { done = n; });
  context.restart();
  context.run();
  EXPECT_EQ(done, static_cast<std::size_t>(times) * 5);
}
TEST(AllocationsOnAsio, NoneAfterTheFirstSession) {
  boost::asio::io_context context;
  runs_on_asio(context, 3);
  std::size_t const before = allocations;
  runs_on_asio(context, 100);
  runs_on_asio(context, 1);
  EXPECT_EQ(allocations, before);
}

// Neither a time-out.
io::task<> expires(io::io_context &context, io::unix_stream socket, int times, bool &in_order) {
  char byte = 0;
  for (int i = 0; i != times; ++i) {
    auto const [ec, n] = co_await io::with_timeout(context, std::chrono::microseconds(1),
                                                   socket.read_some(io::mutable_buffer(&byte, 1)));
    in_order = in_order && ec == std::errc::timed_out;
  }
}
TEST(AllocationsOfTimeouts, NoneAfterTheFirstConnection) {
  io::io_context context;
  std::size_t before = 0;
  bool in_order = true;
  for (int const times : {1, 1, 100}) {
    auto pair = make_unix_pair(context);
    before = allocations;
    io::async_run(context.get_executor(), expires(context, std::move(pair.first), times, in_order));
    context.run();
    context.restart();
  }
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(in_order);
}

} // namespace
