// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of split that threads meet in.
#include <snug/detail/waiting_list.hpp>

#include <thread>

namespace snug::detail {
namespace {

// Nodes are aligned to 8 bytes, so that the three lowest bits of their addresses are free.
waiting_node *node_in(std::uintptr_t word) noexcept {
  return reinterpret_cast<waiting_node *>(word & ~std::uintptr_t{7});
}

} // namespace

static_assert(alignof(waiting_node) == 8);

// The word before, and held from then on, unless it says closed: nobody changes it any more then.
std::uintptr_t waiting_list::lock() noexcept {
  std::uintptr_t word = load_acquire(word_);
  while (word != closed) {
    if ((word & locked) != 0) {
      std::this_thread::yield();
      word = load_acquire(word_);
    } else if (compare_exchange(word_, word, word | locked)) {
      break;
    }
  }
  return word;
}

waiting_list::joined waiting_list::join(waiting_node &node, std::uint32_t &count) noexcept {
  std::uintptr_t const word = lock();
  if (word == closed) {
    return joined::closed;
  }
  if (node.run == nullptr) {
    unlock(word);
    return joined::left;
  }
  bool const is_first = (word & opened) == 0;
  if (is_first) {
    add_share(count);
  }
  node.next = node_in(word);
  unlock(reinterpret_cast<std::uintptr_t>(&node) | opened);
  return is_first ? joined::first : joined::waits;
}

waiting_list::leaving waiting_list::leave(waiting_node &node) noexcept {
  std::uintptr_t const word = lock();
  if (word == closed) {
    return leaving::too_late;
  }
  waiting_node *const newest = node_in(word);
  waiting_node *newer = nullptr;
  waiting_node *each = newest;
  while (each != nullptr && each != &node) {
    newer = each;
    each = each->next;
  }
  if (each == nullptr) {
    node.run = nullptr;
    unlock(word);
    return leaving::too_late;
  }
  if (newer != nullptr) {
    newer->next = node.next;
    unlock(word);
    return leaving::left;
  }
  unlock(reinterpret_cast<std::uintptr_t>(node.next) | opened);
  return node.next == nullptr ? leaving::left_last : leaving::left;
}

waiting_node *waiting_list::close() noexcept {
  waiting_node *newest = node_in(lock());
  unlock(closed);
  // Newest first becomes oldest first.
  waiting_node *oldest = nullptr;
  while (newest != nullptr) {
    waiting_node *const older = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = older;
  }
  return oldest;
}

} // namespace snug::detail
