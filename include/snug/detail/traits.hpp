// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The type traits that every level of a pipeline needs, straight from the compiler: those of the standard library
// instantiate classes for each question.
#ifndef SNUG_DETAIL_TRAITS_HPP
#define SNUG_DETAIL_TRAITS_HPP

#include <snug/config.hpp>

#include <type_traits>

namespace snug::detail {

#if SNUG_HAS_TYPE_TRANSFORMS
template <class Type> using remove_cvref_t = __remove_cvref(Type);
template <class Type> using decay_t = __decay(Type);
#else
template <class Type> using remove_cvref_t = std::remove_cvref_t<Type>;
template <class Type> using decay_t = std::decay_t<Type>;
#endif

template <class Left, class Right> inline constexpr bool is_same = __is_same(Left, Right);

template <class Left, class Right>
concept same_as = __is_same(Left, Right);

template <class Type>
inline constexpr bool is_rvalue_to_change = !__is_same(Type, Type &) && !__is_same(Type, Type const);

template <class Derived, class Base> inline constexpr bool is_derived_from = __is_base_of(Base, Derived);

template <class Type, class... Args> inline constexpr bool is_constructible = __is_constructible(Type, Args...);

template <class Type, class... Args>
inline constexpr bool is_nothrow_constructible = __is_nothrow_constructible(Type, Args...);

} // namespace snug::detail

#endif
