// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// wait_readable: whatever there is for the next read, and nothing else, ends it; nothing is lost.
#include "fault_injection.hpp"
#include "io_support.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <unistd.h>

namespace {

using namespace snug_test;
using std::errc;

struct outcome {
  bool waited = false; // until it ended
  std::error_code error;
};

template <class Socket> task<> waits(Socket &s, outcome &result) {
  auto const [ec] = co_await s.wait_readable();
  result = {true, ec};
}

class Readiness : public testing::Test {
public:
  outcome starts(snug::inplace_stop_token stop = {}) {
    async_run(context.get_executor(), waits(pair.a, result), [] {}, detail::ends_program(), stop);
    context.poll();
    context.restart(); // it stops where nobody waits
    return std::exchange(result, {});
  }
  outcome ends() {
    EXPECT_TRUE(finishes(context));
    return std::exchange(result, {});
  }
  // What read_some makes of what there is.
  std::pair<std::error_code, std::string> reads() {
    std::array<char, 8> bytes;
    std::pair<std::error_code, std::string> got;
    auto const all = [](unix_stream &s, auto &to, auto &what) -> task<> {
      auto const [ec, n] = co_await s.read_some(buffer(to));
      what = {ec, std::string(to.data(), n)};
    };
    async_run(context.get_executor(), all(pair.a, bytes, got));
    EXPECT_TRUE(finishes(context));
    return got;
  }
  void puts(std::string const &bytes) {
    EXPECT_EQ(::write(pair.b.native_handle(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }

  io_context context;
  unix_pair pair{context};
  outcome result;
};

TEST_F(Readiness, ComesWithBytesAndTakesNone) {
  EXPECT_FALSE(starts().waited);
  puts("one");
  outcome const came = ends();
  EXPECT_TRUE(came.waited && !came.error);
  EXPECT_TRUE(starts().waited) << "they are there still";
  EXPECT_EQ(reads().second, "one");
  EXPECT_FALSE(starts().waited) << "there are no more";
  puts("two");
  EXPECT_TRUE(ends().waited);
  puts(" and three");
  EXPECT_EQ(reads().second, "two and ");
  EXPECT_TRUE(starts().waited) << "the read has left some";
  EXPECT_EQ(reads().second, "three");
}

TEST_F(Readiness, ComesWithTheEnd) {
  EXPECT_FALSE(starts().waited);
  ASSERT_FALSE(pair.b.shutdown(shutdown_side::send));
  outcome const came = ends();
  EXPECT_TRUE(came.waited && !came.error) << "the end of the file is what is read";
  EXPECT_TRUE(starts().waited);
  EXPECT_EQ(reads().first, error::eof);
  EXPECT_TRUE(starts().waited) << "for ever";
}

TEST_F(Readiness, LeavesAnErrorToTheNextRead) {
  tcp_pair tcp(context);
  async_run(context.get_executor(), waits(tcp.a, result));
  context.poll();
  EXPECT_FALSE(result.waited);
  ASSERT_FALSE(tcp.b.set_reset_on_close(true));
  tcp.b.close();
  outcome const came = ends();
  EXPECT_TRUE(came.waited && !came.error) << came.error.message();
  auto const fails = [](tcp_socket &s) -> task<> {
    char byte;
    EXPECT_EQ((co_await s.read_some(mutable_buffer(&byte, 1))).ec, errc::connection_reset);
  };
  async_run(context.get_executor(), fails(tcp.a));
  ASSERT_TRUE(finishes(context));
}

TEST_F(Readiness, IsCancelledAndStopped) {
  EXPECT_FALSE(starts().waited);
  pair.a.cancel();
  EXPECT_EQ(ends().error, errc::operation_canceled);
  snug::inplace_stop_source source;
  EXPECT_FALSE(starts(source.get_token()).waited);
  source.request_stop();
  EXPECT_EQ(ends().error, errc::operation_canceled);
  EXPECT_EQ(starts(source.get_token()).error, errc::operation_canceled) << "requested before";
  EXPECT_FALSE(starts().waited);
  pair.a.close();
  EXPECT_EQ(ends().error, errc::operation_canceled);
  EXPECT_EQ(starts().error, errc::bad_file_descriptor);
}

TEST_F(Readiness, ReportsWhatTheSystemCannotTell) {
  fault_injection faults;
  faults.poll_error = ENOMEM;
  EXPECT_EQ(starts().error, errc::not_enough_memory);
  EXPECT_FALSE(starts().waited) << "the next one waits";
  puts("x");
  EXPECT_FALSE(ends().error);
}

// Each message is waited for first; the system is slow, interrupted and changes its mind.
void converse_with(unsigned interrupted, unsigned would_block, int threads) {
  fault_injection faults;
  {
    io_context context;
    unix_pair pair(context);
    faults.interrupted = interrupted;
    faults.would_block = would_block;
    faults.partial = 3;
    constexpr int rounds = 300;
    auto const asks = [](unix_stream &s) -> task<> {
      for (int i = 0; i != rounds; ++i) {
        std::string const bytes = pattern(1 + static_cast<std::size_t>(i) % 7, static_cast<unsigned>(i));
        EXPECT_FALSE((co_await s.write(buffer(bytes))).ec);
        std::string got(bytes.size(), '\0');
        EXPECT_FALSE((co_await s.wait_readable()).ec);
        EXPECT_FALSE((co_await s.read(buffer(got))).ec);
        EXPECT_EQ(got, bytes);
      }
      EXPECT_FALSE((co_await s.write_eof()).ec);
    };
    auto const echoes = [](unix_stream &s) -> task<> {
      std::array<char, 16> bytes;
      for (;;) {
        EXPECT_FALSE((co_await s.wait_readable()).ec);
        auto const [ec, n] = co_await s.read_some(buffer(bytes));
        if (ec) {
          EXPECT_EQ(ec, error::eof);
          break;
        }
        EXPECT_FALSE((co_await s.write(const_buffer(bytes.data(), n))).ec);
      }
    };
    async_run(strand(context.get_executor()), asks(pair.a));
    async_run(strand(context.get_executor()), echoes(pair.b));
    std::array<std::thread, 2> others;
    for (int i = 1; i < threads; ++i) {
      others[static_cast<std::size_t>(i - 1)] = std::thread([&] { context.run_for(eternity); });
    }
    context.run_for(eternity);
    for (auto &o : others) {
      if (o.joinable()) {
        o.join();
      }
    }
    EXPECT_TRUE(context.stopped());
  }
  EXPECT_GT(faults.injected, 10u);
}
TEST(ReadinessFaults, LoseNoByte) { converse_with(5, 3, 1); }
TEST(ReadinessFaults, LoseNoByteOnThreads) { converse_with(5, 3, 3); }

} // namespace
