// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stopping what waits: by stop token, by cancel(), by closing, and by the end of the context; at every moment.
#include "fault_injection.hpp"
#include "io_support.hpp"
#include "manual_context.hpp"

#include <atomic>
#include <chrono>
#include <coroutine>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using namespace snug_test;
using namespace std::chrono_literals;
using snug::inplace_stop_source;

auto const cancelled = std::errc::operation_canceled;

template <class Socket> task<> reads_once(Socket &s, std::error_code &result) {
  char byte;
  auto const [ec, n] = co_await s.read_some(mutable_buffer(&byte, 1));
  result = ec;
}

template <class Socket> task<> fills(Socket &s, std::error_code &result) {
  std::string const bytes(100'000'000, 'x');
  auto const [ec, n] = co_await s.write(buffer(bytes));
  EXPECT_LT(n, bytes.size());
  result = ec;
}

task<> waits(steady_timer &timer, std::error_code &result) {
  auto const [ec] = co_await timer.wait();
  result = ec;
}

task<> accepts(tcp_acceptor &a, std::error_code &result) { result = (co_await a.accept()).ec; }

// One of each, waiting.
struct everything {
  explicit everything(io_context &context, snug::inplace_stop_token stop = {})
      : sockets(context), timer(context, 1h), acceptor(context) {
    auto const ex = context.get_executor();
    EXPECT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
    async_run(ex, reads_once(sockets.a, read), [] {}, detail::ends_program(), stop);
    async_run(ex, fills(sockets.a, written), [] {}, detail::ends_program(), stop);
    async_run(ex, waits(timer, waited), [] {}, detail::ends_program(), stop);
    async_run(ex, accepts(acceptor, accepted), [] {}, detail::ends_program(), stop);
  }
  void expect_cancelled() const {
    EXPECT_EQ(read, cancelled);
    EXPECT_EQ(written, cancelled);
    EXPECT_EQ(waited, cancelled);
    EXPECT_EQ(accepted, cancelled);
  }
  std::error_code read, written, waited, accepted;
  unix_pair sockets;
  steady_timer timer;
  tcp_acceptor acceptor;
};

TEST(Cancellation, ByTheStopToken) {
  io_context context;
  inplace_stop_source source;
  everything all(context, source.get_token());
  context.poll();
  EXPECT_FALSE(all.read || all.written || all.waited || all.accepted);
  source.request_stop();
  ASSERT_TRUE(finishes(context));
  all.expect_cancelled();
}

TEST(Cancellation, ByAStopThatWasRequestedBefore) {
  io_context context;
  inplace_stop_source source;
  source.request_stop();
  everything all(context, source.get_token());
  ASSERT_TRUE(finishes(context));
  all.expect_cancelled();
}

TEST(Cancellation, ByCancel) {
  io_context context;
  everything all(context);
  context.poll();
  all.sockets.a.cancel();
  all.timer.cancel();
  all.acceptor.cancel();
  ASSERT_TRUE(finishes(context));
  all.expect_cancelled();
  // … which is over then.
  std::error_code again;
  async_run(context.get_executor(), reads_once(all.sockets.b, again));
  ASSERT_TRUE(finishes(context)); // what was written before
  EXPECT_FALSE(again);
}

TEST(Cancellation, ByClosing) {
  io_context context;
  everything all(context);
  context.poll();
  EXPECT_FALSE(all.sockets.a.close());
  all.timer.expires_after(1h);
  EXPECT_FALSE(all.acceptor.close());
  ASSERT_TRUE(finishes(context));
  all.expect_cancelled();
}

// The coroutines go on when the sockets are gone, on what is left of them.
TEST(Cancellation, ByDestroyingTheSockets) {
  io_context context;
  std::error_code read;
  std::error_code written;
  {
    unix_pair pair(context);
    async_run(context.get_executor(), reads_once(pair.a, read));
    async_run(context.get_executor(), fills(pair.a, written));
    context.poll();
  }
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(read, cancelled);
  EXPECT_EQ(written, cancelled);
}

