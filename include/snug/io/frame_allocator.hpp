// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory for the frames of tasks: used again and again, so that a steady state allocates nothing.
#ifndef SNUG_IO_FRAME_ALLOCATOR_HPP
#define SNUG_IO_FRAME_ALLOCATOR_HPP

#include <bit>
#include <cstddef>
#include <new>

namespace snug::io {

/// Where the tasks of an environment take the memory for their frames from (io_env::frames).
///
/// Threads:    tasks allocate and deallocate where they run.
/// Lifetime:   outlives the tasks.
class frame_allocator {
public:
  /// Memory as ::operator new returns it, aligned for any object without extended alignment.
  virtual void *allocate(std::size_t size) = 0;
  virtual void deallocate(void *frame, std::size_t size) noexcept = 0;

protected:
  frame_allocator() = default;
  frame_allocator(frame_allocator const &) = default;
  frame_allocator &operator=(frame_allocator const &) = default;
  ~frame_allocator() = default;
};

namespace detail {

// Sizes of frames that are kept together: one class for each 32 bytes up to 1 KiB, then 16 between a power of two and the
// next up to 64 KiB, so that at most a sixteenth of a large frame is wasted. Each is a multiple of 16 and 8 more, as that
// is what mallocs have room for that keep 8 bytes for themselves. Larger frames are not kept.
struct frame_classes {
  static constexpr std::size_t step = 32;
  static constexpr std::size_t fine = 1024;
  static constexpr std::size_t fine_classes = fine / step;
  static constexpr std::size_t parts = 16; // of a doubling
  static constexpr std::size_t doublings = 6;
  static constexpr std::size_t count = fine_classes + parts * doublings;
  static constexpr std::size_t more = 8;
  static constexpr std::size_t largest = (fine << doublings) + more;

  static constexpr std::size_t of(std::size_t whole) noexcept {
    std::size_t const size = whole <= more ? 1 : whole - more;
    if (size <= fine) {
      return (size + step - 1) / step - 1;
    }
    auto const doubled = static_cast<std::size_t>(std::bit_width((size - 1) / fine)) - 1;
    std::size_t const part = (size - 1) / ((fine / parts) << doubled) - parts;
    return fine_classes + parts * doubled + part;
  }
  static constexpr std::size_t size(std::size_t index) noexcept {
    if (index < fine_classes) {
      return (index + 1) * step + more;
    }
    std::size_t const coarse = index - fine_classes;
    return (((parts + 1 + coarse % parts) * (fine / parts)) << (coarse / parts)) + more;
  }
};

// Free lists of frames, one for each class. Zeros are an empty cache, so that one for each thread costs no
// initialisation.
class frame_cache {
public:
  constexpr frame_cache() noexcept = default;
  frame_cache(frame_cache &&) = delete;

  void *allocate(std::size_t size) {
    if (size <= frame_classes::largest) {
      list &from = lists_[frame_classes::of(size)];
      if (block *const first = from.first) {
        from.first = first->next;
        ++from.room;
        return first;
      }
    }
    return refill(size);
  }
  void deallocate(void *frame, std::size_t size) noexcept {
    if (size <= frame_classes::largest) {
      list &to = lists_[frame_classes::of(size)];
      if (to.room != 0) {
        to.first = ::new (frame) block{to.first};
        --to.room;
        return;
      }
    }
    give_back(frame, size);
  }

  /// How often a frame had to be allocated.
  std::size_t refills() const noexcept { return refills_; }

  /// Gives back what is kept, and keeps no more.
  void clear() noexcept;

private:
  struct block {
    block *next;
  };
  struct list {
    block *first = nullptr;
    std::size_t room = 0; // how many more may be kept; nothing before open()
  };

  // lib/io/frame_allocator.cpp
  void *refill(std::size_t size);
  void give_back(void *frame, std::size_t size) noexcept;
  void open() noexcept;

  list lists_[frame_classes::count];
  std::size_t refills_ = 0;
  bool opened_ = false;
};

// Frames of tasks whose environment names no allocator. Freed when the thread ends.
extern constinit thread_local frame_cache thread_frames;

// The allocator of the environment whose task runs on this thread, null where it names none.
extern constinit thread_local frame_allocator *current_frames;

} // namespace detail

/// A frame_allocator that keeps frames for the next task which needs as much.
///
/// State:      2072 bytes (x86-64, Itanium ABI), held by io/frame_allocator_test.cpp.
/// Threads:    one at a time.
/// Complexity: a few instructions for frames up to 64 KiB; keeps 256 KiB of each size.
class recycling_frame_allocator final : public frame_allocator {
public:
  recycling_frame_allocator() = default;
  recycling_frame_allocator(recycling_frame_allocator &&) = delete;
  ~recycling_frame_allocator() { frames_.clear(); }

  void *allocate(std::size_t size) override { return frames_.allocate(size); }
  void deallocate(void *frame, std::size_t size) noexcept override { frames_.deallocate(frame, size); }

  /// How often a frame had to be allocated.
  std::size_t refills() const noexcept { return frames_.refills(); }

private:
  detail::frame_cache frames_;
};

/// How often a frame had to be allocated for the tasks of this thread whose environment names no allocator.
inline std::size_t frame_refills_of_this_thread() noexcept { return detail::thread_frames.refills(); }

} // namespace snug::io

#endif
