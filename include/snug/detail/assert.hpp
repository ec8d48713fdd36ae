// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Preconditions that a debug build checks.
#ifndef SNUG_DETAIL_ASSERT_HPP
#define SNUG_DETAIL_ASSERT_HPP

namespace snug::detail {

// lib/assert.cpp: prints the sentence with its place and ends the program.
[[noreturn]] void assertion_failed(char const *sentence, char const *file, int line) noexcept;

} // namespace snug::detail

/// Ends the program with a sentence that explains what is wrong, unless the condition holds; nothing where NDEBUG is
/// defined.
#ifdef NDEBUG
#define SNUG_ASSERT(condition, sentence) static_cast<void>(0)
#else
#define SNUG_ASSERT(condition, sentence)                                                                               \
  ((condition) ? static_cast<void>(0) : ::snug::detail::assertion_failed(sentence, __FILE__, __LINE__))
#endif

#endif
