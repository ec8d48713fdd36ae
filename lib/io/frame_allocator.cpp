// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The slow half of the frame allocators, and the frames of each thread.
#include <snug/io/frame_allocator.hpp>

#include <new>

namespace snug::io::detail {
namespace {

constexpr std::size_t kept_bytes = 262144; // of each class

// Gives back what its thread has kept: thread_frames itself has no destructor, so that reading it asks for no
// initialisation.
struct thread_end {
  ~thread_end() { thread_frames.clear(); }
  void await() noexcept {}
};
thread_local thread_end at_end;

} // namespace

constinit thread_local frame_cache thread_frames;
constinit thread_local frame_allocator *current_frames = nullptr;

void *frame_cache::refill(std::size_t size) {
  void *const frame =
      ::operator new(size <= frame_classes::largest ? frame_classes::size(frame_classes::of(size)) : size);
  ++refills_;
  return frame;
}

void frame_cache::give_back(void *frame, std::size_t size) noexcept {
  if (!opened_) {
    open();
    return deallocate(frame, size);
  }
  ::operator delete(frame);
}

void frame_cache::open() noexcept {
  opened_ = true;
  for (std::size_t i = 0; i != frame_classes::count; ++i) {
    lists_[i].room = kept_bytes / frame_classes::size(i);
  }
  if (this == &thread_frames) {
    at_end.await();
  }
}

void frame_cache::clear() noexcept {
  for (list &each : lists_) {
    while (block *const first = each.first) {
      each.first = first->next;
      ::operator delete(first);
    }
    each.room = 0;
  }
  opened_ = true;
}

} // namespace snug::io::detail
