// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Writes all of what is in buffers, to any stream.
#ifndef SNUG_IO_WRITE_HPP
#define SNUG_IO_WRITE_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/detail/composed.hpp>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

struct writes_some {
  static auto of(auto &stream, auto const &buffers) { return stream.write_some(buffers); }
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
    return detail::composed(detail::transfer_steps<detail::writes_some, const_buffer, Stream, Buffers>{to, from});
  }
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
