// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// read, write and read_until: over sockets, and over streams that can but read and write some.
#include "fault_injection.hpp"
#include "io_support.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace {

using namespace snug_test;

// A stream with nothing but the two operations.
template <class Socket> class plain {
public:
  explicit plain(Socket &s) : socket_(s) {}
  template <class Buffers> auto read_some(Buffers const &into) { return socket_.read_some(into); }
  template <class Buffers> auto write_some(Buffers const &from) { return socket_.write_some(from); }

private:
  Socket &socket_;
};

template <class Handle, class Stream> basic_task<Handle> sends(Stream &to, std::string const &bytes) {
  std::array<const_buffer, 3> const pieces{const_buffer(bytes.data(), 10), const_buffer(), buffer(bytes) + 10};
  auto const sent = co_await snug::io::write(to, pieces);
  EXPECT_FALSE(sent.ec);
  EXPECT_EQ(sent.value, bytes.size());
  auto const none = co_await snug::io::write(to, const_buffer());
  EXPECT_FALSE(none.ec);
}

template <class Handle, class Stream> basic_task<Handle> receives(Stream &from, std::string &bytes) {
  std::array<mutable_buffer, 2> const places{mutable_buffer(bytes.data(), 7),
                                             mutable_buffer(bytes.data() + 7, bytes.size() - 7)};
  auto const got = co_await snug::io::read(from, places);
  EXPECT_FALSE(got.ec);
  EXPECT_EQ(got.value, bytes.size());
}

template <class Handle> void move_all() {
  fault_injection faults;
  faults.partial = 2;
  faults.would_block = 4;
  io_context context;
  unix_pair pair(context);
  std::string const bytes = pattern(400'000);
  std::string first(bytes.size(), '\0');
  std::string second(bytes.size(), '\0');
  plain a(pair.a);
  plain b(pair.b);
  async_run(context.get_executor(), sends<Handle>(a, bytes));
  async_run(context.get_executor(), receives<Handle>(b, first));
  async_run(context.get_executor(), sends<Handle>(pair.b, bytes));
  async_run(context.get_executor(), receives<Handle>(pair.a, second));
  ASSERT_TRUE(finishes(context));
  EXPECT_TRUE(first == bytes);
  EXPECT_TRUE(second == bytes);
}

TEST(ReadAndWrite, MoveAllWithAnExecutorPtr) { move_all<executor_ptr>(); }
TEST(ReadAndWrite, MoveAllWithAnExecutorRef) { move_all<executor_ref>(); }
TEST(ReadAndWrite, MoveAllWithAnEnvPtr) { move_all<env_ptr>(); }

TEST(ReadAndWrite, SayHowMuchWasReadBeforeTheEnd) {
  io_context context;
  unix_pair pair(context);
  auto all = [](unix_stream &a, unix_stream &b) -> task<> {
    (void)co_await a.write_eof(const_buffer("12345", 5));
    plain from(b);
    char bytes[10];
    auto const got = co_await snug::io::read(from, mutable_buffer(bytes, 10));
    EXPECT_EQ(got.ec, error::eof);
    EXPECT_EQ(got.value, 5u);
  };
  async_run(context.get_executor(), all(pair.a, pair.b));
  ASSERT_TRUE(finishes(context));
}

TEST(ReadUntil, TakesLineByLine) {
  fault_injection faults;
  faults.partial = 2;
  io_context context;
  unix_pair pair(context);
  std::string text;
  for (int i = 0; i != 500; ++i) {
    text += std::string(static_cast<std::size_t>(i) * 7 % 200, 'a') + "\r" + "\r\n";
  }
  std::string got;
  auto reads = [](unix_stream &from, std::string &to) -> task<> {
    std::string line;
    for (;;) {
      auto const [ec, n] = co_await snug::io::read_until(from, line, "\r\n");
      if (ec) {
        EXPECT_EQ(ec, error::eof);
        EXPECT_EQ(n, 0u);
        EXPECT_EQ(line, "rest");
        break;
      }
      EXPECT_TRUE(std::string_view(line).substr(0, n).ends_with("\r\r\n"));
      EXPECT_EQ(line.find("\r\n"), n - 2);
      to.append(line, 0, n);
      line.erase(0, n);
    }
  };
  auto writes = [](unix_stream &to, std::string const &bytes) -> task<> {
    for (std::size_t at = 0; at < bytes.size(); at += 1001) {
      auto const w = co_await to.write(const_buffer(bytes.data() + at, std::min<std::size_t>(1001, bytes.size() - at)));
      EXPECT_FALSE(w.ec);
    }
    (void)co_await to.write_eof(const_buffer("rest", 4));
  };
  async_run(context.get_executor(), reads(pair.b, got));
  async_run(context.get_executor(), writes(pair.a, text));
  ASSERT_TRUE(finishes(context));
  EXPECT_TRUE(got == text);
}

TEST(ReadUntil, ReadsNoMoreThanItMay) {
  io_context context;
  unix_pair pair(context);
  auto all = [](unix_stream &a, unix_stream &b) -> task<> {
    (void)co_await a.write(const_buffer("0123456789;", 11));
    std::string bytes;
    auto const no = co_await snug::io::read_until(b, bytes, ";", 5);
    EXPECT_EQ(no.ec, error::not_found);
    EXPECT_EQ(bytes, "01234");
    auto const still = co_await snug::io::read_until(b, bytes, ";", 5); // at once
    EXPECT_EQ(still.ec, error::not_found);
    auto const yes = co_await snug::io::read_until(b, bytes, ";", 11);
    EXPECT_FALSE(yes.ec);
    EXPECT_EQ(yes.value, 11u);
  };
  async_run(context.get_executor(), all(pair.a, pair.b));
  ASSERT_TRUE(finishes(context));
}

} // namespace
