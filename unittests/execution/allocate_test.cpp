// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of objects in memory of an allocator ([allocator.requirements]).
#include <snug/detail/allocate.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <type_traits>

namespace {

using snug::detail::delete_object;
using snug::detail::new_object;
using snug::detail::rebound_t;

struct memory_use {
  int allocations = 0;
  std::size_t bytes = 0; // not given back
};

// A pointer that is a class, as allocators of shared memory have.
template <class T> struct fancy {
  T *raw;
  T *operator->() const noexcept { return raw; }
  static fancy pointer_to(T &object) noexcept { return {&object}; }
};

template <class T, bool IsFancy = false> struct counting {
  using value_type = T;
  using pointer = std::conditional_t<IsFancy, fancy<T>, T *>;
  template <class U> struct rebind {
    using other = counting<U, IsFancy>;
  };

  memory_use *use;

  explicit counting(memory_use &u) noexcept : use(&u) {}
  template <class U> counting(counting<U, IsFancy> const &other) noexcept : use(other.use) {}

  pointer allocate(std::size_t count) {
    ++use->allocations;
    use->bytes += count * sizeof(T);
    T *const raw = static_cast<T *>(::operator new(count * sizeof(T)));
    if constexpr (IsFancy) {
      return {raw};
    } else {
      return raw;
    }
  }
  void deallocate(pointer memory, std::size_t count) noexcept {
    use->bytes -= count * sizeof(T);
    if constexpr (IsFancy) {
      ::operator delete(memory.raw);
    } else {
      ::operator delete(memory);
    }
  }
};

static_assert(std::is_same_v<rebound_t<std::allocator<char>, long>, std::allocator<long>>);
static_assert(std::is_same_v<rebound_t<counting<char, true> const, long>, counting<long, true>>);
static_assert(std::is_empty_v<snug::detail::default_allocator<int>>);

TEST(Allocate, TheDefaultAllocatorAlignsAsTheTypeAsks) {
  struct alignas(256) aligned {
    int value = 5;
  };
  aligned *const object = new_object<aligned>(snug::detail::default_allocator<void>());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(object) % 256, 0U);
  EXPECT_EQ(object->value, 5);
  delete_object(snug::detail::default_allocator<char>(), object);
}

TEST(Allocate, AnyAllocatorServesWhateverItsPointers) {
  memory_use use;
  auto *const plain = new_object<std::shared_ptr<int>>(counting<char>(use), std::make_shared<int>(3));
  auto *const other = new_object<std::shared_ptr<int>>(counting<char, true>(use), *plain);
  EXPECT_EQ(plain->use_count(), 2);
  EXPECT_EQ(use.allocations, 2);
  delete_object(counting<long, true>(use), other);
  EXPECT_EQ(plain->use_count(), 1);
  delete_object(counting<long>(use), plain);
  EXPECT_EQ(use.bytes, 0U);
}

TEST(Allocate, TheAllocatorMayLiveInTheObject) {
  memory_use use;
  struct owner {
    counting<char> allocator;
    ~owner() { allocator.use = nullptr; }
  };
  owner *const object = new_object<owner>(counting<int>(use), counting<char>(use));
  delete_object(object->allocator, object);
  EXPECT_EQ(use.bytes, 0U);
}

TEST(Allocate, AThrowingConstructorLeavesNothingBehind) {
  struct thrower {
    explicit thrower(int) { throw std::runtime_error("no"); }
  };
  memory_use use;
  EXPECT_THROW(new_object<thrower>(counting<char, true>(use), 1), std::runtime_error);
  EXPECT_EQ(use.allocations, 1);
  EXPECT_EQ(use.bytes, 0U);
}

} // namespace
