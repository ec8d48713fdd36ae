// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Any stream that can be read from and written to.
#ifndef SNUG_ANY_ANY_STREAM_HPP
#define SNUG_ANY_ANY_STREAM_HPP

#include <snug/any/any_read_stream.hpp>
#include <snug/any/any_write_stream.hpp>
#include <snug/any/block.hpp>
#include <snug/any/calls.hpp>
#include <snug/any/erased_stream.hpp>
#include <snug/detail/traits.hpp>
#include <snug/expect.hpp>
#include <snug/io/executor_ptr.hpp>

namespace snug::io {

/// Any stream with `read_some` and `write_some`, as one type; also a basic_any_read_stream and a basic_any_write_stream,
/// for functions that take a reference to either.
///
/// Two operations, each with a flat table: reading touches one half of the wrapper and one table, writing the others.
/// A reading and a writing operation may be pending at the same time.
///
/// State:      64 bytes (x86-64, Itanium ABI), held by any/sizes_test.cpp, and one block with room for an awaitable of
///             each kind.
/// Otherwise as basic_any_read_stream and basic_any_write_stream.
template <class Handle>
class SNUG(size(64), padding(0), cache_lines(1)) basic_any_stream : public basic_any_read_stream<Handle>,
                                                                    public basic_any_write_stream<Handle> {
  using reading = basic_any_read_stream<Handle>;
  using writing = basic_any_write_stream<Handle>;
  template <class S>
  using rooms = detail::two_rooms<detail::awaitable_room<typename detail::read_some_call::awaitable<S>>,
                                  detail::awaitable_room<typename detail::write_some_call::awaitable<S>>>;

public:
  using handle_type = Handle;

  /// Holds no stream.
  basic_any_stream() = default;
  /// Owns the stream, which is moved into the block.
  template <class S>
    requires(!snug::detail::is_same<S, basic_any_stream> &&
             detail::calls_on<S, Handle, detail::read_some_call, detail::write_some_call>)
  basic_any_stream(S stream)
      : reading(detail::owning_block<S, rooms<S>>(), static_cast<S &&>(stream)),
        writing(detail::borrowed_t(), this->template stream_as<S>(), this->template room_at<S>()) {}
  /// Refers to a stream that outlives the wrapper.
  template <class S>
    requires detail::calls_on<S, Handle, detail::read_some_call, detail::write_some_call>
  basic_any_stream(S *stream)
      : reading(detail::referring_block<rooms<S>>(), stream),
        writing(detail::borrowed_t(), stream, this->template room_at<S>()) {}

  basic_any_stream(basic_any_stream &&) = default;
  basic_any_stream &operator=(basic_any_stream &&other) noexcept {
    // The part that has the block goes last.
    writing::operator=(static_cast<writing &&>(other));
    reading::operator=(static_cast<reading &&>(other));
    return *this;
  }

  using reading::operator bool;

private:
  // From void, [expr.static.cast]/14: the address of the stream that the reading part has just made.
  template <class S> S *stream_as() const noexcept { return static_cast<S *>(reading::stream()); }
  template <class S> void *room_at() const noexcept {
    return static_cast<unsigned char *>(reading::storage()) + rooms<S>::second;
  }
};

/// The one that io::task can await.
using any_stream = basic_any_stream<executor_ptr>;

} // namespace snug::io

#endif
