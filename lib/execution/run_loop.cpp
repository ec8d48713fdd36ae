// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of run_loop that threads meet in.
#include <snug/detail/atomic.hpp>
#include <snug/detail/run_loop_queue.hpp>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <climits>

namespace snug::detail {
namespace {

// A futex is 32 bits wide: the half of the word that holds the bits.
std::uint32_t *low_half(std::uintptr_t &word) noexcept {
  auto *halves = reinterpret_cast<std::uint32_t *>(&word);
  return std::endian::native == std::endian::little ? halves : halves + (sizeof(word) / sizeof(std::uint32_t) - 1);
}

// Sleeps while the low half of the word is as expected; may return early.
void sleep_while(std::uintptr_t &word, std::uint32_t expected) noexcept {
  ::syscall(SYS_futex, low_half(word), FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}

// Uses the address only: the word may be gone already, and a sleeper of another futex there would only wake early.
void wake(std::uintptr_t &word) noexcept {
  ::syscall(SYS_futex, low_half(word), FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

// Nodes are aligned to pointers, so that the two lowest bits of their addresses are free.
run_loop_node *node_in(std::uintptr_t word) noexcept {
  return reinterpret_cast<run_loop_node *>(word & ~std::uintptr_t{3});
}

} // namespace

static_assert(alignof(run_loop_node) >= 4 && sizeof(run_loop_node) == 2 * sizeof(void *));

void run_loop_queue::push_on_threads(run_loop_node &node) noexcept {
  auto const address = reinterpret_cast<std::uintptr_t>(&node);
  std::uintptr_t before = load_acquire(pushed_);
  do {
    node.next = node_in(before);
  } while (!compare_exchange(pushed_, before, address | (before & finishing)));
  if ((before & sleeping) != 0) {
    wake(pushed_);
  }
}

void run_loop_queue::finish_on_threads() noexcept {
  std::uintptr_t before = load_acquire(pushed_);
  while (!compare_exchange(pushed_, before, (before | finishing) & ~sleeping)) {
  }
  if ((before & sleeping) != 0) {
    wake(pushed_);
  }
}

void run_loop_queue::wait_on_threads() noexcept {
  std::uintptr_t word = load_acquire(pushed_);
  while (node_in(word) == nullptr) {
    if ((word & finishing) != 0) {
      return;
    }
    if (word == sleeping) {
      sleep_while(pushed_, static_cast<std::uint32_t>(sleeping));
      word = load_acquire(pushed_);
    } else if (compare_exchange(pushed_, word, sleeping)) {
      word = sleeping;
    }
  }
  while (!compare_exchange(pushed_, word, word & finishing)) {
  }
  // Newest first becomes oldest first.
  for (run_loop_node *node = node_in(word); node != nullptr;) {
    run_loop_node *const older = node->next;
    node->next = ready_;
    ready_ = node;
    node = older;
  }
}

} // namespace snug::detail
