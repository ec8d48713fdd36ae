// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An allocator that counts what it gives and takes back, and an environment that names it.
#ifndef SNUG_UNITTESTS_EXECUTION_COUNTING_ALLOCATOR_HPP
#define SNUG_UNITTESTS_EXECUTION_COUNTING_ALLOCATOR_HPP

#include <snug/config.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/sender.hpp>

#include <atomic>
#include <cstddef>
#include <cstring>
#include <new>

namespace snug_test {

struct allocations {
  std::atomic<int> made = 0;
  std::atomic<std::size_t> bytes = 0; // not given back
  bool fail = false;
};

template <class T> struct counting_allocator {
  using value_type = T;

  explicit counting_allocator(allocations &c) noexcept : count(&c) {}
  template <class U> counting_allocator(counting_allocator<U> const &other) noexcept : count(other.count) {}

  T *allocate(std::size_t n) {
    if (count->fail) {
      throw std::bad_alloc();
    }
    ++count->made;
    count->bytes += n * sizeof(T);
    // Filled, so that what is read before it was written is neither null nor false.
    return static_cast<T *>(std::memset(::operator new(n * sizeof(T)), 0xff, n * sizeof(T)));
  }
  void deallocate(T *memory, std::size_t n) noexcept {
    ::operator delete(memory);
    count->bytes -= n * sizeof(T);
  }
  friend bool operator==(counting_allocator, counting_allocator) = default;

  allocations *count;
};

struct allocator_env {
  allocations *count;
  counting_allocator<std::byte> query(snug::get_allocator_t) const noexcept {
    return counting_allocator<std::byte>(*count);
  }
};

} // namespace snug_test

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// A sender whose attributes name the allocator.
template <class Sndr> struct with_allocator {
  using sender_concept = snug::execution::sender_tag;
  using connect_self = with_allocator;
  template <class, class Rcvr> using operation_for = snug::execution::connect_result_t<Sndr, Rcvr>;
  template <class, class... Env> static consteval auto get_completion_signatures() {
    return snug::execution::get_completion_signatures<Sndr, Env...>();
  }
  template <class Rcvr> operation_for<with_allocator, Rcvr> connect(Rcvr rcvr) const {
    return snug::execution::connect(Sndr(sndr), static_cast<Rcvr &&>(rcvr));
  }
  allocator_env get_env() const noexcept { return {count}; }

  Sndr sndr;
  allocations *count;
};
template <class Sndr> with_allocator(Sndr, allocations *) -> with_allocator<Sndr>;

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
