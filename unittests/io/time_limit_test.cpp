// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// with_timeout of operations of sockets, and stops that come while the loop is in a system call for them.
#include "fault_injection.hpp"
#include "io_support.hpp"
#include "manual_context.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <unistd.h>

namespace {

using namespace snug_test;
using namespace std::chrono_literals;
using snug::inplace_stop_source;
using std::errc;

using transferred = io_result<std::size_t>;

void starts(io_context &context, task<> t, snug::inplace_stop_token stop = {}) {
  async_run(context.get_executor(), std::move(t), [] {}, detail::ends_program(), stop);
}

// Reads 8 bytes in time.
task<> reads(io_context &clock, unix_stream &from, std::chrono::microseconds limit,
             std::optional<transferred> &result) {
  std::array<char, 8> bytes;
  result = co_await with_timeout(clock, limit, from.read(buffer(bytes)));
}

void puts(unix_stream &to, std::size_t n) {
  EXPECT_EQ(::write(to.native_handle(), "01234567", n), static_cast<ssize_t>(n));
}

class TimeLimit : public testing::Test {
public:
  transferred read(std::chrono::microseconds limit, snug::inplace_stop_token stop = {}) {
    std::optional<transferred> result;
    starts(context, reads(context, pair.a, limit, result), stop);
    EXPECT_TRUE(finishes(context));
    return result.value_or(transferred());
  }

