// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A type-erased stream allocates once, when it is made, and its operations never: in a program of its own, which counts
// every allocation.
#include "every_operation.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace {
std::size_t allocations = 0;
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

namespace {

using namespace snug_test;

template <class F> std::size_t allocated(F &&f) {
  std::size_t const before = allocations;
  std::forward<F>(f)();
  return allocations - before;
}

template <class Erased> struct Allocations : testing::Test {};
TYPED_TEST_SUITE(Allocations, every_operation);

TYPED_TEST(Allocations, OneForTheWrapperNoneForItsOperations) {
  using wrapper = typename TypeParam::template wrapper<io::executor_ptr>;
  script what;
  what.to_read = "abc";
  what.written.reserve(8192);
  surroundings around;
  outcome seen;
  scripted_stream<> inner(what);
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(&inner)); }), 1U);
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(scripted_stream<>(what))); }), 1U)
      << "the stream lies in the same block";
  EXPECT_EQ(allocated([&] { static_cast<void>(wrapper(scripted_stream<true, 128>(what))); }), 1U);

  wrapper stream(&inner);
  auto immediate = repeat<TypeParam, io::executor_ptr>(stream, seen, 1000);
  EXPECT_EQ(allocated([&] { immediate.start(around); }), 0U);
  EXPECT_TRUE(immediate.done());
  what.ready = false;
  auto suspended = repeat<TypeParam, io::executor_ptr>(stream, seen, 1000);
  EXPECT_EQ(allocated([&] {
              suspended.start(around);
              while (!suspended.done()) {
                what.go_on();
              }
            }),
            0U);
  EXPECT_EQ(seen.count, 2000);
}

} // namespace
