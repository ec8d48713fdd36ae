// The cache lines that an object takes, and the one that a member starts on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_LAYOUT_CACHE_LINES_HPP
#define SNUG_LAYOUT_CACHE_LINES_HPP

#include <snug/layout/fields.hpp>

#include <cstddef>

namespace snug::layout {

/// What the figures here and in `snug layout` mean by a cache line. std::hardware_destructive_interference_size differs
/// between compilers and flags, and a stated figure must not.
inline constexpr std::size_t cache_line_size = 64;

/// Lines taken by a `T` that starts at one: its size in lines, rounded up. An object that is aligned to less than a
/// line may take one more. Any complete type.
template <class T> inline constexpr std::size_t cache_lines = (sizeof(T) + cache_line_size - 1) / cache_line_size;

/// The line that member `I` starts on, counted from 0, in a `T` that starts at one.
template <class T, std::size_t I> inline constexpr std::size_t field_cache_line = field_offset<T, I> / cache_line_size;

/// Whether member `I` lies on more lines than its size needs, in a `T` that starts at one.
template <class T, std::size_t I>
inline constexpr bool field_straddles =
    (field_offset<T, I> % cache_line_size + field_size<T, I> + cache_line_size - 1) / cache_line_size >
    (field_size<T, I> + cache_line_size - 1) / cache_line_size;

} // namespace snug::layout

#endif
