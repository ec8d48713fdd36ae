// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Type-erased streams in tasks, with each storage of the executor: waiting, filtered, stopped, given up.
#include "../io/manual_context.hpp"
#include "support.hpp"

#include <snug/any.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/error.hpp>
#include <snug/io/task.hpp>

#include <cstddef>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

namespace {

using namespace snug_test;

static_assert(std::is_same_v<io::any_stream, io::basic_any_stream<io::task<>::handle_type>>,
              "the any_… are what io::task can await");

// Bytes from one side to the other; who reads an empty one waits, and is resumed through its executor.
class channel {
  struct reading : io::work {
    reading(channel &from, std::span<io::mutable_buffer const> into) noexcept : from_(from), into_(into) {}
    reading(reading &&) = delete;
    ~reading() {
      if (from_.waiting_ == this) {
        from_.waiting_ = nullptr;
      }
    }

    bool await_ready() const noexcept { return !from_.bytes_.empty() || from_.closed_; }
    template <io::executor_handle Handle>
    io::coro await_suspend(io::coro h, Handle ex, snug::inplace_stop_token stop) noexcept {
      if (stop.stop_requested()) {
        stopped_ = true;
        return h;
      }
      waiting_coroutine_ = h;
      executor_ = ex;
      run = [](io::work *w) noexcept { static_cast<reading *>(w)->waiting_coroutine_.resume(); };
      from_.waiting_ = this;
      return std::noop_coroutine();
    }
    io::io_result<std::size_t> await_resume() {
      if (stopped_) {
        return {std::make_error_code(std::errc::operation_canceled), 0};
      }
      if (from_.bytes_.empty()) {
        return {io::error::eof, 0};
      }
      std::size_t const n = io::buffer_copy(into_, io::buffer(std::as_const(from_.bytes_)));
      from_.bytes_.erase(0, n);
      return {{}, n};
    }

    channel &from_;
    std::span<io::mutable_buffer const> into_;
    io::coro waiting_coroutine_;
    io::executor_ref executor_;
    bool stopped_ = false;
  };

public:
  reading read_some(std::span<io::mutable_buffer const> into) noexcept { return {*this, into}; }

  void send(std::string_view text) {
    bytes_ += text;
    wake();
  }
  void close() {
    closed_ = true;
    wake();
  }
  bool is_waited_for() const noexcept { return waiting_ != nullptr; }

private:
  void wake() {
    if (reading *const waiting = std::exchange(waiting_, nullptr)) {
      waiting->executor_.post(waiting);
    }
  }

  std::string bytes_;
  bool closed_ = false;
  reading *waiting_ = nullptr;
};

// A stream over any other, written as a task: what lies on a connection, as TLS does.
template <class Handle> class upper_case {
public:
  explicit upper_case(io::basic_any_read_stream<Handle> below) noexcept : below_(std::move(below)) {}

  io::basic_task<Handle, io::io_result<std::size_t>> read_some(std::span<io::mutable_buffer const> into) {
    auto const result = co_await below_.read_some(into.front());
    char *const bytes = static_cast<char *>(into.front().data());
    for (std::size_t i = 0; i != result.value; ++i) {
      if (bytes[i] == '!') {
        throw std::runtime_error("what cannot be said louder");
      }
      bytes[i] = bytes[i] >= 'a' && bytes[i] <= 'z' ? static_cast<char>(bytes[i] - 'a' + 'A') : bytes[i];
    }
    co_return result;
  }

private:
  io::basic_any_read_stream<Handle> below_;
};

template <class Handle>
io::basic_task<Handle, std::error_code> read_all(io::basic_any_read_stream<Handle> from, std::string &to) {
  char memory[4];
  for (;;) {
    auto const result = co_await from.read_some(io::buffer(memory));
    to.append(memory, result.value);
    if (result.ec) {
      co_return result.ec;
    }
  }
}

template <class Handle> struct AnyInTasks : testing::Test {
  void read_from(io::basic_any_read_stream<Handle> stream) {
    io::async_run(
        context.get_executor(), read_all<Handle>(std::move(stream), got), [this](std::error_code ec) { end = ec; },
        [this](std::exception_ptr error) { failure = std::move(error); }, stop.get_token());
  }

  manual_context context;
  snug::inplace_stop_source stop;
  channel source;
  std::string got;
  std::error_code end;
  std::exception_ptr failure;
};
TYPED_TEST_SUITE(AnyInTasks, all_handles);

TYPED_TEST(AnyInTasks, WaitsAndGoesOnThroughItsExecutor) {
  this->source.send("abcdef");
  this->read_from(&this->source);
  EXPECT_EQ(this->got, "abcdef") << "without having waited";
  EXPECT_TRUE(this->source.is_waited_for());
  this->source.send("ghi");
  EXPECT_EQ(this->got, "abcdef");
  EXPECT_EQ(this->context.run(), 1U);
  EXPECT_EQ(this->got, "abcdefghi");
  this->source.close();
  this->context.run();
  EXPECT_EQ(this->end, io::error::eof);
}

TYPED_TEST(AnyInTasks, FilterMadeOfATask) {
  using stream = io::basic_any_read_stream<TypeParam>;
  this->read_from(stream(upper_case<TypeParam>(stream(upper_case<TypeParam>(stream(&this->source))))));
  for (std::string_view const part : {"ab", "cdefg", "h"}) {
    this->source.send(part);
    this->context.run();
  }
  this->source.close();
  this->context.run();
  EXPECT_EQ(this->got, "ABCDEFGH");
  EXPECT_EQ(this->end, io::error::eof);
}

TYPED_TEST(AnyInTasks, ExceptionThroughAFilter) {
  using stream = io::basic_any_read_stream<TypeParam>;
  this->read_from(stream(upper_case<TypeParam>(stream(&this->source))));
  this->source.send("no!");
  this->context.run();
  ASSERT_TRUE(this->failure);
  EXPECT_THROW(std::rethrow_exception(this->failure), std::runtime_error);
}

TYPED_TEST(AnyInTasks, StopIsSeenByTheInnermostStream) {
  using stream = io::basic_any_read_stream<TypeParam>;
  this->stop.request_stop();
  this->read_from(stream(upper_case<TypeParam>(stream(&this->source))));
  EXPECT_EQ(this->end, std::errc::operation_canceled);
}

} // namespace
