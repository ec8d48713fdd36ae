// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a pool's threads have queued for all of them, or other threads for the pool; and where idle threads sleep.
#ifndef SNUG_LIB_EXECUTION_INJECT_QUEUE_HPP
#define SNUG_LIB_EXECUTION_INJECT_QUEUE_HPP

#include "../futex.hpp"
#include <snug/detail/thread_pool.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace snug::detail {

// First in, first out. Whoever pushes does one atomic operation and touches nothing after it, since what was pushed may
// have run, and its owner have taken the pool down, before push returns. That is why this word, and not a count of
// sleepers, says whether to wake one, and why they sleep on it.
//
// pushed_: the newest node, linked to older ones, or null; or-ed with
//   wake     the next that has work wakes a sleeper, and takes the bit away
//   closed   nothing is pushed any more; never reset
class inject_queue {
public:
  static constexpr std::uintptr_t wake = 1;
  static constexpr std::uintptr_t closed = 2;

  /// Adds nodes that are linked from the newest to the oldest; false where the queue is closed.
  bool push(thread_pool_node &newest, thread_pool_node &oldest) noexcept {
    auto const address = reinterpret_cast<std::uintptr_t>(&newest);
    std::uintptr_t before = pushed_.load(std::memory_order_relaxed);
    do {
      if ((before & closed) != 0) {
        return false;
      }
      oldest.next = node_in(before);
    } while (!pushed_.compare_exchange_weak(before, address, std::memory_order_acq_rel, std::memory_order_relaxed));
    if ((before & wake) != 0) {
      futex_wake(futex(), 1);
    }
    return true;
  }

  void close() noexcept { pushed_.fetch_or(closed, std::memory_order_acq_rel); }

  bool empty() const noexcept {
    return node_in(pushed_.load(std::memory_order_seq_cst)) == nullptr &&
           ready_.load(std::memory_order_seq_cst) == nullptr;
  }

  /// Takes the oldest nodes, in order, as many as there are or the array has room for, and says how many; none also
  /// where another thread is at it.
  std::size_t take(thread_pool_node **nodes, std::size_t most) noexcept {
    if (empty() || taking_.load(std::memory_order_relaxed) || taking_.exchange(true, std::memory_order_acquire)) {
      return 0;
    }
    thread_pool_node *node = ready_.load(std::memory_order_relaxed);
    if (node == nullptr) {
      node = reversed(node_in(pushed_.fetch_and(wake | closed, std::memory_order_acq_rel)));
    }
    std::size_t count = 0;
    for (; node != nullptr && count != most; ++count) {
      nodes[count] = node;
      node = node->next;
    }
    ready_.store(node, std::memory_order_seq_cst);
    taking_.store(false, std::memory_order_release);
    return count;
  }

  /// Has the next that has work wake a sleeper. Who looks for work after that, sequentially consistent, finds what was
  /// queued by those that did not see the bit.
  void ask_to_be_woken() noexcept {
    if ((pushed_.load(std::memory_order_seq_cst) & wake) == 0) {
      pushed_.fetch_or(wake, std::memory_order_seq_cst);
    }
  }

  /// Wakes a sleeper where one asked for it.
  void wake_one() noexcept {
    if ((pushed_.load(std::memory_order_seq_cst) & wake) != 0 &&
        (pushed_.fetch_and(~wake, std::memory_order_seq_cst) & wake) != 0) {
      futex_wake(futex(), 1);
    }
  }
  void wake_all() noexcept { futex_wake(futex()); }

  /// Sleeps until there is something to wake up for since ask_to_be_woken(); may return early.
  void sleep() noexcept { futex_wait(futex(), static_cast<std::uint32_t>(wake)); }

private:
  // Nodes are aligned to pointers, so that the two lowest bits of their addresses are free.
  static_assert(alignof(thread_pool_node) >= 4 && sizeof(thread_pool_node) == 2 * sizeof(void *));

  static thread_pool_node *node_in(std::uintptr_t word) noexcept {
    return reinterpret_cast<thread_pool_node *>(word & ~(wake | closed));
  }
  static thread_pool_node *reversed(thread_pool_node *newest) noexcept {
    thread_pool_node *oldest = nullptr;
    while (newest != nullptr) {
      thread_pool_node *const older = newest->next;
      newest->next = oldest;
      oldest = newest;
      newest = older;
    }
    return oldest;
  }

  // The kernel reads the word as an atomic operation does; nothing else uses the object behind std::atomic.
  std::uint32_t *futex() noexcept {
    static_assert(sizeof(pushed_) == sizeof(std::uintptr_t) && std::atomic<std::uintptr_t>::is_always_lock_free);
    return low_half(reinterpret_cast<std::uintptr_t *>(&pushed_));
  }

  alignas(64) std::atomic<std::uintptr_t> pushed_{0};
  alignas(64) std::atomic<bool> taking_{false};    // by whoever uses what follows
  std::atomic<thread_pool_node *> ready_{nullptr}; // taken from pushed_, the oldest first
};

} // namespace snug::detail

#endif
