// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Timers by deadline: a pairing heap (Fredman, Sedgewick, Sleator, Tarjan, 1986) of nodes that their owners bring.
#ifndef SNUG_LIB_IO_TIMER_HEAP_HPP
#define SNUG_LIB_IO_TIMER_HEAP_HPP

#include <snug/io/detail/timer_node.hpp>

namespace snug::io::detail {

// insert() and first() take constant time, erase() amortised logarithmic time.
class timer_heap {
public:
  timer_heap() = default;
  timer_heap(timer_heap const &) = delete;

  bool empty() const noexcept { return root_ == nullptr; }
  timer_node &first() const noexcept { return *root_; }
  static bool holds(timer_node const &node) noexcept { return node.link != nullptr; }

  void insert(timer_node &node) noexcept {
    node.child = nullptr;
    node.sibling = nullptr;
    set_root(melded(root_, &node));
  }

  void erase(timer_node &node) noexcept {
    timer_node *const below = melded_pairs(node.child);
    node.child = nullptr;
    if (&node == root_) {
      set_root(below);
    } else {
      *node.link = node.sibling;
      if (node.sibling != nullptr) {
        node.sibling->link = node.link;
      }
      set_root(melded(root_, below));
    }
    node.sibling = nullptr;
    node.link = nullptr;
  }

private:
  void set_root(timer_node *root) noexcept {
    root_ = root;
    if (root != nullptr) {
      root->link = &root_;
    }
  }

  // Of two heaps without siblings one: the later root becomes the first child of the earlier, of equal ones b of a.
  static timer_node *melded(timer_node *a, timer_node *b) noexcept {
    if (a == nullptr || b == nullptr) {
      return a == nullptr ? b : a;
    }
    timer_node *const above = b->deadline < a->deadline ? b : a;
    timer_node *const below = above == a ? b : a;
    below->sibling = above->child;
    if (below->sibling != nullptr) {
      below->sibling->link = &below->sibling;
    }
    above->child = below;
    below->link = &above->child;
    return above;
  }

  // Of siblings one heap: in pairs from the first to the last, then pair by pair from the last to the first.
  static timer_node *melded_pairs(timer_node *first) noexcept {
    timer_node *pairs = nullptr; // linked by sibling, the last one first
    while (first != nullptr) {
      timer_node *const second = first->sibling;
      timer_node *const next = second != nullptr ? second->sibling : nullptr;
      first->sibling = nullptr;
      if (second != nullptr) {
        second->sibling = nullptr;
      }
      timer_node *const pair = melded(first, second);
      pair->sibling = pairs;
      pairs = pair;
      first = next;
    }
    timer_node *heap = nullptr;
    while (pairs != nullptr) {
      timer_node *const next = pairs->sibling;
      pairs->sibling = nullptr;
      heap = melded(pairs, heap);
      pairs = next;
    }
    return heap;
  }

  timer_node *root_ = nullptr;
};

} // namespace snug::io::detail

#endif
