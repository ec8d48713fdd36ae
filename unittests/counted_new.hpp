// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Replaces operator new and counts its calls: for the one source file of a program of its own ([replacement.functions]).
#ifndef SNUG_UNITTESTS_COUNTED_NEW_HPP
#define SNUG_UNITTESTS_COUNTED_NEW_HPP

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0;
}
// Not inlined, as g++ would else see free() meet what it takes for another operator new.
[[gnu::noinline]] void *operator new(std::size_t size) {
  ++allocations;
  if (void *const memory = std::malloc(size)) {
    return memory;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void *operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  if (void *const memory = std::aligned_alloc(static_cast<std::size_t>(alignment), size)) {
    return memory;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void *memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }

#endif
