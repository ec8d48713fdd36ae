// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The queue of a run_loop: many threads push, one thread runs, nothing is allocated.
#ifndef SNUG_DETAIL_RUN_LOOP_QUEUE_HPP
#define SNUG_DETAIL_RUN_LOOP_QUEUE_HPP

#include <cstdint>
#include <exception>
#include <type_traits>

namespace snug::detail {

class run_loop_queue;

// One operation on a run_loop, 16 bytes: before it starts it knows its loop, afterwards only what to run and who is
// next. The same in both receiver modes.
struct run_loop_node {
  using function = void(run_loop_node &) noexcept;

  constexpr run_loop_node(run_loop_queue &queue, function *function) noexcept : loop(&queue), run(function) {}
  run_loop_node(run_loop_node &&) = delete;

  union {
    run_loop_queue *loop;
    run_loop_node *next;
  };
  function *run;
};

class run_loop_queue {
public:
  constexpr run_loop_queue() noexcept = default;
  run_loop_queue(run_loop_queue &&) = delete;

  /// Adds a node. Touches the queue with one atomic operation and never after it: the node may run, and the queue be
  /// gone, before push returns.
  constexpr void push(run_loop_node &node) noexcept {
    if (std::is_constant_evaluated()) {
      push_last(node);
    } else {
      push_on_threads(node);
    }
  }

  /// The oldest node; waits for one. Null when the queue is empty and finish() was called.
  constexpr run_loop_node *pop() noexcept {
    if (ready_ == nullptr && !std::is_constant_evaluated()) {
      wait_on_threads();
    }
    run_loop_node *const node = ready_;
    if (node != nullptr) {
      ready_ = node->next;
    }
    return node;
  }

  /// Lets pop() return null once the queue is empty. Touches the queue as push does.
  constexpr void finish() noexcept {
    if (!std::is_constant_evaluated()) {
      finish_on_threads();
    }
  }

  /// Ends the program where nodes are queued that nobody will run, or a thread sleeps in pop().
  constexpr ~run_loop_queue() {
    if (ready_ != nullptr || (pushed_ & ~finishing) != 0) {
      std::terminate();
    }
  }

private:
  constexpr void push_last(run_loop_node &node) noexcept {
    run_loop_node **end = &ready_;
    while (*end != nullptr) {
      end = &(*end)->next;
    }
    node.next = nullptr;
    *end = &node;
  }

  // lib/execution/run_loop.cpp
  void push_on_threads(run_loop_node &node) noexcept;
  void wait_on_threads() noexcept;
  void finish_on_threads() noexcept;

  static constexpr std::uintptr_t sleeping = 1;  // the running thread sleeps until the word changes
  static constexpr std::uintptr_t finishing = 2; // finish() was called; never reset

  std::uintptr_t pushed_ = 0;      // the newest node, linked to older ones, or null; or-ed with the bits above
  run_loop_node *ready_ = nullptr; // the oldest first; of the running thread alone
};

} // namespace snug::detail

#endif
