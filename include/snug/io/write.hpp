// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Writes all of what is in buffers, to any stream.
#ifndef SNUG_IO_WRITE_HPP
#define SNUG_IO_WRITE_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/detail/composed.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/task.hpp>

#include <cstddef>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class Stream, class Buffers> struct write_steps {
  bool at_once(transferred &) const { return buffer_empty(buffers); }
  template <class Handle> basic_task<Handle, transferred> run() const { return loop<Handle>(stream, buffers); }

  template <class Handle> static basic_task<Handle, transferred> loop(Stream &to, Buffers from) {
    transferred result;
    for (;;) {
      remaining_buffers<const_buffer> const rest(from, result.value);
      if (rest.empty()) {
        break;
      }
      auto operation = to.write_some(rest);
      auto const [ec, n] = co_await operation;
      result.value += n;
      if (ec) {
        result.ec = ec;
        break;
      }
    }
    co_return result;
  }

  Stream &stream;
  Buffers buffers;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// Writes all: `auto [ec, n] = co_await write(stream, buffer(bytes));`
///
/// A stream with a `write` of its own, as sockets have one, does it by itself; of others `write_some` is awaited as often
/// as it takes.
/// State:      the stream's own; otherwise a frame while it is awaited, from the same place as those of tasks.
/// Lifetime:   the stream and the bytes outlive it; the sequence of buffers is copied.
/// Errors:     those of the stream; beside an error n says how much was written.
template <class Stream, const_buffer_sequence Buffers> auto write(Stream &to, Buffers const &from) {
  if constexpr (requires { to.write(from); }) {
    return to.write(Buffers(from));
  } else {
    return detail::composed(detail::write_steps<Stream, Buffers>{to, from});
  }
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