  io_context context;
  unix_pair pair{context};
};

TEST_F(TimeLimit, LeavesAloneWhatIsInTime) {
  std::optional<transferred> result;
  starts(context, reads(context, pair.a, 1h, result));
  context.poll();
  EXPECT_FALSE(result);
  puts(pair.b, 3);
  context.poll();
  EXPECT_FALSE(result);
  puts(pair.b, 5);
  ASSERT_TRUE(finishes(context)) << "nobody keeps the time any more";
  EXPECT_EQ(result, (transferred{{}, 8}));
}

TEST_F(TimeLimit, SaysWhatWasDoneWhenTheTimeWasOut) {
  puts(pair.b, 3);
  auto const [ec, n] = read(2ms);
  EXPECT_EQ(ec, errc::timed_out) << ec.message();
  EXPECT_EQ(n, 3u);
  // The next one has its own time.
  puts(pair.b, 8);
  EXPECT_EQ(read(1h), (transferred{{}, 8}));
}

TEST_F(TimeLimit, DoesAtOnceWhatCanBeDoneAtOnceAndNothingElse) {
  EXPECT_EQ(read(0us).ec, errc::timed_out);
  EXPECT_EQ(read(-1us).ec, errc::timed_out);
  puts(pair.b, 8);
  {
    io_context::work_guard const work(context);
    context.poll(); // the loop hears of it
  }
  EXPECT_EQ(read(0us), (transferred{{}, 8}));
}

// Also where it is the turn of others, and the coroutine has to be resumed after them.
TEST_F(TimeLimit, IsOverBeforeItBegins) {
  auto const many = [](io_context &c, unix_stream &s) -> task<> {
    for (int i = 0; i != 200; ++i) {
      std::array<char, 8> bytes;
      auto const [ec, n] = co_await with_timeout(c, 0us, s.read(buffer(bytes)));
      EXPECT_EQ(ec, errc::timed_out);
    }
  };
  starts(context, many(context, pair.a));
  ASSERT_TRUE(finishes(context));
  pair.a.close();
  unix_pair first(context);
  unix_pair second(context);
  EXPECT_EQ(::write(first.b.native_handle(), "x", 1), 1);
  std::array<char, 8> bytes;
  auto const reads_one = [](unix_stream &s, std::array<char, 8> &to, std::size_t &n) -> task<> {
    n = (co_await s.read_some(buffer(to))).value;
  };
  std::size_t got = 0;
  starts(context, reads_one(first.a, bytes, got));
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(got, 1u) << "each socket has memory of its own";
}

TEST_F(TimeLimit, LimitsConnectionsAndWaiting) {
  tcp_acceptor acceptor(context);
  ASSERT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
  auto const all = [](io_context &c, tcp_acceptor &a, unix_stream &s) -> task<> {
    auto const accepted = co_await with_timeout(c, 1ms, a.accept());
    EXPECT_EQ(accepted.ec, errc::timed_out);
    auto const [waited] = co_await with_timeout(c, 1ms, s.wait_readable());
    EXPECT_EQ(waited, errc::timed_out);
    tcp_socket socket(c);
    auto const [connected] = co_await with_timeout(c, 1h, socket.connect(a.local_endpoint().value));
    EXPECT_FALSE(connected) << connected.message();
    auto const [ec, n] = co_await with_timeout(c, 1h, socket.write_some(const_buffer("x", 1)));
    EXPECT_EQ(n, 1u);
  };
  starts(context, all(context, acceptor, pair.a));
  ASSERT_TRUE(finishes(context));
}

TEST_F(TimeLimit, TellsAStopFromOutsideFromExpiry) {
  inplace_stop_source source;
  job stops([&] { source.request_stop(); });
  context.get_executor().post(&stops);
  EXPECT_EQ(read(1h, source.get_token()).ec, errc::operation_canceled);
  EXPECT_EQ(read(1h, source.get_token()).ec, errc::operation_canceled) << "requested before";
  EXPECT_EQ(read(0us, source.get_token()).ec, errc::operation_canceled) << "and before the time was out";
  std::optional<transferred> result;
  starts(context, reads(context, pair.a, 1h, result));
  context.poll();
  pair.a.cancel();
  EXPECT_TRUE(finishes(context));
  EXPECT_EQ(result->ec, errc::operation_canceled);
}

TEST_F(TimeLimit, EndsWithItsContextWhichIsNoExpiry) {
  std::optional<transferred> result;
  {
    io_context other;
    unix_pair sockets(other);
    starts(other, reads(other, sockets.a, 1h, result));
    other.poll();
    EXPECT_FALSE(result);
  }
  EXPECT_EQ(result->ec, errc::operation_canceled);
}

// The coroutine goes away while it waits, or when its time is out and it is queued.
TEST_F(TimeLimit, ForgetsCoroutinesThatAreDestroyed) {
  manual_context elsewhere;
  auto const ex = elsewhere.get_executor();
  for (bool const expires : {false, true}) {
    std::optional<transferred> result;
    {
      task<> waiting = reads(context, pair.a, expires ? 250ms : std::chrono::microseconds(1h), result);
      waiting.await_suspend(std::noop_coroutine(), ex, {}).resume();
      if (expires) {
        EXPECT_TRUE(finishes(context));
      }
    }
    EXPECT_TRUE(finishes(context)) << "nothing is outstanding";
    EXPECT_EQ(elsewhere.run(), expires ? 1u : 0u);
    EXPECT_FALSE(result);
  }
  puts(pair.b, 8);
  EXPECT_EQ(read(1h), (transferred{{}, 8}));
}

// The socket is gone, its coroutine not yet resumed: another socket has memory of its own meanwhile.
TEST_F(TimeLimit, OutlivesItsSocket) {
  manual_context elsewhere;
  auto const ex = elsewhere.get_executor();
  for (auto const limit : {std::chrono::microseconds(1h), std::chrono::microseconds(250ms)}) {
    std::optional<transferred> first;
    std::optional<transferred> second;
    task<> old = reads(context, pair.a, limit, first);
    old.await_suspend(std::noop_coroutine(), ex, {}).resume();
    if (limit == 250ms) {
      EXPECT_TRUE(finishes(context));
    }
    pair.a.close();
    pair.b.close();
    unix_pair others(context);
    task<> next = reads(context, others.a, 1h, second);
    next.await_suspend(std::noop_coroutine(), ex, {}).resume();
    EXPECT_EQ(elsewhere.run(), 1u);
    EXPECT_EQ(first->ec, limit == 250ms ? errc::timed_out : errc::operation_canceled);
    EXPECT_FALSE(second);
    puts(others.b, 8);
    context.poll();
    EXPECT_EQ(elsewhere.run(), 1u);
    EXPECT_TRUE(finishes(context));
    EXPECT_EQ(second, (transferred{{}, 8}));
    pair.a = std::move(others.a);
    pair.b = std::move(others.b);
  }
}

// --- while the loop is in a system call for the request ---------------------------------------------------------------

class DuringTheCall : public TimeLimit {
public:
  // Waits; something comes, and while the loop receives it `then` happens. Would the call block, or is there more?
  template <class Then> transferred interrupted(bool blocks, Then then, std::chrono::microseconds limit = 1h) {
    std::optional<transferred> result;
    starts(context, reads(clock, pair.a, limit, result), source.get_token());
    context.poll();
    EXPECT_FALSE(result);
    puts(pair.b, 8);
    faults.in_receive = [this, blocks, then] {
      then();
      if (blocks) {
        faults.receive_error = EAGAIN;
      }
    };
    EXPECT_TRUE(finishes(context));
    EXPECT_FALSE(faults.in_receive) << "it did not happen";
    return result.value_or(transferred{std::make_error_code(errc::owner_dead), 0});
  }
  // What the socket has for the next one, who is not disturbed by what came too late.
  void expect_next(std::size_t n) {
    std::optional<transferred> result;
    starts(context, reads(clock, pair.a, 1h, result));
    context.poll();
    EXPECT_EQ(result.has_value(), n == 8);
    if (n == 0) {
      puts(pair.b, 8);
    }
    EXPECT_TRUE(finishes(context));
    EXPECT_EQ(result, (transferred{{}, 8}));
  }

  // Keeps the time in another context, whose thread this one is where it runs out.
  void lets_time_run_out() {
    std::this_thread::sleep_for(300ms);
    clock.poll();
    clock.restart();
  }

