// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an event loop calls at a point in time.
#ifndef SNUG_IO_DETAIL_TIMER_NODE_HPP
#define SNUG_IO_DETAIL_TIMER_NODE_HPP

#include <snug/io/detail/deadline.hpp>

namespace snug::io::detail {

// A node of a pairing heap: linked into it there is nothing to allocate, and it can be taken out from the middle.
struct timer_node {
  explicit timer_node(void (*function)(timer_node &) noexcept) noexcept : expired(function) {}
  timer_node(timer_node &&) = delete;

  clock::time_point deadline;
  void (*expired)(timer_node &) noexcept; // called once the node is out of the heap; resumes nobody itself
  timer_node *child = nullptr;            // the first of those that are due later
  timer_node *sibling = nullptr;          // the next child of the same node
  timer_node **link = nullptr;            // what points here; null outside of the heap
  bool stopping = false;                  // not to be put into the heap any more
};

} // namespace snug::io::detail

#endif
