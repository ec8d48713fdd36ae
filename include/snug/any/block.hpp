// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one allocation of a type-erased stream: room for its awaitables, and for the stream if it owns it.
#ifndef SNUG_ANY_BLOCK_HPP
#define SNUG_ANY_BLOCK_HPP

#include <cstddef>
#include <new>
#include <type_traits>

namespace snug::io::detail {

constexpr std::size_t round_up(std::size_t offset, std::size_t alignment) noexcept {
  return (offset + alignment - 1) / alignment * alignment;
}

inline void *allocate_block(std::size_t size, std::size_t alignment) {
  return alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? ::operator new(size, std::align_val_t(alignment))
                                                      : ::operator new(size);
}
inline void deallocate_block(void *block, std::size_t alignment) noexcept {
  if (alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
    ::operator delete(block, std::align_val_t(alignment));
  } else {
    ::operator delete(block);
  }
}

// Room for one awaitable at a time, the largest of several. What comes behind it starts at its size.
template <class... Awaitables> struct awaitable_room {
  static constexpr std::size_t size = [] {
    std::size_t most = 0;
    ((most = most < sizeof(Awaitables) ? sizeof(Awaitables) : most), ...);
    return most;
  }();
  static constexpr std::size_t alignment = [] {
    std::size_t most = 1;
    ((most = most < alignof(Awaitables) ? alignof(Awaitables) : most), ...);
    return most;
  }();
};

// Two rooms side by side, for operations that may be pending at the same time.
template <class First, class Second> struct two_rooms {
  static constexpr std::size_t second = round_up(First::size, Second::alignment);
  static constexpr std::size_t size = second + Second::size;
  static constexpr std::size_t alignment = First::alignment < Second::alignment ? Second::alignment : First::alignment;
};

using destroy_t = void(void *stream) noexcept;

// The block of a wrapper that owns its stream, which lies behind the room for awaitables.
template <class Stream, class Room> struct owning_block {
  static constexpr std::size_t stream = round_up(Room::size, alignof(Stream));
  static constexpr std::size_t size = stream + sizeof(Stream);
  static constexpr std::size_t alignment = Room::alignment < alignof(Stream) ? alignof(Stream) : Room::alignment;

  // From void, [expr.static.cast]/14: the address that make() returned.
  static void destroy_stream(void *stream) noexcept { static_cast<Stream *>(stream)->~Stream(); }
  static constexpr destroy_t *destroy = std::is_trivially_destructible_v<Stream> ? nullptr : &destroy_stream;

  // Makes the stream in a fresh block, which is given back where the stream's constructor throws.
  static Stream *make(void *block, Stream &&from) {
    void *const place = static_cast<unsigned char *>(block) + stream;
    if constexpr (std::is_nothrow_move_constructible_v<Stream>) {
      return ::new (place) Stream(static_cast<Stream &&>(from));
    } else {
      try {
        return ::new (place) Stream(static_cast<Stream &&>(from));
      } catch (...) {
        deallocate_block(block, alignment);
        throw;
      }
    }
  }
};

// The block of a wrapper that refers to its stream.
template <class Room> struct referring_block {
  static constexpr std::size_t size = Room::size;
  static constexpr std::size_t alignment = Room::alignment;
  static constexpr destroy_t *destroy = nullptr;
};

// A wrapper whose room is in the block of another.
struct borrowed_block {
  static constexpr std::size_t size = 0;
  static constexpr std::size_t alignment = 1;
  static constexpr destroy_t *destroy = nullptr;
};

} // namespace snug::io::detail

#endif
