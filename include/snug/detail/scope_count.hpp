// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The state that counting scopes share: who is in, and who waits for all to be out ([exec.counting.scopes.general]).
#ifndef SNUG_DETAIL_SCOPE_COUNT_HPP
#define SNUG_DETAIL_SCOPE_COUNT_HPP

#include <snug/detail/atomic.hpp>

#include <cstddef>
#include <cstdint>

namespace snug::detail {

class scope_count;

// A join operation, 16 bytes: before it starts it knows its scope, while it waits who else does. The same in both
// receiver modes.
struct scope_waiter {
  using function = void(scope_waiter &) noexcept;

  constexpr scope_waiter(scope_count &count, function *function) noexcept : scope(&count), joined(function) {}
  scope_waiter(scope_waiter &&) = delete;

  union {
    scope_count *scope;
    scope_waiter *next;
  };
  function *joined;
};

/// The count of associations and the state of a scope, in one word; and the join operations that wait.
///
/// The states of the standard are three bits, the count stands above them:
///   unused               none                        unused-and-closed    closed
///   open                 used                        closed               used, closed
///   open-and-joining     used, joining, count > 0    closed-and-joining   used, joining, closed, count > 0
///   joined               joining, count == 0, whatever the others
/// So giving up the last association is one subtraction, and joins the scope where somebody waits for that.
///
/// Threads:    every function may be called on any thread at any time.
/// Lifetime:   may be destroyed once it is joined, by a join operation that completes: whoever joins it closes the list
///             of those who wait with one exchange, and touches nothing afterwards.
/// Complexity: one atomic read-modify-write to enter and one to leave; no lock.
class scope_count {
public:
  static constexpr std::size_t max_associations = static_cast<std::size_t>(-1) / 8;

  constexpr scope_count() noexcept = default;
  scope_count(scope_count &&) = delete;
  constexpr ~scope_count() = default;

  /// False where the scope is closed, joined or full.
  constexpr bool try_associate() noexcept {
    std::size_t before = detail::load_acquire(word_);
    do {
      if ((before & closed) != 0 || is_joined(before) || before / one == max_associations) {
        return false;
      }
    } while (!detail::compare_exchange(word_, before, (before | used) + one));
    return true;
  }

  /// Keeps the scope from being joined until disassociate(), whether or not it lets anybody in; false where it is joined
  /// already.
  constexpr bool hold() noexcept {
    std::size_t before = detail::load_acquire(word_);
    do {
      if (is_joined(before)) {
        return false;
      }
    } while (!detail::compare_exchange(word_, before, before + one));
    return true;
  }

  constexpr void disassociate() noexcept {
    if (is_joined(detail::fetch_sub(word_, one) - one)) {
      complete_waiters();
    }
  }

  constexpr void close() noexcept { detail::fetch_or(word_, closed); }

  /// Has `waiter.joined` called once the scope is joined, perhaps before this returns; true, and no call, where there
  /// is nobody to wait for.
  bool start_join(scope_waiter &waiter) noexcept;

  /// Whether the scope may be destroyed now: nobody was ever in, or it is joined.
  constexpr bool is_destructible() const noexcept {
    std::size_t const word = detail::load_acquire(word_);
    return (word & used) == 0 || is_joined(word);
  }

private:
  static constexpr std::size_t used = 1;
  static constexpr std::size_t closed = 2;
  static constexpr std::size_t joining = 4;
  static constexpr std::size_t one = 8;

  static constexpr bool is_joined(std::size_t word) noexcept { return (word & joining) != 0 && word / one == 0; }

  // lib/execution/scope_count.cpp
  void complete_waiters() noexcept;

  std::size_t word_ = 0;
  std::uintptr_t waiters_ = 0; // the newest waiter, linked to older ones; or that nobody waits any more
};

} // namespace snug::detail

#endif