  fault_injection faults;
  io_context clock;
  inplace_stop_source source;
};

TEST_F(DuringTheCall, AStopEndsWhatWouldWaitOn) {
  EXPECT_EQ(interrupted(true, [this] { source.request_stop(); }).ec, errc::operation_canceled);
  expect_next(8);
}
TEST_F(DuringTheCall, AStopLosesToWhatIsDone) {
  EXPECT_EQ(interrupted(false, [this] { source.request_stop(); }), (transferred{{}, 8}));
  expect_next(0);
}
TEST_F(DuringTheCall, CancelEndsWhatWouldWaitOn) {
  EXPECT_EQ(interrupted(true, [this] { pair.a.cancel(); }).ec, errc::operation_canceled);
  expect_next(8);
}
TEST_F(DuringTheCall, CancelLosesToWhatIsDone) {
  EXPECT_EQ(interrupted(false, [this] { pair.a.cancel(); }), (transferred{{}, 8}));
  expect_next(0);
}
TEST_F(DuringTheCall, ExpiryEndsWhatWouldWaitOn) {
  EXPECT_EQ(interrupted(true, [this] { lets_time_run_out(); }, 250ms).ec, errc::timed_out);
  expect_next(8);
}
TEST_F(DuringTheCall, ExpiryLosesToWhatIsDone) {
  EXPECT_EQ(interrupted(false, [this] { lets_time_run_out(); }, 250ms), (transferred{{}, 8}));
  expect_next(0);
}
TEST_F(DuringTheCall, TheFirstOfTwoReasonsIsTheOneThatIsReported) {
  auto const both = [this](bool stop_first) {
    return interrupted(
        true,
        [this, stop_first] {
          if (stop_first) {
            pair.a.cancel();
          }
          lets_time_run_out();
          pair.a.cancel();
        },
        250ms);
  };
  EXPECT_EQ(both(true).ec, errc::operation_canceled);
  expect_next(8);
  EXPECT_EQ(both(false).ec, errc::timed_out);
  expect_next(8);
}

// Who asks for the end of it: the time, which another thread keeps; a third one; or nobody, as there is something to read.
TEST_F(TimeLimit, IsDecidedOnceInARace) {
  io_context timers;
  io_context::work_guard work(timers);
  std::thread beside([&] { timers.run(); });
  for (int round = 0; round != 150; ++round) {
    inplace_stop_source source;
    std::thread third([&, round] {
      std::this_thread::sleep_for(std::chrono::microseconds(round % 7 * 20));
      if (round % 2 == 0) {
        source.request_stop();
      } else {
        puts(pair.b, 8);
      }
    });
    std::optional<transferred> result;
    starts(context, reads(timers, pair.a, std::chrono::microseconds(round % 11 * 15), result), source.get_token());
    ASSERT_TRUE(finishes(context));
    third.join();
    auto const [ec, n] = result.value();
    EXPECT_EQ(n, ec ? 0u : 8u);
    EXPECT_TRUE(!ec || ec == errc::timed_out || (ec == errc::operation_canceled && round % 2 == 0)) << ec.message();
    if (round % 2 != 0 && ec) {
      EXPECT_EQ(read(1h).value, 8u) << "no byte is lost";
    }
  }
  work.reset();
  beside.join();
}

// Begins on the thread that starts a task, and goes on on those of the context.
struct begins_here {
  static coro dispatch(coro h) noexcept { return h; }
  void post(work *w) const noexcept { ex.post(w); }
  bool operator==(begins_here const &) const = default;

  io_context::executor ex;
};

// Sockets that go away on one thread while their coroutines are resumed on others, and descriptors that serve anew.
TEST_F(TimeLimit, OutlivesItsSocketOnThreads) {
  io_context::work_guard work(context);
  std::array<std::thread, 2> threads;
  for (auto &each : threads) {
    each = std::thread([this] { context.run(); });
  }
  std::atomic<int> ended{0};
  auto const waits = [](io_context &c, unix_stream &s, std::chrono::microseconds limit,
                        std::atomic<int> &count) -> task<> {
    std::array<char, 8> bytes;
    auto const [ec, n] = co_await with_timeout(c, limit, s.read(buffer(bytes)));
    EXPECT_TRUE(ec == errc::timed_out || ec == errc::operation_canceled || ec == error::eof) << ec.message();
    ++count;
    count.notify_one();
  };
  for (int round = 0; round != 200; ++round) {
    {
      unix_pair sockets(context);
      begins_here const ex{context.get_executor()};
      async_run(ex, waits(context, sockets.a, std::chrono::microseconds(30 + round % 9 * 10), ended));
      async_run(ex, waits(context, sockets.b, 1h, ended));
      std::this_thread::sleep_for(std::chrono::microseconds(round % 5 * 20));
    }
    for (int now = ended; now != 2 * (round + 1); now = ended) {
      ended.wait(now);
    }
  }
  work.reset();
  for (auto &each : threads) {
    each.join();
  }
}

} // namespace
