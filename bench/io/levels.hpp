// Four levels of coroutines over a stream that does nothing, with snug and with Boost.Asio: what is measured by io_bench and
// io_counts. Each operation of the stream is queued with the context and completes when it has its turn: what is left is
// what coroutines cost. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_BENCH_IO_LEVELS_HPP
#define SNUG_BENCH_IO_LEVELS_HPP

#include <snug/io.hpp>

#include "../../unittests/io/manual_context.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <utility>

namespace bench {

namespace asio = boost::asio;
namespace io = snug::io;

// How often each level goes one down: a read is 5 I/Os, a request 10, a session 1000.
inline constexpr int ios_of_read = 5;
inline constexpr int reads_of_request = 2;
inline constexpr int requests_of_session = 100;

enum class level { io, read, request, session };
constexpr int ios_of(level l) noexcept {
  return l == level::io        ? 1
         : l == level::read    ? ios_of_read
         : l == level::request ? ios_of_read * reads_of_request
                               : ios_of_read * reads_of_request * requests_of_session;
}

// --- snug -----------------------------------------------------------------------------------------------------------

// Whether the stream asks the executor before it resumes, as one does that does not know where it completes; those of the
// library post to the executor, and resume.
enum class resumes { directly, dispatched };

template <class Handle, resumes How> class null_stream : private io::work {
  struct operation {
    null_stream *stream;
    std::size_t size;

    static constexpr bool await_ready() noexcept { return false; }
    void await_suspend(io::coro h, Handle ex, snug::inplace_stop_token) const noexcept {
      null_stream &self = *stream;
      self.waiting_ = h;
      if constexpr (How == resumes::dispatched) {
        self.ex_ = ex;
      }
      ex.post(&self);
    }
    io::io_result<std::size_t> await_resume() const noexcept { return {io::no_error, size}; }
  };

public:
  using handle_type = Handle;

  null_stream() noexcept : work{nullptr, &complete} {}
  null_stream(null_stream &&) = delete;

  operation read_some(io::mutable_buffer into) noexcept { return {this, into.size()}; }

private:
  static void complete(io::work *w) {
    auto &self = *static_cast<null_stream *>(w);
    if constexpr (How == resumes::directly) {
      self.waiting_.resume();
    } else {
      self.ex_.dispatch(self.waiting_).resume();
    }
  }

  io::coro waiting_;
  Handle ex_;
};

// A stream over a stream, whose operation is a coroutine.
template <class Next> class filter_stream {
public:
  using handle_type = typename Next::handle_type;

  io::basic_task<handle_type, io::io_result<std::size_t>> read_some(io::mutable_buffer into) {
    co_return co_await next_.read_some(into);
  }

private:
  Next next_;
};

template <class Stream> struct snug_levels {
  using task = io::basic_task<typename Stream::handle_type, std::size_t>;

  static task one(Stream &from, io::mutable_buffer into) {
    auto const [error, n] = co_await from.read_some(into);
    co_return n;
  }
  static task read(Stream &from, io::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != ios_of_read; ++i) {
      auto const [error, n] = co_await from.read_some(into);
      sum += n;
    }
    co_return sum;
  }
  static task request(Stream &from, io::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != reads_of_request; ++i) {
      sum += co_await read(from, into);
    }
    co_return sum;
  }
  static task session(Stream &from, io::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != requests_of_session; ++i) {
      sum += co_await request(from, into);
    }
    co_return sum;
  }

  template <level Level> static task start(Stream &from, io::mutable_buffer into) {
    if constexpr (Level == level::io) {
      return one(from, into);
    } else if constexpr (Level == level::read) {
      return read(from, into);
    } else if constexpr (Level == level::request) {
      return request(from, into);
    } else {
      return session(from, into);
    }
  }
};

// A queue and nothing else, which one thread empties: no system, no other threads.
class plain_context : public snug_test::manual_context {
public:
  static void restart() noexcept {}
};

// From launch to completion; returns how many bytes were read, a fixed number for each I/O.
template <level Level, class Context, class Stream> std::size_t run_snug(Context &context, Stream &from) {
  char bytes[64];
  std::size_t result = 0;
  io::async_run(context.get_executor(), snug_levels<Stream>::template start<Level>(from, {bytes, sizeof(bytes)}),
                [&result](std::size_t sum) { result = sum; });
  context.run();
  context.restart();
  return result;
}

// --- Boost.Asio -----------------------------------------------------------------------------------------------------

// The executor as its own type: Asio's default, any_io_executor, is slower.
using asio_executor_type = asio::io_context::executor_type;
template <class T> using asio_awaitable = asio::awaitable<T, asio_executor_type>;
inline constexpr asio::use_awaitable_t<asio_executor_type> asio_await;

class asio_null_stream {
public:
  explicit asio_null_stream(asio_executor_type ex) noexcept : ex_(ex) {}

  template <class Token> auto async_read_some(asio::mutable_buffer into, Token &&token) {
    return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [ex = ex_, n = into.size()](auto handler) {
          asio::post(ex, [h = std::move(handler), n]() mutable { std::move(h)(boost::system::error_code(), n); });
        },
        token);
  }
  asio_awaitable<std::size_t> read_some(asio::mutable_buffer into) { return async_read_some(into, asio_await); }

private:
  asio_executor_type ex_;
};

class asio_filter_stream {
public:
  explicit asio_filter_stream(asio_executor_type ex) noexcept : next_(ex) {}

  asio_awaitable<std::size_t> read_some(asio::mutable_buffer into) {
    co_return co_await next_.async_read_some(into, asio_await);
  }

private:
  asio_null_stream next_;
};

template <class Stream> struct asio_levels {
  using task = asio_awaitable<std::size_t>;

  static task one(Stream &from, asio::mutable_buffer into) { co_return co_await from.read_some(into); }
  static task read(Stream &from, asio::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != ios_of_read; ++i) {
      sum += co_await from.read_some(into);
    }
    co_return sum;
  }
  static task request(Stream &from, asio::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != reads_of_request; ++i) {
      sum += co_await read(from, into);
    }
    co_return sum;
  }
  static task session(Stream &from, asio::mutable_buffer into) {
    std::size_t sum = 0;
    for (int i = 0; i != requests_of_session; ++i) {
      sum += co_await request(from, into);
    }
    co_return sum;
  }

  template <level Level> static task start(Stream &from, asio::mutable_buffer into) {
    if constexpr (Level == level::io) {
      return one(from, into);
    } else if constexpr (Level == level::read) {
      return read(from, into);
    } else if constexpr (Level == level::request) {
      return request(from, into);
    } else {
      return session(from, into);
    }
  }
};

template <level Level, class Stream> std::size_t run_asio(asio::io_context &context, Stream &from) {
  char bytes[64];
  std::size_t result = 0;
  asio::co_spawn(context.get_executor(), asio_levels<Stream>::template start<Level>(from, asio::buffer(bytes)),
                 [&result](std::exception_ptr, std::size_t sum) { result = sum; });
  context.run();
  context.restart();
  return result;
}

} // namespace bench

#endif
