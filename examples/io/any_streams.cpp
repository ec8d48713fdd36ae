// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One function for streams of every type: a string that is owned, whose reads complete at once, and a socket that is
// referred to, whose reads wait.
#include <snug/any.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/task.hpp>
#include <snug/io/unix_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <utility>

namespace io = snug::io;

namespace {

class string_stream {
  // What a task awaits: it is asked, handed the task's context if it is not ready, and resumed.
  struct reading {
    string_stream &from;
    std::span<io::mutable_buffer const> into;

    static constexpr bool await_ready() noexcept { return true; }
    template <io::executor_handle Handle>
    static io::coro await_suspend(io::coro caller, Handle, snug::inplace_stop_token) noexcept {
      return caller;
    }
    io::io_result<std::size_t> await_resume() const {
      if (from.text_.empty()) {
        return {io::error::eof, 0};
      }
      std::size_t const n = io::buffer_copy(into, io::buffer(std::as_const(from.text_)));
      from.text_.erase(0, n);
      return {{}, n};
    }
  };

public:
  explicit string_stream(std::string text) : text_(std::move(text)) {}
  reading read_some(std::span<io::mutable_buffer const> into) noexcept { return {*this, into}; }

private:
  std::string text_;
};

// Compiled once, whatever it reads from.
io::task<std::ptrdiff_t> count_lines(io::any_read_stream from) {
  std::ptrdiff_t lines = 0;
  char bytes[16];
  for (;;) {
    auto const [error, n] = co_await from.read_some(io::buffer(bytes));
    lines += std::count(bytes, bytes + n, '\n');
    if (error) {
      co_return lines;
    }
  }
}

io::task<> send(io::unix_stream to, std::string text) {
  auto const [error, sent] = co_await to.write(io::buffer(std::as_const(text)));
  if (error) {
    std::fprintf(stderr, "sent %zu bytes: %s\n", sent, error.message().c_str());
  }
}

} // namespace

int main() {
  io::io_context context;
  auto const executor = context.get_executor();

  io::async_run(executor, count_lines(string_stream("a string\nof two lines\n")),
                [](std::ptrdiff_t lines) { std::printf("string: %td lines\n", lines); });

  auto [error, here, there] = io::make_unix_pair(context);
  if (error) {
    std::fprintf(stderr, "no sockets: %s\n", error.message().c_str());
    return 1;
  }
  io::async_run(executor, count_lines(&here), [](std::ptrdiff_t lines) { std::printf("socket: %td lines\n", lines); });
  io::async_run(executor, send(std::move(there), "and three\nfrom the\nother side\n"));
  context.run();
}