TEST(Cancellation, OfWhatIsNotWaitingDoesNothing) {
  io_context context;
  unix_pair pair(context);
  pair.a.cancel();
  auto all = [](unix_stream &a, unix_stream &b) -> task<> {
    a.cancel();
    b.cancel();
    char byte = 'x';
    EXPECT_EQ((co_await a.write(const_buffer(&byte, 1))).value, 1u);
    EXPECT_EQ((co_await b.read(mutable_buffer(&byte, 1))).value, 1u);
  };
  async_run(context.get_executor(), all(pair.a, pair.b));
  ASSERT_TRUE(finishes(context));
}

TEST(Cancellation, OfAWriteSaysHowMuchWasWritten) {
  io_context context;
  unix_pair pair(context);
  std::size_t told = 0;
  std::size_t received = 0;
  auto writes = [](unix_stream &s, std::size_t &count) -> task<> {
    std::string const bytes(10'000'000, 'x');
    auto const [ec, n] = co_await s.write(buffer(bytes));
    EXPECT_EQ(ec, cancelled);
    count = n;
    s.close();
  };
  auto reads = [](unix_stream &s, std::size_t &count) -> task<> {
    std::string bytes(10'000, '\0');
    for (;;) {
      auto const [ec, n] = co_await s.read_some(buffer(bytes));
      if (ec) {
        break;
      }
      count += n;
    }
  };
  async_run(context.get_executor(), writes(pair.a, told));
  context.poll();
  pair.a.cancel();
  async_run(context.get_executor(), reads(pair.b, received));
  ASSERT_TRUE(finishes(context));
  EXPECT_GT(told, 0u);
  EXPECT_EQ(told, received);
}

TEST(Cancellation, OfAConnection) {
  fault_injection faults;
  io_context context;
  inplace_stop_source source;
  tcp_acceptor acceptor(context);
  ASSERT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}, 0));
  // The queue of the listener fills, and those who come later wait.
  std::vector<std::error_code> results(8);
  auto connects = [](io_context &c, tcp_endpoint to, std::error_code &result) -> task<> {
    tcp_socket s(c);
    result = (co_await s.connect(to)).ec;
  };
  for (auto &result : results) {
    async_run(
        context.get_executor(), connects(context, acceptor.local_endpoint().value, result), [] {},
        detail::ends_program(), source.get_token());
  }
  context.poll();
  source.request_stop();
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(results.back(), cancelled);
}

TEST(Cancellation, OfALookUpThatTheSystemIsAt) {
  fault_injection faults;
  faults.resolve_gate = true;
  io_context context;
  inplace_stop_source source;
  std::error_code first;
  std::error_code second;
  auto asks = [](io_context &c, std::error_code &result) -> task<> {
    resolver names(c);
    result = (co_await names.resolve("localhost", "80")).ec;
  };
  async_run(context.get_executor(), asks(context, first), [] {}, detail::ends_program(), source.get_token());
  async_run(context.get_executor(), asks(context, second), [] {}, detail::ends_program(), source.get_token());
  context.poll();
  source.request_stop();
  ASSERT_TRUE(finishes(context)); // without waiting for the system
  EXPECT_EQ(first, cancelled);
  EXPECT_EQ(second, cancelled);
  faults.resolve_gate = false;
  faults.resolve_gate.notify_all();
}

// A stop on one thread, bytes on another: the operation ends once, either way, and nothing is lost.
TEST(Cancellation, RacesWithCompletion) {
  constexpr int rounds = 3000;
  io_context context;
  unix_pair pair(context);
  std::atomic<inplace_stop_source *> current{nullptr};
  std::atomic<bool> over{false};
  std::atomic<int> asked{0};
  int stopped = 0;
  int received = 0;
  auto reads = [](unix_stream &s, int &bytes, int &stops) -> task<> {
    char byte;
    auto const [ec, n] = co_await s.read_some(mutable_buffer(&byte, 1));
    bytes += static_cast<int>(n);
    stops += ec == cancelled;
    EXPECT_TRUE(!ec || ec == cancelled) << ec.message();
  };
  std::thread stopping([&] {
    while (!over) {
      if (auto *const source = current.exchange(nullptr)) {
        if (asked % 3 == 0) {
          pair.a.cancel();
        }
        source->request_stop();
        ++asked;
      }
    }
  });
  for (int i = 0; i != rounds; ++i) {
    inplace_stop_source source;
    async_run(
        context.get_executor(), reads(pair.a, received, stopped), [] {}, detail::ends_program(), source.get_token());
    context.poll();
    context.restart();
    int const before = asked;
    current = &source;
    ASSERT_EQ(::write(pair.b.native_handle(), "x", 1), 1);
    ASSERT_TRUE(finishes(context));
    while (asked == before) {
      std::this_thread::yield();
    }
  }
  over = true;
  stopping.join();
  EXPECT_EQ(received + stopped, rounds);
  std::string rest(static_cast<std::size_t>(rounds), '\0');
  ssize_t const left = stopped == 0 ? 0 : ::read(pair.a.native_handle(), rest.data(), rest.size());
  EXPECT_EQ(left, stopped);
}

