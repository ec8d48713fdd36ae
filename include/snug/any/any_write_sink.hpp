// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Anything that data can be written to, in part or whole, up to its end.
#ifndef SNUG_ANY_ANY_WRITE_SINK_HPP
#define SNUG_ANY_ANY_WRITE_SINK_HPP

#include <snug/any/calls.hpp>
#include <snug/any/erased_buffers.hpp>
#include <snug/any/erased_operation.hpp>
#include <snug/any/erased_stream.hpp>
#include <snug/any/split_vtable.hpp>
#include <snug/detail/traits.hpp>
#include <snug/expect.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/io_result.hpp>

namespace snug::io {

/// Any sink with `write_some`, `write`, `write_eof(buffers)` and `write_eof()`, as one type.
///
/// Writing no bytes completes without asking the sink, unless they are the last: the end is always passed on. The inner
/// awaitable is made in await_suspend(), in room for the largest of the four kinds that was allocated with the wrapper;
/// where it completes at once the coroutine goes on without a detour through its executor. No operation allocates.
///
/// State:      as basic_any_read_source: 32 bytes (x86-64, Itanium ABI), held by any/sizes_test.cpp, and one block.
/// Threads:    as the sink; one operation at a time.
/// Otherwise as basic_any_read_stream.
template <class Handle>
class SNUG(size(32), padding(0), cache_lines(1)) basic_any_write_sink
    : public detail::erased_stream<detail::split_vtable<Handle, const_buffer>> {
  using wrapper = detail::split_wrapper<Handle, const_buffer, detail::write_some_call, detail::write_call,
                                        detail::write_last_call, detail::write_eof_call>;
  using base = detail::erased_stream<typename wrapper::vtable>;
  template <class S> using owning = typename wrapper::template owning<S>;
  template <class S> using referring = typename wrapper::template referring<S>;
  template <class Buffers, unsigned Operation, detail::empty_buffers Empty, class Result = io_result<std::size_t>>
  using operation = detail::erased_operation<typename wrapper::vtable, Buffers, Operation,
                                             detail::made_in::await_suspend, Empty, Result>;

public:
  using handle_type = Handle;

  /// Holds no sink.
  basic_any_write_sink() = default;
  /// Owns the sink, which is moved into the block.
  template <class S>
    requires(!snug::detail::is_same<S, basic_any_write_sink> && wrapper::template takes<S>)
  basic_any_write_sink(S sink) : base(owning<S>(), wrapper::template table<S, owning<S>>(), static_cast<S &&>(sink)) {}
  /// Refers to a sink that outlives the wrapper.
  template <class S>
    requires(wrapper::template takes<S>)
  basic_any_write_sink(S *sink) : base(referring<S>(), wrapper::template table<S, referring<S>>(), sink) {}

  /// Writes at least one byte, at most those of the buffers: an io_awaitable of io_result<std::size_t>.
  template <const_buffer_sequence Buffers> auto write_some(Buffers const &buffers) {
    return operation<Buffers, 0, detail::empty_buffers::complete>(*this, buffers);
  }
  /// Writes all bytes, or until an error: an io_awaitable of io_result<std::size_t>.
  template <const_buffer_sequence Buffers> auto write(Buffers const &buffers) {
    static_assert(detail::whole_buffers<Buffers, const_buffer>,
                  "any_write_sink::write takes one buffer or a span, array or vector of const_buffer: it hands them on "
                  "whole, and must not copy a list whose length it does not know");
    return operation<Buffers, 1, detail::empty_buffers::complete>(*this, buffers);
  }
  /// Writes all bytes, which are the last, and the end: an io_awaitable of io_result<std::size_t>.
  template <const_buffer_sequence Buffers> auto write_eof(Buffers const &buffers) {
    static_assert(
        detail::whole_buffers<Buffers, const_buffer>,
        "any_write_sink::write_eof takes one buffer or a span, array or vector of const_buffer: it hands them "
        "on whole, and must not copy a list whose length it does not know");
    return operation<Buffers, 2, detail::empty_buffers::are_passed_on>(*this, buffers);
  }
  /// Writes the end: an io_awaitable of io_result<>.
  auto write_eof() {
    return operation<detail::no_buffers, 3, detail::empty_buffers::are_passed_on, io_result<>>(*this,
                                                                                               detail::no_buffers());
  }
};

/// The one that io::task can await.
using any_write_sink = basic_any_write_sink<executor_ptr>;

} // namespace snug::io

#endif
