// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory for coroutine frames from any allocator, given back without knowing which.
#ifndef SNUG_DETAIL_FRAME_ALLOCATION_HPP
#define SNUG_DETAIL_FRAME_ALLOCATION_HPP

#include <snug/detail/allocate.hpp>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::detail {

// What frames are allocated in: the alignment that a frame may ask for.
struct alignas(__STDCPP_DEFAULT_NEW_ALIGNMENT__) frame_block {
  unsigned char bytes[__STDCPP_DEFAULT_NEW_ALIGNMENT__];
};

// Behind each frame stands how to give it back, and behind that the allocator.
using deallocate_frame_t = void(void *frame, std::size_t size) noexcept;

constexpr std::size_t aligned_up(std::size_t offset, std::size_t alignment) noexcept {
  return (offset + alignment - 1) / alignment * alignment;
}
constexpr std::size_t frame_end(std::size_t size) noexcept { return aligned_up(size, alignof(deallocate_frame_t *)); }

template <class Allocator> class frame_allocation {
  using allocator = rebound_t<Allocator, frame_block>;
  using pointer = decltype(std::declval<allocator &>().allocate(1));

  static_assert(std::is_pointer_v<pointer>,
                "a coroutine frame lies behind a pointer: the allocator has a class for one");

  // An allocator without state is made again.
  static constexpr bool is_kept = !(std::is_empty_v<allocator> && std::is_default_constructible_v<allocator>);

  static constexpr std::size_t allocator_place(std::size_t size) noexcept {
    return aligned_up(frame_end(size) + sizeof(deallocate_frame_t *), alignof(allocator));
  }
  static constexpr std::size_t blocks(std::size_t size) noexcept {
    std::size_t const end =
        is_kept ? allocator_place(size) + sizeof(allocator) : frame_end(size) + sizeof(deallocate_frame_t *);
    return (end + sizeof(frame_block) - 1) / sizeof(frame_block);
  }
  static void *at(void *frame, std::size_t offset) noexcept { return static_cast<unsigned char *>(frame) + offset; }

public:
  static void *allocate(std::size_t size, Allocator const &from) {
    static_assert(alignof(allocator) <= alignof(frame_block), "the allocator needs more alignment than frames have");
    allocator own(from);
    void *const frame = own.allocate(blocks(size));
    ::new (at(frame, frame_end(size))) deallocate_frame_t *(&deallocate);
    if constexpr (is_kept) {
      ::new (at(frame, allocator_place(size))) allocator(std::move(own));
    }
    return frame;
  }

private:
  static void deallocate(void *frame, std::size_t size) noexcept {
    if constexpr (is_kept) {
      auto &kept = *std::launder(static_cast<allocator *>(at(frame, allocator_place(size))));
      allocator own(std::move(kept));
      kept.~allocator();
      own.deallocate(static_cast<frame_block *>(frame), blocks(size));
    } else {
      allocator().deallocate(static_cast<frame_block *>(frame), blocks(size));
    }
  }
};

// Gives back what any frame_allocation has allocated.
inline void deallocate_frame(void *frame, std::size_t size) noexcept {
  void *const place = static_cast<unsigned char *>(frame) + frame_end(size);
  (*std::launder(static_cast<deallocate_frame_t **>(place)))(frame, size);
}

} // namespace snug::detail

#endif
