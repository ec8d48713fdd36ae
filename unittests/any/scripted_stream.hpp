// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A stream, source and sink that does what the test says, and counts what is done with it.
#ifndef SNUG_UNITTESTS_ANY_SCRIPTED_STREAM_HPP
#define SNUG_UNITTESTS_ANY_SCRIPTED_STREAM_HPP

#include "support.hpp"

#include <snug/io/buffer.hpp>
#include <snug/io/error.hpp>
#include <snug/io/io_result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace snug_test {

enum class step { none, construct, ready, suspend, resume };
enum class operation { read_some, read, write_some, write, write_last, write_eof };

// Outlives the stream.
struct script {
  // What operations do.
  bool ready = true;
  step throws_at = step::none;
  std::error_code error{};
  std::string to_read = "abcdefghijklmnopqrstuvwxyz";

  // What has been done.
  int made = 0;
  int destroyed = 0;
  int asked = 0;
  int suspended = 0;
  int resumed = 0;
  int streams_destroyed = 0;
  operation last{};
  std::string written;
  bool ended = false;
  std::uintptr_t misaligned = 0;

  // The coroutine that waits, and what it has handed over.
  io::coro waiting;
  io::executor_ref executor;
  snug::inplace_stop_token stop;

  void go_on() { std::exchange(waiting, nullptr).resume(); }
  int pending() const noexcept { return made - destroyed; }
  void enter(step here) const {
    if (throws_at == here) {
      throw std::runtime_error("as the script says");
    }
  }
};

template <operation Operation, class Buffer, bool NothrowReady, std::size_t Align>
class alignas(Align) scripted_awaitable {
public:
  scripted_awaitable(script &of, std::span<Buffer const> buffers) : script_(&of), buffers_(buffers) {
    of.last = Operation;
    of.enter(step::construct);
    of.misaligned |=
        reinterpret_cast<std::uintptr_t>(this) % Align; // an implementation-defined number, [expr.reinterpret.cast]/4
    ++of.made;
  }
  scripted_awaitable(scripted_awaitable &&) = delete;
  ~scripted_awaitable() {
    ++script_->destroyed;
    script_->waiting = nullptr;
  }

  bool await_ready() noexcept(NothrowReady) {
    ++script_->asked;
    if constexpr (!NothrowReady) {
      script_->enter(step::ready);
    }
    return script_->ready;
  }
  template <io::executor_handle Handle> io::coro await_suspend(io::coro h, Handle ex, snug::inplace_stop_token stop) {
    ++script_->suspended;
    script_->enter(step::suspend);
    script_->waiting = h;
    script_->executor = ex;
    script_->stop = stop;
    return std::noop_coroutine();
  }
  auto await_resume() {
    ++script_->resumed;
    script_->enter(step::resume);
    if constexpr (Operation == operation::write_eof) {
      script_->ended = true;
      return io::io_result<>{script_->error};
    } else {
      return io::io_result<std::size_t>{script_->error, transfer()};
    }
  }

private:
  std::size_t transfer() {
    if constexpr (Operation == operation::read_some || Operation == operation::read) {
      std::size_t const n = io::buffer_copy(buffers_, io::buffer(std::as_const(script_->to_read)));
      script_->to_read.erase(0, n);
      return n;
    } else {
      std::size_t const n = io::buffer_size(buffers_);
      for (io::const_buffer const one : buffers_) {
        script_->written.append(static_cast<char const *>(one.data()), one.size());
      }
      script_->ended = Operation == operation::write_last;
      return n;
    }
  }

  script *script_;
  std::span<Buffer const> buffers_;
};

// Can only be moved.
template <bool NothrowReady = true, std::size_t Align = alignof(void *)> class scripted_stream {
  template <operation Operation, class Buffer>
  using awaitable = scripted_awaitable<Operation, Buffer, NothrowReady, Align>;
  struct counted {
    void operator()(script *of) const noexcept { ++of->streams_destroyed; }
  };

public:
  explicit scripted_stream(script &of) noexcept : script_(&of) {}

  awaitable<operation::read_some, io::mutable_buffer> read_some(std::span<io::mutable_buffer const> into) {
    return {*script_, into};
  }
  awaitable<operation::read, io::mutable_buffer> read(std::span<io::mutable_buffer const> into) {
    return {*script_, into};
  }
  awaitable<operation::write_some, io::const_buffer> write_some(std::span<io::const_buffer const> from) {
    return {*script_, from};
  }
  awaitable<operation::write, io::const_buffer> write(std::span<io::const_buffer const> from) {
    return {*script_, from};
  }
  awaitable<operation::write_last, io::const_buffer> write_eof(std::span<io::const_buffer const> from) {
    return {*script_, from};
  }
  awaitable<operation::write_eof, io::const_buffer> write_eof() { return {*script_, {}}; }

private:
  std::unique_ptr<script, counted> script_;
};

} // namespace snug_test

#endif
