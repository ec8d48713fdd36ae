// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The member functions of streams, sources and sinks that can be called behind a type-erased one.
#ifndef SNUG_ANY_CALLS_HPP
#define SNUG_ANY_CALLS_HPP

#include <snug/any/awaitable_functions.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/io_result.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

namespace snug::io::detail {

// Each names what it is called with and what it yields; on() calls it. The span is handed over as an rvalue: streams may
// refer to sequences that are lvalues until the operation is done.
struct read_some_call {
  using result = io_result<std::size_t>;
  using buffers = std::span<mutable_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().read_some(std::declval<buffers>()));
  template <class S> static awaitable<S> on(S &stream, buffers into) { return stream.read_some(std::move(into)); }
};
struct read_call {
  using result = io_result<std::size_t>;
  using buffers = std::span<mutable_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().read(std::declval<buffers>()));
  template <class S> static awaitable<S> on(S &stream, buffers into) { return stream.read(std::move(into)); }
};
struct write_some_call {
  using result = io_result<std::size_t>;
  using buffers = std::span<const_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().write_some(std::declval<buffers>()));
  template <class S> static awaitable<S> on(S &stream, buffers from) { return stream.write_some(std::move(from)); }
};
struct write_call {
  using result = io_result<std::size_t>;
  using buffers = std::span<const_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().write(std::declval<buffers>()));
  template <class S> static awaitable<S> on(S &stream, buffers from) { return stream.write(std::move(from)); }
};
struct write_last_call {
  using result = io_result<std::size_t>;
  using buffers = std::span<const_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().write_eof(std::declval<buffers>()));
  template <class S> static awaitable<S> on(S &stream, buffers from) { return stream.write_eof(std::move(from)); }
};
struct write_eof_call {
  using result = io_result<>;
  using buffers = std::span<const_buffer const>;
  template <class S> using awaitable = decltype(std::declval<S &>().write_eof());
  template <class S> static awaitable<S> on(S &stream, buffers) { return stream.write_eof(); }
};

// A stream with these member functions, which tasks with this storage of executors can await.
template <class S, class Handle, class... Calls>
concept calls_on = std::is_object_v<S> && (requires { typename Calls::template awaitable<S>; } && ...) &&
                   (awaitable_yielding<typename Calls::template awaitable<S>, Handle, typename Calls::result> && ...);

} // namespace snug::io::detail

#endif
