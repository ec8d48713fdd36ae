// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a debug build of the library says where sockets, timers and contexts are used against their rules.
#include <snug/io.hpp>

#include "io_support.hpp"
#include "task_support.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace io = snug::io;
using namespace snug_test;
using namespace std::chrono_literals;

namespace {

io::task<> reads(io::unix_stream &from) {
  char byte = 0;
  (void)co_await from.read_some(io::mutable_buffer(&byte, 1));
}
io::task<> waits(io::steady_timer &timer) { (void)co_await timer.wait(); }

// Each dies with all that it has made.
void read_twice_at_a_time() {
  io::io_context context;
  unix_pair pair(context);
  async_run(context.get_executor(), reads(pair.a));
  async_run(context.get_executor(), reads(pair.a));
  context.poll();
}
TEST(SocketDeathTest, TwoReadersAtATime) {
  EXPECT_DEATH(read_twice_at_a_time(), "a coroutine waits for this direction of the socket already");
}

TEST(SocketDeathTest, OfNoContext) {
  io::tcp_socket socket;
  EXPECT_DEATH(static_cast<void>(socket.connect({io::ip_address::loopback_v4(), 1})),
               "a socket is opened that was made without an io_context");
}

void wait_twice_at_a_time() {
  io::io_context context;
  io::steady_timer timer(context, 1h);
  async_run(context.get_executor(), waits(timer));
  async_run(context.get_executor(), waits(timer));
  context.poll();
}
void destroy_a_timer_that_is_awaited() {
  io::io_context context;
  io::steady_timer timer(context, 1h);
  async_run(context.get_executor(), waits(timer));
  context.poll();
}
// The coroutine is gone, but the timer is queued.
void destroy_a_timer_before_its_turn() {
  io::io_context context;
  manual_context elsewhere;
  auto const ex = elsewhere.get_executor();
  io::steady_timer timer(context, 1h);
  io::task<> waiting = waits(timer);
  waiting.await_suspend(std::noop_coroutine(), ex, {}).resume();
  timer.cancel();
}
TEST(TimerDeathTest, TwoWaitAtATime) {
  EXPECT_DEATH(wait_twice_at_a_time(), "a coroutine waits for this steady_timer already");
}
TEST(TimerDeathTest, DestroyedWhileItIsNeeded) {
  EXPECT_DEATH(destroy_a_timer_that_is_awaited(), "destroyed while a coroutine waits for it");
  EXPECT_DEATH(destroy_a_timer_before_its_turn(), "or is queued to be resumed by it");
}

void destroy_a_context_by_its_own_work() {
  auto *const context = new io::io_context;
  job destroys([&] { delete context; });
  context->get_executor().post(&destroys);
  context->run();
}
TEST(ContextDeathTest, DestroyedByItsOwnWork) {
  EXPECT_DEATH(destroy_a_context_by_its_own_work(), "destroyed while a thread is in run\\(\\)");
}

// Resumes where it is told to stop.
class hasty : snug::detail::stop_callback_base {
public:
  hasty() noexcept : stop_callback_base(&resume) {}
  hasty(hasty &&) noexcept : hasty() {}

  static constexpr bool await_ready() noexcept { return false; }
  void await_suspend(io::coro h, io::executor_ref, snug::inplace_stop_token stop) noexcept {
    h_ = h;
    attach(stop);
  }
  static io::io_result<> await_resume() noexcept { return {}; }

private:
  static void resume(snug::detail::stop_callback_base &self) noexcept { static_cast<hasty &>(self).h_.resume(); }

  io::coro h_;
};

TEST(TimeoutDeathTest, ResumedInsideTheRequestToStop) {
  auto const runs = [](auto limit, bool stopped) {
    io::io_context context;
    snug::inplace_stop_source source;
    auto const awaits = [](io::io_context &on, auto until) -> io::task<> {
      (void)co_await io::with_timeout(on, until, hasty());
    };
    io::async_run(
        context.get_executor(), awaits(context, limit), [] {}, io::detail::ends_program(), source.get_token());
    context.poll();
    if (stopped) {
      source.request_stop();
    }
    context.run();
  };
  EXPECT_DEATH(runs(10ms, false), "has resumed the coroutine before request_stop\\(\\) had returned");
  EXPECT_DEATH(runs(1h, true), "has resumed the coroutine before request_stop\\(\\) had returned");
}

} // namespace
