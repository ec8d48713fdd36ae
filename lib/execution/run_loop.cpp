// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of run_loop that threads meet in.
#include <snug/detail/atomic.hpp>
#include <snug/detail/run_loop_queue.hpp>

#include "../futex.hpp"

namespace snug::detail {
namespace {

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
    futex_wake(low_half(&pushed_));
  }
}

void run_loop_queue::finish_on_threads() noexcept {
  std::uintptr_t before = load_acquire(pushed_);
  while (!compare_exchange(pushed_, before, (before | finishing) & ~sleeping)) {
  }
  if ((before & sleeping) != 0) {
    futex_wake(low_half(&pushed_));
  }
}

void run_loop_queue::wait_on_threads() noexcept {
  std::uintptr_t word = load_acquire(pushed_);
  while (node_in(word) == nullptr) {
    if ((word & finishing) != 0) {
      return;
    }
    if (word == sleeping) {
      futex_wait(low_half(&pushed_), static_cast<std::uint32_t>(sleeping));
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
