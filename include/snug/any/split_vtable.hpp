// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The table of a wrapper with several operations, and the tables of their awaitables.
#ifndef SNUG_ANY_SPLIT_VTABLE_HPP
#define SNUG_ANY_SPLIT_VTABLE_HPP

#include <snug/any/awaitable_functions.hpp>
#include <snug/any/block.hpp>
#include <snug/any/calls.hpp>
#include <snug/any/made_awaitable.hpp>
#include <snug/expect.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace snug::io::detail {

// The functions of one type of awaitable.
template <class Handle> struct SNUG(size(32), align(32), padding(0), cache_lines(1)) alignas(32) awaitable_ops {
  bool (*await_ready)(void *storage);
  coro (*await_suspend)(void *storage, coro h, Handle ex, inplace_stop_token stop);
  io_result<std::size_t> (*await_resume)(void *storage); // and destroys the awaitable
  void (*destroy)(void *storage) noexcept;               // of an operation that is given up

  void give_up(void *storage) const noexcept { destroy(storage); }
};

template <class Awaitable, class Handle>
inline constexpr awaitable_ops<Handle> awaitable_ops_of{
    &awaitable_functions<Awaitable, Handle>::await_ready, &awaitable_functions<Awaitable, Handle>::await_suspend,
    &awaitable_functions<Awaitable, Handle>::await_resume, &awaitable_functions<Awaitable, Handle>::destroy};

// The functions of the stream. Which operation it is, construct_awaitable is told.
template <class Handle, class Buffer>
struct SNUG(size(32), align(32), padding(0), cache_lines(1)) alignas(32) split_vtable {
  using handle_type = Handle;
  using buffer_type = Buffer;
  using awaitable_table = awaitable_ops<Handle>;
  using made = made_awaitable<awaitable_table>;

  // In this order for the same reason as in a flat table.
  made (*construct_awaitable)(void *storage, void *stream, std::span<Buffer const> buffers, unsigned operation);
  std::size_t awaitable_size; // of the block
  std::size_t awaitable_align;
  void (*destroy)(void *stream) noexcept; // null where there is nothing to destroy

  template <unsigned Operation>
  made make(std::integral_constant<unsigned, Operation>, void *stream, void *storage,
            std::span<Buffer const> buffers) const {
    return construct_awaitable(storage, stream, buffers, Operation);
  }
};

// Calls are the operations, numbered from 0.
template <class Stream, class Block, class Handle, class Buffer, class... Calls> struct split_vtable_of {
  using made = made_awaitable<awaitable_ops<Handle>>;

  template <class Call> static made construct_one(Stream &stream, void *storage, std::span<Buffer const> buffers) {
    using awaitable = typename Call::template awaitable<Stream>;
    return {&awaitable_ops_of<awaitable, Handle>,
            awaitable_functions<awaitable, Handle>::make(storage, [&] { return Call::on(stream, buffers); })};
  }

  template <unsigned First, class Call, class... Rest>
  static made construct_from(Stream &stream, void *storage, [[maybe_unused]] unsigned operation,
                             std::span<Buffer const> buffers) {
    if constexpr (sizeof...(Rest) != 0) {
      if (operation != First) {
        return construct_from<First + 1, Rest...>(stream, storage, operation, buffers);
      }
    }
    return construct_one<Call>(stream, storage, buffers);
  }

  static made construct(void *storage, void *stream, std::span<Buffer const> buffers, unsigned operation) {
    // From void, [expr.static.cast]/14: the constructor of the wrapper put the address of a Stream beside this table.
    return construct_from<0, Calls...>(*static_cast<Stream *>(stream), storage, operation, buffers);
  }
  static constexpr split_vtable<Handle, Buffer> table{&construct, Block::size, Block::alignment, Block::destroy};
};

// What a wrapper with these operations needs for each type of stream.
template <class Handle, class Buffer, class... Calls> struct split_wrapper {
  using vtable = split_vtable<Handle, Buffer>;

  template <class S> static constexpr bool takes = calls_on<S, Handle, Calls...>;
  template <class S> using room = awaitable_room<typename Calls::template awaitable<S>...>;
  template <class S> using owning = owning_block<S, room<S>>;
  template <class S> using referring = referring_block<room<S>>;
  // A function: g++ 12 does not find a variable template here.
  template <class S, class Block> static constexpr vtable const &table() noexcept {
    return split_vtable_of<S, Block, Handle, Buffer, Calls...>::table;
  }
};

} // namespace snug::io::detail

#endif
