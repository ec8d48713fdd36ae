// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What one thread of a pool has queued for itself, and others may take from it.
#ifndef SNUG_LIB_EXECUTION_WORK_DEQUE_HPP
#define SNUG_LIB_EXECUTION_WORK_DEQUE_HPP

#include <snug/detail/thread_pool.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace snug::detail {

// A ring with two ends (Chase and Lev, SPAA 2005): its owner adds and takes the newest, everybody takes the oldest.
// Orders are written on the operations, none by a fence, so that every tool that follows atomics can follow these.
//
// newest_end_ and oldest_ count for ever; the nodes are those of [oldest_, newest_end_).
//   The owner takes the newest: announces that it is gone (newest_end_), then looks who is at the other end (oldest_).
//   The others do it the other way round. Both are sequentially consistent, so that one sees the other; who is after
//   the same node settles it by a compare-and-swap on oldest_.
class work_deque {
public:
  static constexpr std::uint64_t capacity = 256;

  /// Adds the newest; false where there is no room. Of the owner. What a thread finds out afterwards about others,
  /// sequentially consistent, they could not have missed the node before.
  bool push(thread_pool_node &node) noexcept {
    std::uint64_t const end = newest_end_.load(std::memory_order_relaxed);
    if (end - oldest_.load(std::memory_order_acquire) >= capacity) {
      return false;
    }
    slot(end).store(&node, std::memory_order_relaxed);
    newest_end_.store(end + 1, std::memory_order_seq_cst);
    return true;
  }

  /// Adds nodes at once, the last of the array as the newest; there must be room(). Of the owner.
  void push(thread_pool_node *const *nodes, std::size_t count) noexcept {
    std::uint64_t const end = newest_end_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i != count; ++i) {
      slot(end + i).store(nodes[i], std::memory_order_relaxed);
    }
    newest_end_.store(end + count, std::memory_order_seq_cst);
  }

  /// How many nodes can be added for sure. Of the owner.
  std::size_t room() const noexcept {
    return static_cast<std::size_t>(
        capacity - (newest_end_.load(std::memory_order_relaxed) - oldest_.load(std::memory_order_acquire)));
  }

  /// Takes the newest; null where there is none. Of the owner.
  thread_pool_node *pop() noexcept {
    std::uint64_t const end = newest_end_.load(std::memory_order_relaxed);
    if (oldest_.load(std::memory_order_relaxed) == end) { // nobody but the owner can add one
      return nullptr;
    }
    std::uint64_t const newest = end - 1;
    newest_end_.store(newest, std::memory_order_seq_cst);
    std::uint64_t oldest = oldest_.load(std::memory_order_seq_cst);
    if (oldest < newest) {
      return slot(newest).load(std::memory_order_relaxed);
    }
    thread_pool_node *node = nullptr;
    if (oldest == newest) {
      // The last one; whoever else is after it reads the same oldest_.
      node = slot(newest).load(std::memory_order_relaxed);
      if (!oldest_.compare_exchange_strong(oldest, oldest + 1, std::memory_order_seq_cst, std::memory_order_relaxed)) {
        node = nullptr;
      }
    }
    newest_end_.store(end, std::memory_order_release);
    return node;
  }

  /// Takes the oldest; null where there is none, or where another thread was faster.
  thread_pool_node *steal() noexcept {
    std::uint64_t oldest = oldest_.load(std::memory_order_seq_cst);
    if (oldest >= newest_end_.load(std::memory_order_seq_cst)) {
      return nullptr;
    }
    // May be overwritten meanwhile, and then the exchange fails: the owner uses a slot again once oldest_ has passed
    // it.
    thread_pool_node *const node = slot(oldest).load(std::memory_order_relaxed);
    return oldest_.compare_exchange_strong(oldest, oldest + 1, std::memory_order_seq_cst, std::memory_order_relaxed)
               ? node
               : nullptr;
  }

  /// Takes the older half, oldest first, and says how many; 0 where another thread was faster. Of the owner: that no
  /// node of this half is taken as the newest meanwhile.
  std::size_t take_older_half(std::array<thread_pool_node *, capacity / 2> &nodes) noexcept {
    std::uint64_t oldest = oldest_.load(std::memory_order_acquire);
    std::uint64_t const count = (newest_end_.load(std::memory_order_relaxed) - oldest) / 2;
    for (std::uint64_t i = 0; i != count; ++i) {
      nodes[static_cast<std::size_t>(i)] = slot(oldest + i).load(std::memory_order_relaxed);
    }
    return oldest_.compare_exchange_strong(oldest, oldest + count, std::memory_order_seq_cst, std::memory_order_relaxed)
               ? static_cast<std::size_t>(count)
               : 0;
  }

  /// Whether there is nothing to take, sequentially consistent.
  bool empty() const noexcept {
    return oldest_.load(std::memory_order_seq_cst) >= newest_end_.load(std::memory_order_seq_cst);
  }

private:
  std::atomic<thread_pool_node *> &slot(std::uint64_t position) noexcept {
    return slots_[static_cast<std::size_t>(position % capacity)];
  }

  alignas(64) std::atomic<std::uint64_t> newest_end_{0}; // written by the owner alone
  alignas(64) std::atomic<std::uint64_t> oldest_{0};
  std::array<std::atomic<thread_pool_node *>, capacity> slots_{};
};

} // namespace snug::detail

#endif