TEST(Cancellation, OfTimersRacesWithTheirTime) {
  constexpr int rounds = 1000;
  io_context context;
  int ended = 0;
  auto sleeps = [](io_context &c, int &count) -> task<> {
    steady_timer timer(c, 20us);
    auto const [ec] = co_await timer.wait();
    EXPECT_TRUE(!ec || ec == cancelled);
    ++count;
  };
  for (int i = 0; i != rounds; ++i) {
    inplace_stop_source source;
    std::thread stopping([&] {
      std::this_thread::sleep_for(10us * (i % 8));
      source.request_stop();
    });
    async_run(context.get_executor(), sleeps(context, ended), [] {}, detail::ends_program(), source.get_token());
    ASSERT_TRUE(finishes(context));
    stopping.join();
  }
  EXPECT_EQ(ended, rounds);
}

// Threads that run the context, that stop, and that close, over many connections at once.
TEST(Cancellation, OnManyThreads) {
  io_context context;
  inplace_stop_source source;
  std::atomic<int> ended{0};
  constexpr int connections = 32;
  auto echoes = [](unix_stream s, std::atomic<int> &count) -> task<> {
    std::string bytes(100, '\0');
    for (;;) {
      auto const [ec, n] = co_await s.read_some(buffer(bytes));
      if (ec) {
        break;
      }
      if ((co_await s.write(const_buffer(bytes.data(), n))).ec) {
        break;
      }
    }
    ++count;
  };
  auto asks = [](unix_stream s, std::atomic<int> &count) -> task<> {
    std::string bytes(100, 'x');
    for (;;) {
      if ((co_await s.write(buffer(bytes))).ec || (co_await s.read(buffer(bytes))).ec) {
        break;
      }
    }
    ++count;
  };
  for (int i = 0; i != connections; ++i) {
    unix_pair pair(context);
    async_run(
        context.get_executor(), echoes(std::move(pair.a), ended), [] {}, detail::ends_program(), source.get_token());
    async_run(
        strand(context.get_executor()), asks(std::move(pair.b), ended), [] {}, detail::ends_program(),
        source.get_token());
  }
  std::vector<std::thread> threads;
  for (int i = 0; i != 3; ++i) {
    threads.emplace_back([&] { context.run_for(eternity); });
  }
  std::this_thread::sleep_for(50ms);
  source.request_stop();
  for (auto &t : threads) {
    t.join();
  }
  EXPECT_TRUE(context.stopped());
  EXPECT_EQ(ended, 2 * connections);
}

TEST(Context, StoppedWithOperationsPendingGoesOnLater) {
  io_context context;
  unix_pair pair(context);
  std::error_code result = std::make_error_code(std::errc::io_error);
  async_run(context.get_executor(), reads_once(pair.a, result));
  job stop([&] { context.stop(); });
  context.get_executor().post(&stop);
  context.run();
  EXPECT_EQ(result, std::errc::io_error);
  ASSERT_EQ(::write(pair.b.native_handle(), "x", 1), 1);
  context.restart();
  ASSERT_TRUE(finishes(context));
  EXPECT_FALSE(result);
}

