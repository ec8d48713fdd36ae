// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sequences of buffers reach the stream as they are, or as much of them as one operation takes.
#include "every_operation.hpp"

#include <array>
#include <list>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace snug_test;

struct Buffers : testing::Test {
  // What a sink gets that is written a sequence to, none of whose operations waits.
  template <class Begin> std::string written(Begin begin) {
    script what;
    io::any_write_sink sink{scripted_stream<>(what)};
    surroundings around;
    auto run = [](io::any_write_sink &to, Begin &b) -> fiber<io::executor_ptr> {
      auto const result = co_await b(to);
      static_cast<void>(result);
    };
    auto coroutine = run(sink, begin);
    coroutine.start(around);
    EXPECT_TRUE(coroutine.done());
    return what.written;
  }
  static io::const_buffer bytes(char const *text) { return {text, std::char_traits<char>::length(text)}; }
};

TEST_F(Buffers, SideBySide) {
  std::array<io::const_buffer, 2> const array{bytes("ab"), bytes("cd")};
  std::vector<io::const_buffer> const vector{bytes("ef"), {}, bytes("gh")};
  io::const_buffer const c_array[] = {bytes("ij"), bytes("kl")};
  EXPECT_EQ(written([&](auto &to) { return to.write(array); }), "abcd");
  EXPECT_EQ(written([&](auto &to) { return to.write(vector); }), "efgh");
  EXPECT_EQ(written([&](auto &to) { return to.write_eof(c_array); }), "ijkl");
  EXPECT_EQ(written([&](auto &to) { return to.write_some(std::span<io::const_buffer const>(array)); }), "abcd");
}

TEST_F(Buffers, AMutableOneIsWrittenFrom) {
  char text[] = {'a', 'b'};
  EXPECT_EQ(written([&](auto &to) { return to.write(io::buffer(text)); }), "ab");
}

// Some of the buffers of other sequences are copied: the first 16 that have bytes.
TEST_F(Buffers, ElsewhereAsManyAsOneOperationTakes) {
  std::list<io::const_buffer> list{bytes("a"), {}, bytes("b")};
  EXPECT_EQ(written([&](auto &to) { return to.write_some(list); }), "ab");
  list.assign(20, bytes("x"));
  EXPECT_EQ(written([&](auto &to) { return to.write_some(list); }), std::string(16, 'x'));
  list.assign(20, {});
  list.push_back(bytes("y"));
  EXPECT_EQ(written([&](auto &to) { return to.write_some(list); }), "y");
  char text[] = {'a', 'b'};
  std::array<io::mutable_buffer, 2> const convertible{io::buffer(text), io::buffer(text)};
  EXPECT_EQ(written([&](auto &to) { return to.write_some(convertible); }), "abab");
}

TEST_F(Buffers, AllEmptyAreEmpty) {
  script what;
  io::any_write_stream stream{scripted_stream<>(what)};
  std::vector<io::const_buffer> const nothing(3);
  EXPECT_TRUE(stream.write_some(nothing).await_ready());
  EXPECT_TRUE(stream.write_some(std::list<io::const_buffer>(3)).await_ready());
  EXPECT_TRUE(stream.write_some(std::span<io::const_buffer const>()).await_ready());
  EXPECT_EQ(what.made, 0);
}

TEST_F(Buffers, AreReadInto) {
  script what;
  surroundings around;
  io::any_read_source source{scripted_stream<>(what)};
  std::string got;
  auto run = [](io::any_read_source &from, std::string &to) -> fiber<io::executor_ptr> {
    char first[2];
    char second[3];
    std::array<io::mutable_buffer, 2> const both{io::buffer(first), io::buffer(second)};
    auto const [ec, n] = co_await from.read(both);
    EXPECT_FALSE(ec);
    to.append(first, 2).append(second, n - 2);
  };
  auto coroutine = run(source, got);
  coroutine.start(around);
  EXPECT_EQ(got, "abcde");
}

} // namespace
