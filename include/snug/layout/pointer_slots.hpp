// How many pointers an aggregate stores.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_LAYOUT_POINTER_SLOTS_HPP
#define SNUG_LAYOUT_POINTER_SLOTS_HPP

#include <snug/layout/padding.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::layout {
namespace detail {

template <class F> consteval std::size_t pointers_in() {
  using type = std::remove_cv_t<F>;
  if constexpr (std::is_pointer_v<type>)
    return 1;
  else if constexpr (array_traits<type>::extent != 0)
    return array_traits<type>::extent * pointers_in<typename array_traits<type>::element>();
  else if constexpr (has_listed_fields<type>())
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (std::size_t{0} + ... + pointers_in<field_type<type, I>>());
    }(std::make_index_sequence<field_count<type>>{});
  else
    return 0;
}

/// Members that may hold pointers nobody can see from outside.
template <class F> consteval std::size_t opaque_in() {
  using type = std::remove_cv_t<F>;
  if constexpr (array_traits<type>::extent != 0)
    return array_traits<type>::extent * opaque_in<typename array_traits<type>::element>();
  else if constexpr (has_listed_fields<type>())
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (std::size_t{0} + ... + opaque_in<field_type<type, I>>());
    }(std::make_index_sequence<field_count<type>>{});
  else
    return (std::is_class_v<type> || std::is_union_v<type>) && !std::is_empty_v<type> ? 1 : 0;
}

} // namespace detail

/// Pointers to objects and functions that `T` stores at any depth of aggregates and std::arrays. Pointers inside
/// members that are no aggregates are not seen: `opaque_fields` counts those members. Pointers to members are no
/// pointers.
template <class T>
inline constexpr std::size_t pointer_slots =
    detail::require_listed_fields<std::remove_cv_t<T>>() ? detail::pointers_in<T>() : 0;

/// Members, at any depth, whose inside cannot be seen from here: 0 means that `pointer_slots` and `padding` know all.
template <class T>
inline constexpr std::size_t opaque_fields =
    detail::require_listed_fields<std::remove_cv_t<T>>() ? detail::opaque_in<T>() : 0;

} // namespace snug::layout

#endif
