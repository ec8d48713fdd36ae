// One read_some through every form of type erasure, beside the stream itself: what is measured by any_streams_bench and
// any_streams_counts. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_BENCH_ANY_STREAMS_HPP
#define SNUG_BENCH_ANY_STREAMS_HPP

#include <snug/any.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <span>
#include <utility>

namespace bench {

namespace io = snug::io;

// --- streams --------------------------------------------------------------------------------------------------------

/// Has always something to read: an operation completes at once.
class ready_stream {
  struct awaitable {
    ready_stream *stream;
    std::span<io::mutable_buffer const> into;

    bool await_ready() const noexcept { return stream->left_ != 0; }
    io::coro await_suspend(io::coro h, io::executor_ptr, snug::inplace_stop_token) const noexcept { return h; }
    io::io_result<std::size_t> await_resume() const noexcept {
      stream->left_ += into.front().size();
      return {{}, into.front().size()};
    }
  };

public:
  awaitable read_some(std::span<io::mutable_buffer const> into) noexcept { return {this, into}; }

private:
  std::size_t left_ = 1;
};

/// Never has anything to read at once: an operation suspends until somebody goes on.
class waiting_stream {
  struct awaitable {
    waiting_stream *stream;
    std::span<io::mutable_buffer const> into;

    static constexpr bool await_ready() noexcept { return false; }
    io::coro await_suspend(io::coro h, io::executor_ptr, snug::inplace_stop_token) const noexcept {
      stream->waiting_ = h;
      return std::noop_coroutine();
    }
    io::io_result<std::size_t> await_resume() const noexcept {
      stream->left_ += into.front().size();
      return {{}, into.front().size()};
    }
  };

public:
  awaitable read_some(std::span<io::mutable_buffer const> into) noexcept { return {this, into}; }
  void go_on() const { waiting_.resume(); }

private:
  io::coro waiting_;
  std::size_t left_ = 0;
};

/// The same, with the operation compiled elsewhere, as that of a socket is.
template <class Stream> class opaque {
  struct awaitable {
    using inner = decltype(std::declval<Stream &>().read_some({}));
    inner operation;

    [[gnu::noinline]] bool await_ready() const noexcept { return operation.await_ready(); }
    [[gnu::noinline]] io::coro await_suspend(io::coro h, io::executor_ptr ex,
                                             snug::inplace_stop_token stop) const noexcept {
      return operation.await_suspend(h, ex, stop);
    }
    [[gnu::noinline]] io::io_result<std::size_t> await_resume() const noexcept { return operation.await_resume(); }
  };

public:
  [[gnu::noinline]] awaitable read_some(std::span<io::mutable_buffer const> into) noexcept {
    return {stream_.read_some(into)};
  }
  void go_on() const
    requires requires(Stream const &stream) { stream.go_on(); }
  {
    stream_.go_on();
  }

private:
  Stream stream_;
};

// --- forms of the wrapper -------------------------------------------------------------------------------------------

template <class Stream> using read_room = io::detail::awaitable_room<io::detail::read_some_call::awaitable<Stream>>;
template <class Stream> using read_block = io::detail::referring_block<read_room<Stream>>;

template <class Stream>
inline constexpr auto &flat_table = io::detail::flat_vtable_of<Stream, io::detail::read_some_call, read_block<Stream>,
                                                               io::executor_ptr, io::mutable_buffer>::table;
template <class Stream>
inline constexpr auto &split_table =
    io::detail::split_vtable_of<Stream, read_block<Stream>, io::executor_ptr, io::mutable_buffer,
                                io::detail::read_some_call, io::detail::read_some_call>::table;

/// A wrapper with one operation to measure, its inner awaitable made in one of the two places.
template <auto &Table, io::detail::made_in Where>
class form : public io::detail::erased_stream<std::remove_cvref_t<decltype(Table)>> {
  using vtable = std::remove_cvref_t<decltype(Table)>;

public:
  template <class Stream>
  explicit form(Stream *stream) : io::detail::erased_stream<vtable>(read_block<Stream>(), Table, stream) {}

