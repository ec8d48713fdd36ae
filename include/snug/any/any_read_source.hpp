// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Anything that data can be read from, in part or as much as is wanted.
#ifndef SNUG_ANY_ANY_READ_SOURCE_HPP
#define SNUG_ANY_ANY_READ_SOURCE_HPP

#include <snug/any/calls.hpp>
#include <snug/any/erased_buffers.hpp>
#include <snug/any/erased_operation.hpp>
#include <snug/any/erased_stream.hpp>
#include <snug/any/split_vtable.hpp>
#include <snug/detail/traits.hpp>
#include <snug/expect.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/executor_ptr.hpp>

namespace snug::io {

/// Any source with `read_some` and `read`, as one type.
///
/// Reading into no bytes completes without asking the source. Otherwise the inner awaitable is made in await_suspend(),
/// in room for the larger of the two kinds that was allocated with the wrapper; where it completes at once the coroutine
/// goes on without a detour through its executor. No operation allocates.
///
/// State:      a pointer each to the source, to a table of 32 bytes, to the block, and to the operation that is pending,
///             which has a pointer to the table of its awaitable, 32 bytes more: 32 bytes (x86-64, Itanium ABI), held by
///             any/sizes_test.cpp.
/// Threads:    as the source; one operation at a time.
/// Otherwise as basic_any_read_stream.
template <class Handle>
class SNUG(size(32), padding(0), cache_lines(1)) basic_any_read_source
    : public detail::erased_stream<detail::split_vtable<Handle, mutable_buffer>> {
  using wrapper = detail::split_wrapper<Handle, mutable_buffer, detail::read_some_call, detail::read_call>;
  using base = detail::erased_stream<typename wrapper::vtable>;
  template <class S> using owning = typename wrapper::template owning<S>;
  template <class S> using referring = typename wrapper::template referring<S>;
  template <class Buffers, unsigned Operation>
  using operation = detail::erased_operation<typename wrapper::vtable, Buffers, Operation,
                                             detail::made_in::await_suspend, detail::empty_buffers::complete>;

public:
  using handle_type = Handle;

  /// Holds no source.
  basic_any_read_source() = default;
  /// Owns the source, which is moved into the block.
  template <class S>
    requires(!snug::detail::is_same<S, basic_any_read_source> && wrapper::template takes<S>)
  basic_any_read_source(S source)
      : base(owning<S>(), wrapper::template table<S, owning<S>>(), static_cast<S &&>(source)) {}
  /// Refers to a source that outlives the wrapper.
  template <class S>
    requires(wrapper::template takes<S>)
  basic_any_read_source(S *source) : base(referring<S>(), wrapper::template table<S, referring<S>>(), source) {}

  /// Reads at least one byte, at most as many as there is room for: an io_awaitable of io_result<std::size_t>.
  template <mutable_buffer_sequence Buffers> auto read_some(Buffers const &buffers) {
    return operation<Buffers, 0>(*this, buffers);
  }
  /// Reads until the buffers are full, or until an error or the end: an io_awaitable of io_result<std::size_t>.
  template <mutable_buffer_sequence Buffers> auto read(Buffers const &buffers) {
    static_assert(
        detail::whole_buffers<Buffers, mutable_buffer>,
        "any_read_source::read takes one buffer or a span, array or vector of mutable_buffer: it hands them on "
        "whole, and must not copy a list whose length it does not know");
    return operation<Buffers, 1>(*this, buffers);
  }
};

/// The one that io::task can await.
using any_read_source = basic_any_read_source<executor_ptr>;

} // namespace snug::io

#endif
