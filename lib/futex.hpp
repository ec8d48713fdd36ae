// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sleeping until a word changes: the system call of Linux.
#ifndef SNUG_LIB_FUTEX_HPP
#define SNUG_LIB_FUTEX_HPP

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <climits>
#include <cstdint>

namespace snug::detail {

// Sleeps while the word is as expected; may return early.
inline void futex_wait(std::uint32_t *word, std::uint32_t expected) noexcept {
  ::syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}

// Uses the address only: the word may be gone already, and a sleeper of another futex there would only wake early.
inline void futex_wake(std::uint32_t *word, int count = INT_MAX) noexcept {
  ::syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

// A futex is 32 bits wide: the half of a word of pointer size that holds its lowest bits.
inline std::uint32_t *low_half(std::uintptr_t *word) noexcept {
  auto *halves = reinterpret_cast<std::uint32_t *>(word);
  return std::endian::native == std::endian::little ? halves : halves + (sizeof(*word) / sizeof(*halves) - 1);
}

} // namespace snug::detail

#endif
