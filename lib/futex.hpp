// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sleeping until a word changes.
#ifndef SNUG_LIB_FUTEX_HPP
#define SNUG_LIB_FUTEX_HPP

#include <bit>
#include <climits>
#include <cstdint>

namespace snug::detail {

// Sleeps while the word is as expected; may return early.
void futex_wait(std::uint32_t *word, std::uint32_t expected) noexcept;

// Wakes at least as many as asked for, if so many sleep. Uses the address only: the word may be gone already, and a
// sleeper of another futex there would only wake early.
void futex_wake(std::uint32_t *word, int count = INT_MAX) noexcept;

// A futex is 32 bits wide: the half of a word of pointer size that holds its lowest bits.
inline std::uint32_t *low_half(std::uintptr_t *word) noexcept {
  auto *halves = reinterpret_cast<std::uint32_t *>(word);
  return std::endian::native == std::endian::little ? halves : halves + (sizeof(*word) / sizeof(*halves) - 1);
}

} // namespace snug::detail

#endif