TEST(Context, DestroyedWithOperationsPendingCancelsThem) {
  fault_injection faults;
  faults.resolve_gate = true;
  std::size_t const before = open_descriptors();
  int ended = 0;
  {
    io_context context;
    auto const ex = context.get_executor();
    // Everything is the coroutine's own.
    auto reads = [](unix_stream a, unix_stream b, int &count) -> task<> {
      char byte;
      EXPECT_EQ((co_await a.read_some(mutable_buffer(&byte, 1))).ec, cancelled);
      EXPECT_EQ((co_await a.read_some(mutable_buffer(&byte, 1))).ec, cancelled); // and the next one, too
      EXPECT_EQ((co_await b.write(const_buffer(&byte, 1))).value, 1u);           // what is done at once is done
      ++count;
    };
    auto sleeps = [](io_context &c, int &count) -> task<> {
      steady_timer timer(c, 1h);
      EXPECT_EQ((co_await timer.wait()).ec, cancelled);
      EXPECT_EQ((co_await timer.wait()).ec, cancelled);
      ++count;
    };
    auto accept_one = [](io_context &c, int &count) -> task<> {
      tcp_acceptor acceptor(c);
      EXPECT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
      EXPECT_EQ((co_await acceptor.accept()).ec, cancelled);
      ++count;
    };
    auto asks = [](io_context &c, int &count) -> task<> {
      resolver names(c);
      (void)co_await names.resolve("localhost", "80");
      EXPECT_EQ((co_await names.resolve("localhost", "80")).ec, cancelled);
      ++count;
    };
    auto made = make_unix_pair(context);
    async_run(ex, reads(std::move(made.first), std::move(made.second), ended));
    async_run(strand(ex), sleeps(context, ended));
    async_run(ex, accept_one(context, ended));
    async_run(ex, asks(context, ended));
    context.poll();
    async_run(ex, sleeps(context, ended)); // not begun
    EXPECT_EQ(ended, 0);
    faults.resolve_gate = false;
    faults.resolve_gate.notify_all();
  }
  EXPECT_EQ(ended, 5);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Context, DestroyedBeforeItsSocketsLeavesThemClosed) {
  unix_stream left;
  {
    io_context context;
    unix_pair pair(context);
    left = std::move(pair.a);
  }
  EXPECT_FALSE(left.is_open());
  left.cancel();
  EXPECT_FALSE(left.close());
}

