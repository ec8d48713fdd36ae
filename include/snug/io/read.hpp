// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads until buffers are full, from any stream.
#ifndef SNUG_IO_READ_HPP
#define SNUG_IO_READ_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/detail/composed.hpp>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

struct reads_some {
  static auto of(auto &stream, auto const &buffers) { return stream.read_some(buffers); }
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
    return detail::composed(detail::transfer_steps<detail::reads_some, mutable_buffer, Stream, Buffers>{from, into});
  }
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
