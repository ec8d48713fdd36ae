// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The heap of timers against a sorted container, with the same operations drawn by lot.
#include "../../lib/io/timer_heap.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace {

using snug::io::detail::timer_heap;
using snug::io::detail::timer_node;

TEST(TimerHeap, AgreesWithASortedSet) {
  std::mt19937 lot(1);
  std::vector<std::unique_ptr<timer_node>> nodes;
  for (int i = 0; i != 300; ++i) {
    nodes.push_back(std::make_unique<timer_node>([](timer_node &) noexcept {}));
  }
  timer_heap heap;
  std::multiset<std::pair<long, timer_node *>> sorted;
  for (int step = 0; step != 20000; ++step) {
    timer_node &node = *nodes[lot() % nodes.size()];
    long const deadline = node.deadline.time_since_epoch().count();
    switch (lot() % 3) {
    case 0:
      if (!timer_heap::holds(node)) {
        long const later = static_cast<long>(lot() % 100);
        node.deadline = snug::io::detail::clock::time_point(snug::io::detail::clock::duration(later));
        heap.insert(node);
        sorted.emplace(later, &node);
      }
      break;
    case 1:
      if (timer_heap::holds(node)) {
        heap.erase(node);
        EXPECT_EQ(sorted.erase({deadline, &node}), 1u);
      }
      break;
    default:
      if (!heap.empty()) {
        timer_node &first = heap.first();
        ASSERT_EQ(first.deadline.time_since_epoch().count(), sorted.begin()->first);
        heap.erase(first);
        EXPECT_EQ(sorted.erase({first.deadline.time_since_epoch().count(), &first}), 1u);
      }
    }
    ASSERT_EQ(heap.empty(), sorted.empty());
    if (!heap.empty()) {
      ASSERT_EQ(heap.first().deadline.time_since_epoch().count(), sorted.begin()->first);
    }
  }
}

} // namespace
