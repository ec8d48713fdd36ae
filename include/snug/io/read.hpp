// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads until buffers are full, from any stream.
#ifndef SNUG_IO_READ_HPP
#define SNUG_IO_READ_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/detail/composed.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/task.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class Stream, class Buffers> struct read_steps {
  bool at_once(transferred &) const { return buffer_empty(buffers); }
  template <class Handle> basic_task<Handle, transferred> run() const { return loop<Handle>(stream, buffers); }

  template <class Handle> static basic_task<Handle, transferred> loop(Stream &from, Buffers into) {
    transferred result;
    for (;;) {
      remaining_buffers<mutable_buffer> const rest(into, result.value);
      if (rest.empty()) {
        break;
      }
      auto operation = from.read_some(rest);
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

/// Reads until the buffers are full: `auto [ec, n] = co_await read(stream, buffer(bytes));`
///
/// A stream with a `read` of its own, as sockets have one, does it by itself; of others `read_some` is awaited as often as
/// it takes.
/// State:      the stream's own; otherwise a frame while it is awaited, from the same place as those of tasks.
/// Lifetime:   the stream and the bytes outlive it; the sequence of buffers is copied.
/// Errors:     those of the stream, error::eof among them; beside an error n says how much was read.
template <class Stream, mutable_buffer_sequence Buffers> auto read(Stream &from, Buffers const &into) {
  if constexpr (requires { from.read(into); }) {
    return from.read(Buffers(into));
  } else {
    return detail::composed(detail::read_steps<Stream, Buffers>{from, into});
  }
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
