// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sleeping until a word changes: the system call of Linux, mutexes and condition variables everywhere else.
#include "futex.hpp"

#if defined(__linux__) && !defined(SNUG_PORTABLE_FUTEX) // defined by the tests of the other half

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace snug::detail {

void futex_wait(std::uint32_t *word, std::uint32_t expected) noexcept {
  ::syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}

void futex_wake(std::uint32_t *word, int count) noexcept {
  ::syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

} // namespace snug::detail

#else

#include <snug/detail/atomic.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace snug::detail {
namespace {

// Where the sleepers of all words with one hash meet.
struct bed {
  std::mutex mutex;
  std::condition_variable woken;
};

// Never destroyed: threads may sleep and wake until the very end of the program.
bed &bed_of(std::uint32_t const *word) noexcept {
  constexpr std::size_t count = 64;
  static bed *const beds = new bed[count];
  // The lowest bits say nothing, and words of neighbouring objects are often a cache line apart.
  auto const address = reinterpret_cast<std::uintptr_t>(word);
  return beds[(address / 8 + address / 64) % count];
}

} // namespace

// The word is looked at under the mutex that futex_wake() takes after the word has changed: either the change is seen
// here, or the waker waits until this thread sleeps.
void futex_wait(std::uint32_t *word, std::uint32_t expected) noexcept {
  bed &own = bed_of(word);
  std::unique_lock lock(own.mutex);
  if (load_acquire(*word) == expected) {
    own.woken.wait(lock);
  }
}

// All of them, since they may sleep on different words.
void futex_wake(std::uint32_t *word, int) noexcept {
  bed &own = bed_of(word);
  {
    std::lock_guard const lock(own.mutex);
  }
  own.woken.notify_all();
}

} // namespace snug::detail

#endif