// A coroutine that is destroyed while it waits takes its request back.
TEST(Context, ForgetsCoroutinesThatAreDestroyed) {
  struct raw {
    struct promise_type {
      raw get_return_object() noexcept { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
      static constexpr std::suspend_never initial_suspend() noexcept { return {}; }
      static constexpr std::suspend_always final_suspend() noexcept { return {}; }
      static constexpr void return_void() noexcept {}
      [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }
    };
    std::coroutine_handle<promise_type> coroutine;
  };
  io_context context;
  io_context::executor const ex = context.get_executor();
  // Hands an awaitable what a task would.
  struct read_awaiter {
    bool await_ready() noexcept { return operation.await_ready(); }
    bool await_suspend(coro h) noexcept { return operation.await_suspend(h, executor_ptr(ex), {}); }
    void await_resume() noexcept { (void)operation.await_resume(); }
    decltype(std::declval<unix_stream &>().read_some(mutable_buffer())) operation;
    io_context::executor const &ex;
  };
  unix_pair pair(context);
  char byte;
  auto reads = [](unix_stream &s, char &to, io_context::executor const &e) -> raw {
    read_awaiter awaiter{s.read_some(mutable_buffer(&to, 1)), e};
    co_await awaiter;
    ADD_FAILURE() << "resumed after having been destroyed";
  };
  reads(pair.a, byte, ex).coroutine.destroy();
  ASSERT_TRUE(finishes(context)); // nothing is outstanding
  // Now with the result on its way to the coroutine.
  auto const second = reads(pair.a, byte, ex).coroutine;
  pair.a.cancel();
  second.destroy();
  ASSERT_TRUE(finishes(context));
  // The socket is as good as ever.
  std::error_code result = std::make_error_code(std::errc::io_error);
  async_run(ex, reads_once(pair.a, result));
  ASSERT_EQ(::write(pair.b.native_handle(), "x", 1), 1);
  ASSERT_TRUE(finishes(context));
  EXPECT_FALSE(result);
}

TEST(SteadyTimer, IsUsedAgainAfterAStop) {
  io_context context;
  steady_timer timer(context, 1h);
  inplace_stop_source source;
  std::error_code result;
  async_run(context.get_executor(), waits(timer, result), [] {}, detail::ends_program(), source.get_token());
  context.poll();
  source.request_stop();
  EXPECT_TRUE(finishes(context));
  EXPECT_EQ(result, cancelled);
  timer.expires_after(1us);
  async_run(context.get_executor(), waits(timer, result));
  EXPECT_TRUE(finishes(context));
  EXPECT_FALSE(result) << result.message();
}

// Neither the first wait nor the timer is known to the source any more.
TEST(SteadyTimer, IsForgottenByItsStopToken) {
  io_context context;
  inplace_stop_source source;
  auto const twice = [](io_context &on, int &waited) -> task<> {
    steady_timer timer(on);
    for (int i = 0; i != 2; ++i) {
      timer.expires_after(1us);
      auto const [ec] = co_await timer.wait();
      waited += !ec;
    }
  };
  int waited = 0;
  async_run(context.get_executor(), twice(context, waited), [] {}, detail::ends_program(), source.get_token());
  EXPECT_TRUE(finishes(context));
  EXPECT_EQ(waited, 2);
  EXPECT_TRUE(source.request_stop());
}

// Its time has come, but its coroutine goes away before it is resumed.
TEST(SteadyTimer, ResumesNobodyWhoWasDestroyed) {
  io_context context;
  manual_context elsewhere;
  auto const ex = elsewhere.get_executor();
  steady_timer timer(context);
  for (bool const expires : {true, false}) {
    // Long enough that it is not yet past where the wait starts, on a busy machine, too: then nobody would be suspended.
    timer.expires_after(expires ? 250ms : std::chrono::milliseconds(1h));
    std::error_code result = std::make_error_code(std::errc::owner_dead);
    {
      task<> waiting = waits(timer, result);
      waiting.await_suspend(std::noop_coroutine(), ex, {}).resume();
      if (!expires) {
        timer.cancel();
      }
      EXPECT_TRUE(finishes(context));
    }
    EXPECT_EQ(elsewhere.run(), 1u);
    EXPECT_EQ(result, std::errc::owner_dead);
  }
}

TEST(SteadyTimer, ExpireInTheOrderOfTheirTimes) {
  io_context context;
  std::vector<int> order;
  auto sleeps = [](io_context &c, int ms, std::vector<int> &to) -> task<> {
    steady_timer timer(c, std::chrono::milliseconds(ms));
    EXPECT_FALSE((co_await timer.wait()).ec);
    EXPECT_LE(timer.expiry(), std::chrono::steady_clock::now());
    to.push_back(ms);
  };
  for (int const ms : {9, 3, 7, 1, 5}) {
    async_run(context.get_executor(), sleeps(context, ms, order));
  }
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(order, (std::vector{1, 3, 5, 7, 9}));
}

TEST(SteadyTimer, CompletesAtOnceWhereItsTimeIsPast) {
  io_context context;
  std::error_code result = std::make_error_code(std::errc::io_error);
  steady_timer timer(context);
  async_run(context.get_executor(), waits(timer, result));
  EXPECT_EQ(context.poll_one(), 1u);
  EXPECT_FALSE(result);
  timer.expires_after(std::chrono::hours::max());
  EXPECT_EQ(timer.expiry(), std::chrono::steady_clock::time_point::max());
}

// A thread that sleeps for a late timer is woken for an earlier one.
TEST(SteadyTimer, OfAnotherThreadWakesTheLoop) {
  io_context first;
  io_context second;
  steady_timer late(first, 1h);
  std::error_code late_result;
  async_run(first.get_executor(), waits(late, late_result));
  std::thread running([&] { first.run_for(eternity); });
  steady_timer early(first, 20ms);
  std::error_code early_result = std::make_error_code(std::errc::io_error);
  async_run(second.get_executor(), waits(early, early_result));
  io_context::work_guard guard(second);
  auto const begin = std::chrono::steady_clock::now();
  while (early_result) {
    second.run_one();
    ASSERT_LT(std::chrono::steady_clock::now() - begin, eternity);
  }
  late.cancel();
  running.join();
  EXPECT_EQ(late_result, cancelled);
  EXPECT_TRUE(first.stopped());
}

} // namespace
