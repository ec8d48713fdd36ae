// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who waits for the one operation of a split: many threads join and leave, one closes, nothing is allocated.
#ifndef SNUG_DETAIL_WAITING_LIST_HPP
#define SNUG_DETAIL_WAITING_LIST_HPP

#include <snug/detail/atomic.hpp>

#include <cstdint>

namespace snug::detail {

// One operation that waits, 16 bytes: a link while it does, what it waits for before and afterwards. The same in
// both receiver modes.
struct alignas(8) waiting_node {
  using function = void(waiting_node &, void *state) noexcept;

  waiting_node(void *shared, function *function) noexcept : state(shared), run(function) {}
  waiting_node(waiting_node &&) = delete;

  union {
    void *state;
    waiting_node *next;
  };
  function *run; // null where it left before it joined
};

class waiting_list {
public:
  enum class joined : std::uint8_t { first, waits, closed, left };
  enum class leaving : std::uint8_t { too_late, left, left_last };

  waiting_list() noexcept = default;
  waiting_list(waiting_list &&) = delete;

  bool is_closed() const noexcept { return detail::load_acquire(word_) == closed; }

  /// Adds a node, and one to the count where it is the first ever: before anybody can see the node. From then on it may
  /// leave, or be run, and be gone.
  joined join(waiting_node &node, std::uint32_t &count) noexcept;

  /// Takes a node out. It is too late where the list is closed, because the node is run or was; and where the node has
  /// not joined, which will then fail.
  leaving leave(waiting_node &node) noexcept;

  /// Ends the waiting. What happened before is visible to whoever sees the list closed.
  /// Returns who waits, the oldest first.
  waiting_node *close() noexcept;

private:
  // The newest node, linked to older ones, or null; or-ed with
  static constexpr std::uintptr_t locked = 1; // held for a few instructions, never while a node is run
  static constexpr std::uintptr_t opened = 2; // somebody joined; never reset
  static constexpr std::uintptr_t closed = 4; // alone, and for good

  std::uintptr_t lock() noexcept;
  void unlock(std::uintptr_t word) noexcept { detail::store_release(word_, word); }

  std::uintptr_t word_ = 0;
};

} // namespace snug::detail

#endif
