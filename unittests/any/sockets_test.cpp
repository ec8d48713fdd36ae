// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Type-erased sockets, with each storage of the executor.
#include "support.hpp"

#include <snug/any.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/error.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/task.hpp>
#include <snug/io/unix_stream.hpp>

#include <array>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace snug_test;

template <class Handle> struct AnySockets : testing::Test {
  AnySockets() {
    auto [error, one, other] = io::make_unix_pair(context);
    EXPECT_FALSE(error);
    near = std::move(one);
    far = std::move(other);
  }

  template <class T, class OnDone> void start(io::basic_task<Handle, T> task, OnDone on_done) {
    io::async_run(context.get_executor(), std::move(task), std::move(on_done));
  }

  io::io_context context;
  io::unix_stream near;
  io::unix_stream far;
};
TYPED_TEST_SUITE(AnySockets, all_handles);

template <class Handle> io::basic_task<Handle, std::size_t> echo(io::basic_any_stream<Handle> stream) {
  std::size_t sum = 0;
  char memory[64];
  for (;;) {
    auto const got = co_await stream.read_some(io::buffer(memory));
    if (got.ec) {
      co_return sum;
    }
    auto const sent = co_await stream.write_some(io::buffer(memory, got.value));
    sum += sent.value;
  }
}
template <class Handle>
io::basic_task<Handle, bool> ask(io::basic_any_stream<Handle> stream, int times, std::error_code &end) {
  for (int i = 0; i != times; ++i) {
    char const question = static_cast<char>('a' + i % 26);
    char answer = 0;
    static_cast<void>(co_await stream.write_some(io::buffer(&question, 1)));
    auto const got = co_await stream.read_some(io::buffer(&answer, 1));
    if (got.ec || answer != question) {
      end = got.ec;
      co_return false;
    }
  }
  co_return true;
}

TYPED_TEST(AnySockets, AskAndAnswer) {
  using stream = io::basic_any_stream<TypeParam>;
  std::size_t echoed = 0;
  bool all_answered = false;
  std::error_code end;
  this->start(echo<TypeParam>(stream(std::move(this->far))), [&](std::size_t n) { echoed = n; });
  this->start(ask<TypeParam>(stream(std::move(this->near)), 1000, end), [&](bool all) { all_answered = all; });
  this->context.run();
  EXPECT_TRUE(all_answered) << end.message();
  EXPECT_EQ(echoed, 1000U);
}

// A coroutine may be resumed, and its operation gone, before the thread that suspended it is back from await_suspend().
TYPED_TEST(AnySockets, AskAndAnswerOnTwoThreads) {
  using stream = io::basic_any_stream<TypeParam>;
  bool all_answered = false;
  std::error_code end;
  this->start(echo<TypeParam>(stream(std::move(this->far))), [](std::size_t) {});
  this->start(ask<TypeParam>(stream(std::move(this->near)), 1000, end), [&](bool all) { all_answered = all; });
  std::thread other([&] { this->context.run(); });
  this->context.run();
  other.join();
  EXPECT_TRUE(all_answered) << end.message();
}

// More than the system takes at once, in several buffers, through a sink and a source.
template <class Handle>
io::basic_task<Handle, std::size_t> send(io::basic_any_write_sink<Handle> sink, std::vector<char> const &bytes) {
  std::array<io::const_buffer, 2> const halves{
      io::buffer(bytes.data(), bytes.size() / 2),
      io::buffer(bytes.data() + bytes.size() / 2, bytes.size() - bytes.size() / 2)};
  auto const first = co_await sink.write(halves);
  auto const last = co_await sink.write_eof(io::buffer(bytes.data(), 3));
  co_return first.value + last.value;
}
template <class Handle>
io::basic_task<Handle, std::error_code> receive(io::basic_any_read_source<Handle> source, std::vector<char> &bytes,
                                                std::vector<char> &last) {
  static_cast<void>(co_await source.read(io::buffer(bytes)));
  last.resize(8);
  auto const [error, n] = co_await source.read(io::buffer(last));
  last.resize(n);
  co_return error;
}

TYPED_TEST(AnySockets, WholeTransfers) {
  std::vector<char> from(1 << 20);
  std::iota(from.begin(), from.end(), '\0');
  std::vector<char> to(from.size());
  std::vector<char> last;
  std::size_t sent = 0;
  std::error_code end;
  this->start(send<TypeParam>(io::basic_any_write_sink<TypeParam>(&this->near), from),
              [&](std::size_t n) { sent = n; });
  this->start(receive<TypeParam>(io::basic_any_read_source<TypeParam>(&this->far), to, last),
              [&](std::error_code error) { end = error; });
  this->context.run();
  EXPECT_EQ(sent, from.size() + 3);
  EXPECT_EQ(to, from);
  EXPECT_EQ(last, (std::vector<char>{0, 1, 2}));
  EXPECT_EQ(end, io::error::eof);
}

} // namespace
