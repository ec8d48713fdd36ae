// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Any stream that can be written to.
#ifndef SNUG_ANY_ANY_WRITE_STREAM_HPP
#define SNUG_ANY_ANY_WRITE_STREAM_HPP

#include <snug/any/block.hpp>
#include <snug/any/calls.hpp>
#include <snug/any/erased_operation.hpp>
#include <snug/any/erased_stream.hpp>
#include <snug/any/flat_vtable.hpp>
#include <snug/detail/traits.hpp>
#include <snug/expect.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/executor_ptr.hpp>

namespace snug::io {

template <class Handle> class basic_any_stream;

/// Any stream with `write_some`, as one type.
///
/// Writing no bytes completes without asking the stream. Otherwise the inner awaitable is made in await_suspend(), in
/// room that was allocated with the wrapper; where it completes at once the coroutine goes on without a detour through
/// its executor. No operation allocates.
///
/// State:      as basic_any_read_stream: 32 bytes (x86-64, Itanium ABI), held by any/sizes_test.cpp, and one block.
/// Threads:    as the stream; one operation at a time.
/// Lifetime:   destroying the wrapper, or the coroutine that awaits, gives up the operation that is pending: its inner
///             awaitable is destroyed. Not to be moved while an operation is pending (asserted); buffers outlive the
///             operation.
/// Errors:     exceptions of the stream leave co_await.
/// Complexity: two calls through the table where an operation completes at once, one more where it suspends, and one
///             more where await_ready() of the inner awaitable is not noexcept.
template <class Handle>
class SNUG(size(32), padding(0), cache_lines(1)) basic_any_write_stream
    : public detail::erased_stream<detail::flat_vtable<Handle, const_buffer>> {
  using vtable = detail::flat_vtable<Handle, const_buffer>;
  using base = detail::erased_stream<vtable>;
  template <class S> using room = detail::awaitable_room<typename detail::write_some_call::awaitable<S>>;
  template <class S> using owning = detail::owning_block<S, room<S>>;
  template <class S> using referring = detail::referring_block<room<S>>;
  template <class S, class Block>
  static constexpr vtable const &table =
      detail::flat_vtable_of<S, detail::write_some_call, Block, Handle, const_buffer>::table;

public:
  using handle_type = Handle;

  /// Holds no stream.
  basic_any_write_stream() = default;
  /// Owns the stream, which is moved into the block.
  template <class S>
    requires(!snug::detail::is_same<S, basic_any_write_stream> && detail::calls_on<S, Handle, detail::write_some_call>)
  basic_any_write_stream(S stream) : base(owning<S>(), table<S, owning<S>>, static_cast<S &&>(stream)) {}
  /// Refers to a stream that outlives the wrapper.
  template <class S>
    requires detail::calls_on<S, Handle, detail::write_some_call>
  basic_any_write_stream(S *stream) : base(referring<S>(), table<S, referring<S>>, stream) {}

  basic_any_write_stream(basic_any_write_stream &&) = default;
  basic_any_write_stream &operator=(basic_any_write_stream &&) = default;
  /// Half of a stream cannot be taken from it.
  basic_any_write_stream &operator=(basic_any_stream<Handle> &&) = delete;

  /// Writes at least one byte, at most those of the buffers: an io_awaitable of io_result<std::size_t>.
  template <const_buffer_sequence Buffers> auto write_some(Buffers const &buffers) {
    return detail::erased_operation<vtable, Buffers, 0, detail::made_in::await_suspend,
                                    detail::empty_buffers::complete>(*this, buffers);
  }

protected:
  // A part of basic_any_stream, whose other part has the block.
  template <class S>
  basic_any_write_stream(detail::borrowed_t borrowed, S *stream, void *storage) noexcept
      : base(borrowed, table<S, detail::borrowed_block>, stream, storage) {}
};

/// The one that io::task can await.
using any_write_stream = basic_any_write_stream<executor_ptr>;

} // namespace snug::io

#endif
