// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The table of a wrapper with one operation: everything in one cache line.
#ifndef SNUG_ANY_FLAT_VTABLE_HPP
#define SNUG_ANY_FLAT_VTABLE_HPP

#include <snug/any/awaitable_functions.hpp>
#include <snug/any/made_awaitable.hpp>
#include <snug/expect.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <span>

namespace snug::io::detail {

// All functions of the one operation and of the stream, in the order in which an operation that completes at once needs
// them: 64 bytes, which lie in one cache line.
template <class Handle, class Buffer>
struct SNUG(size(64), align(64), padding(0), cache_lines(1)) alignas(64) flat_vtable {
  using handle_type = Handle;
  using buffer_type = Buffer;
  using awaitable_table = flat_vtable;

  // Storage first: where the stream returns its awaitable in memory, the arguments are in their registers already.
  readiness (*construct_awaitable)(void *storage, void *stream, std::span<Buffer const> buffers);
  bool (*await_ready)(void *storage);
  coro (*await_suspend)(void *storage, coro h, Handle ex, inplace_stop_token stop);
  io_result<std::size_t> (*await_resume)(void *storage); // and destroys the awaitable
  void (*destroy_awaitable)(void *storage) noexcept;     // of an operation that is given up
  std::size_t awaitable_size;                            // of the block: 0 where it is not the wrapper's own
  std::size_t awaitable_align;
  void (*destroy)(void *stream) noexcept; // null where there is nothing to destroy

  made_awaitable<flat_vtable> make(auto, void *stream, void *storage, std::span<Buffer const> buffers) const {
    return {this, construct_awaitable(storage, stream, buffers)};
  }
  void give_up(void *storage) const noexcept { destroy_awaitable(storage); }
};

// Call says which member function of the stream it is.
template <class Stream, class Call, class Block, class Handle, class Buffer> struct flat_vtable_of {
  using awaitable = typename Call::template awaitable<Stream>;
  using functions = awaitable_functions<awaitable, Handle>;

  static readiness construct(void *storage, void *stream, std::span<Buffer const> buffers) {
    // From void, [expr.static.cast]/14: the constructor of the wrapper put the address of a Stream beside this table.
    return functions::make(storage, [&] { return Call::on(*static_cast<Stream *>(stream), buffers); });
  }
  static constexpr flat_vtable<Handle, Buffer> table{&construct,
                                                     &functions::await_ready,
                                                     &functions::await_suspend,
                                                     &functions::await_resume,
                                                     &functions::destroy,
                                                     Block::size,
                                                     Block::alignment,
                                                     Block::destroy};
};

} // namespace snug::io::detail

#endif
