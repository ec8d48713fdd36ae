// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How join operations wait for a counting scope.
#include <snug/detail/scope_count.hpp>

namespace snug::detail {
namespace {

// In the place of the newest waiter: the scope is joined, and whoever made it so does not touch it any more.
constexpr std::uintptr_t nobody_waits = 1;

scope_waiter *waiter_in(std::uintptr_t word) noexcept { return reinterpret_cast<scope_waiter *>(word); }

} // namespace

bool scope_count::start_join(scope_waiter &waiter) noexcept {
  std::size_t const before = fetch_or(word_, joining);
  if (before / one == 0 && !is_joined(before)) {
    complete_waiters();
    return true;
  }
  auto const address = reinterpret_cast<std::uintptr_t>(&waiter);
  std::uintptr_t newest = load_acquire(waiters_);
  do {
    if (newest == nobody_waits) {
      if (before / one == 0) {
        return true;
      }
      // Somebody was in when the scope became joining: this operation was waiting for them, if only just.
      waiter.joined(waiter);
      return false;
    }
    waiter.next = waiter_in(newest);
  } while (!compare_exchange(waiters_, newest, address));
  return false;
}

void scope_count::complete_waiters() noexcept {
  std::uintptr_t newest = exchange(waiters_, nobody_waits);
  // Oldest first.
  scope_waiter *oldest = nullptr;
  for (scope_waiter *waiter = waiter_in(newest); waiter != nullptr;) {
    scope_waiter *const older = waiter->next;
    waiter->next = oldest;
    oldest = waiter;
    waiter = older;
  }
  while (oldest != nullptr) {
    scope_waiter &waiter = *oldest;
    oldest = waiter.next;
    waiter.joined(waiter);
  }
}

} // namespace snug::detail