  auto read_some(io::mutable_buffer into) {
    return io::detail::erased_operation<vtable, io::mutable_buffer, 0, Where, io::detail::empty_buffers::are_passed_on>(
        *this, into);
  }
};
template <class Stream> using flat_in_ready = form<flat_table<Stream>, io::detail::made_in::await_ready>;
template <class Stream> using flat_in_suspend = form<flat_table<Stream>, io::detail::made_in::await_suspend>;
template <class Stream> using split_in_ready = form<split_table<Stream>, io::detail::made_in::await_ready>;
template <class Stream> using split_in_suspend = form<split_table<Stream>, io::detail::made_in::await_suspend>;

/// Each step by a call of its own: four where an operation completes at once. Nothing is checked, nothing can be given
/// up.
template <class Stream> class step_by_step {
  using inner = io::detail::read_some_call::awaitable<Stream>;
  using functions = io::detail::awaitable_functions<inner, io::executor_ptr>;
  struct alignas(64) table {
    void (*construct_awaitable)(void *stream, void *storage, std::span<io::mutable_buffer const> buffers);
    bool (*await_ready)(void *storage);
    io::coro (*await_suspend)(void *storage, io::coro h, io::executor_ptr ex, snug::inplace_stop_token stop);
    io::io_result<std::size_t> (*await_resume)(void *storage);
    void (*destroy_awaitable)(void *storage) noexcept;
  };
  static constexpr table functions_of{[](void *stream, void *storage, std::span<io::mutable_buffer const> buffers) {
                                        ::new (storage) inner(static_cast<Stream *>(stream)->read_some(buffers));
                                      },
                                      &functions::await_ready, &functions::await_suspend,
                                      [](void *storage) { return functions::at(storage).await_resume(); },
                                      &functions::destroy};

  struct operation {
    step_by_step *self;
    io::mutable_buffer into;
    bool is_made = false;

    bool await_ready() {
      self->table_->construct_awaitable(self->stream_, self->storage_, {&into, 1});
      is_made = true;
      return self->table_->await_ready(self->storage_);
    }
    io::coro await_suspend(io::coro h, io::executor_ptr ex, snug::inplace_stop_token stop) {
      return self->table_->await_suspend(self->storage_, h, ex, stop);
    }
    io::io_result<std::size_t> await_resume() {
      auto const result = self->table_->await_resume(self->storage_);
      self->table_->destroy_awaitable(self->storage_);
      is_made = false;
      return result;
    }
    ~operation() {
      if (is_made) {
        self->table_->destroy_awaitable(self->storage_);
      }
    }
  };

public:
  explicit step_by_step(Stream *stream) : stream_(stream), storage_(::operator new(sizeof(inner))) {}
  step_by_step(step_by_step &&) = delete;
  ~step_by_step() { ::operator delete(storage_); }

  operation read_some(io::mutable_buffer into) { return {this, into}; }

private:
  void *stream_;
  table const *table_ = &functions_of;
  void *storage_;
};

/// The stream itself, or a reference to it.
template <class Stream> class native {
public:
  explicit native(Stream *stream) : stream_(stream) {}
  // The awaitable refers to one buffer, as the streams' own do.
  auto read_some(io::mutable_buffer const &into) { return stream_->read_some({&into, 1}); }

private:
  Stream *stream_;
};

// --- what reads -----------------------------------------------------------------------------------------------------

/// A coroutine that hands its context to what it awaits, and costs nothing else.
class reader {
public:
  struct promise_type {
    template <class Awaitable> struct in_context {
      Awaitable &awaitable;
      promise_type &promise;
      bool await_ready() { return awaitable.await_ready(); }
      io::coro await_suspend(io::coro h) { return awaitable.await_suspend(h, promise.ex, {}); }
      auto await_resume() { return awaitable.await_resume(); }
    };

    reader get_return_object() noexcept { return reader(std::coroutine_handle<promise_type>::from_promise(*this)); }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
    template <class Awaitable> in_context<Awaitable> await_transform(Awaitable &&awaitable) noexcept {
      return {awaitable, *this};
    }

    io::executor_ptr ex;
  };

  reader(reader &&) = delete;
  ~reader() { coroutine_.destroy(); }
  void resume() { coroutine_.resume(); }
  bool done() const noexcept { return coroutine_.done(); }

private:
  explicit reader(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}
  std::coroutine_handle<promise_type> coroutine_;
};

template <class From> reader read_from(From &from, std::size_t times, std::size_t &sum) {
  char memory[8];
  for (std::size_t i = 0; i != times; ++i) {
    io::mutable_buffer const into(memory, i % 8);
    auto const [ec, n] = co_await from.read_some(into);
    sum += n;
  }
}

/// Reads that often; who waits is resumed at once.
template <class Stream, class From> std::size_t run(Stream &stream, From &from, std::size_t times) {
  std::size_t sum = 0;
  auto all = read_from(from, times, sum);
  all.resume();
  if constexpr (requires { stream.go_on(); }) {
    while (!all.done()) {
      stream.go_on();
    }
  }
  return sum;
}

} // namespace bench

#endif
