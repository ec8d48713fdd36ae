// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of with_timeout: in time, too late, stopped by somebody else, and all of that at once.
#include <snug/io.hpp>
#include <snug/io/with_timeout.hpp>

#include "io_support.hpp"
#include "task_support.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include <unistd.h>

namespace io = snug::io;
using namespace snug_test;
using namespace std::chrono_literals;
using std::errc;

namespace {

template <class Handle> class WithTimeout : public testing::Test {
public:
  using transferred = io::io_result<std::size_t>;
  template <class T = void> using task = io::basic_task<Handle, T>;

  // Reads all of 8 bytes.
  static task<transferred> reads(io::unix_stream &from) {
    char bytes[8];
    co_return co_await from.read(io::mutable_buffer(bytes, sizeof(bytes)));
  }
  template <class Limit> static task<transferred> in_time(io::io_context &on, io::unix_stream &from, Limit limit) {
    co_return co_await io::with_timeout(on, limit, reads(from));
  }
  static task<transferred> puts(io::unix_stream &to, std::size_t n) {
    co_return co_await to.write(io::const_buffer("01234567", n));
  }

  template <class T> T run(task<T> t, snug::inplace_stop_token stop = {}) {
    std::optional<T> result;
    io::async_run(
        context.get_executor(), std::move(t), [&](T r) { result = std::move(r); },
        [](std::exception_ptr) { ADD_FAILURE(); }, stop);
    EXPECT_TRUE(finishes(context));
    return result.value_or(T());
  }

  io::io_context context;
  unix_pair pair{context};
};
TYPED_TEST_SUITE(WithTimeout, all_handles, handle_names);

TYPED_TEST(WithTimeout, LeavesAloneWhatIsInTime) {
  io::async_run(this->context.get_executor(), this->puts(this->pair.b, 8), [](auto) {});
  auto const [ec, n] = this->run(this->in_time(this->context, this->pair.a, 1h));
  EXPECT_FALSE(ec) << ec.message();
  EXPECT_EQ(n, 8U);
}

TYPED_TEST(WithTimeout, SaysWhatWasDoneWhenTheTimeWasOut) {
  io::async_run(this->context.get_executor(), this->puts(this->pair.b, 3), [](auto) {});
  auto const [ec, n] = this->run(this->in_time(this->context, this->pair.a, 5ms));
  EXPECT_EQ(ec, errc::timed_out) << ec.message();
  EXPECT_EQ(n, 3U);
}

TYPED_TEST(WithTimeout, TakesPointsInTimeAndOperations) {
  using task = typename TestFixture::template task<typename TestFixture::transferred>;
  auto const waits = [](io::io_context &on, io::unix_stream &from) -> task {
    char byte;
    auto const deadline = std::chrono::steady_clock::now() + 2ms;
    auto const result = co_await io::with_timeout(on, deadline, from.read_some(io::mutable_buffer(&byte, 1)));
    EXPECT_GE(std::chrono::steady_clock::now(), deadline);
    co_return result;
  };
  EXPECT_EQ(this->run(waits(this->context, this->pair.a)).ec, errc::timed_out);
}

TYPED_TEST(WithTimeout, ExpiresBeforeItBegins) {
  for (auto const limit : {0s, -1s}) {
    EXPECT_EQ(this->run(this->in_time(this->context, this->pair.a, limit)).ec, errc::timed_out);
  }
}

// What need not wait is done, however late it is.
TYPED_TEST(WithTimeout, DoesAtOnceWhatCanBeDoneAtOnce) {
  using task = typename TestFixture::template task<typename TestFixture::transferred>;
  auto const late = [](io::io_context &on, io::unix_stream &to) -> task {
    co_return co_await io::with_timeout(on, 0s, to.write_some(io::const_buffer("x", 1)));
  };
  auto const [ec, n] = this->run(late(this->context, this->pair.a));
  EXPECT_FALSE(ec) << ec.message();
  EXPECT_EQ(n, 1U);
}

TYPED_TEST(WithTimeout, TellsAStopFromOutsideFromExpiry) {
  snug::inplace_stop_source source;
  job stops([&] { source.request_stop(); });
  this->context.get_executor().post(&stops);
  EXPECT_EQ(this->run(this->in_time(this->context, this->pair.a, 1h), source.get_token()).ec, errc::operation_canceled);
  // Before it begins, and before its time was out.
  EXPECT_EQ(this->run(this->in_time(this->context, this->pair.a, 0s), source.get_token()).ec, errc::operation_canceled);
}

TYPED_TEST(WithTimeout, Nests) {
  using task = typename TestFixture::template task<typename TestFixture::transferred>;
  auto const twice = [](io::io_context &on, io::unix_stream &from, auto outer, auto inner,
                        std::error_code &inside) -> task {
    auto const within = [](io::io_context &c, io::unix_stream &f, auto limit, std::error_code &error) -> task {
      auto const result = co_await io::with_timeout(c, limit, TestFixture::reads(f));
      error = result.ec;
      co_return result;
    };
    co_return co_await io::with_timeout(on, outer, within(on, from, inner, inside));
  };
  std::error_code inside;
  EXPECT_EQ(this->run(twice(this->context, this->pair.a, 1ms, 1h, inside)).ec, errc::timed_out);
  EXPECT_EQ(inside, errc::operation_canceled) << "to the inner one the outer one is somebody else";
  EXPECT_EQ(this->run(twice(this->context, this->pair.a, std::chrono::hours(1), 1ms, inside)).ec, errc::timed_out);
  EXPECT_EQ(inside, errc::timed_out);
}

TYPED_TEST(WithTimeout, PassesExceptionsOn) {
  using task = typename TestFixture::template task<io::io_result<>>;
  auto const throws = []() -> task {
    co_await yield();
    throw std::runtime_error("thrown");
  };
  auto const tries = [&](io::io_context &on) -> task {
    try {
      (void)co_await io::with_timeout(on, 1h, throws());
    } catch (std::runtime_error const &) {
      co_return {std::make_error_code(errc::owner_dead)};
    }
    co_return {};
  };
  EXPECT_EQ(this->run(tries(this->context)).ec, errc::owner_dead);
}

TYPED_TEST(WithTimeout, EndsWithItsContext) {
  io::io_result<std::size_t> result;
  {
    io::io_context other;
    unix_pair sockets(other);
    io::async_run(other.get_executor(), this->in_time(other, sockets.a, 1h), [&](auto r) { result = r; });
    other.poll();
  }
  EXPECT_EQ(result.ec, errc::operation_canceled);
}

// Who asks for the end of it: the time, which another thread keeps; a third one; or nobody, as there is something to read.
TYPED_TEST(WithTimeout, IsDecidedOnceInARace) {
  io::io_context timers;
  io::io_context::work_guard work(timers);
  std::thread beside([&] { timers.run(); });
  int outcomes[3] = {};
  for (int round = 0; round != 200; ++round) {
    snug::inplace_stop_source source;
    std::thread third([&source, &to = this->pair.b, round] {
      std::this_thread::sleep_for(std::chrono::microseconds(round % 7 * 20));
      if (round % 2 == 0) {
        source.request_stop();
      } else {
        EXPECT_EQ(::write(to.native_handle(), "01234567", 8), 8);
      }
    });
    auto const [ec, n] =
        this->run(this->in_time(timers, this->pair.a, std::chrono::microseconds(round % 11 * 15)), source.get_token());
    third.join();
    ++outcomes[!ec ? 0 : ec == errc::timed_out ? 1 : 2];
    EXPECT_EQ(n, ec ? 0U : 8U);
    EXPECT_TRUE(!ec || ec == errc::timed_out || (ec == errc::operation_canceled && round % 2 == 0)) << ec.message();
    if (round % 2 != 0 && ec) {
      EXPECT_EQ(this->run(this->reads(this->pair.a)).value, 8U) << "no byte is lost";
    }
  }
  EXPECT_EQ(outcomes[0] + outcomes[1] + outcomes[2], 200);
  work.reset();
  beside.join();
}

// The coroutine goes away while it waits; the timer with it.
TEST(WithTimeouts, MayBeDestroyedWhileTheyWait) {
  io::io_context context;
  unix_pair pair(context);
  auto const waits = [](io::io_context &on, io::unix_stream &from) -> io::task<> {
    char byte;
    (void)co_await io::with_timeout(on, 1h, from.read_some(io::mutable_buffer(&byte, 1)));
    ADD_FAILURE() << "nobody is to resume it";
  };
  auto const ex = context.get_executor();
  {
    io::task<> task = waits(context, pair.a);
    task.await_suspend(std::noop_coroutine(), ex, {}).resume();
  }
  EXPECT_TRUE(finishes(context));
}

} // namespace
