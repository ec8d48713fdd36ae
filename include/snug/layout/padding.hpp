// The bytes of an aggregate that belong to no member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_LAYOUT_PADDING_HPP
#define SNUG_LAYOUT_PADDING_HPP

#include <snug/layout/fields.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::layout {

/// Bytes behind the last member of `T`, up to its size; 1 for an empty class.
template <class T>
inline constexpr std::size_t tail_padding = sizeof(T) - detail::fields_of<T>::offsets[detail::fields_of<T>::count];

/// Bytes between the members of `T`, those inside members not counted.
template <class T>
inline constexpr std::size_t holes = [] {
  using fields = detail::fields_of<T>;
  std::size_t taken = 0;
  for (std::size_t i = 0; i != fields::count; ++i)
    taken += fields::sizes[i];
  return fields::offsets[fields::count] - taken;
}();

namespace detail {

template <class T> struct array_traits {
  static constexpr std::size_t extent = 0;
};
template <class T, std::size_t N> struct array_traits<std::array<T, N>> {
  using element = T;
  static constexpr std::size_t extent = N;
};

template <class T> consteval std::size_t all_padding();

/// Padding inside a member: of aggregates and std::arrays of them; what cannot be looked into has none.
template <class F> consteval std::size_t padding_inside() {
  using type = std::remove_cv_t<F>;
  if constexpr (array_traits<type>::extent != 0)
    return array_traits<type>::extent * padding_inside<typename array_traits<type>::element>();
  else if constexpr (has_listed_fields<type>())
    return all_padding<type>();
  else
    return 0;
}

template <class T> consteval std::size_t all_padding() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return ((holes<T> + tail_padding<T>)+... + padding_inside<field_type<T, I>>());
  }(std::make_index_sequence<field_count<T>>{});
}

} // namespace detail

/// Bytes of `T` that belong to no member at any depth: holes and tail padding of `T` and of the aggregates in it, empty
/// members included. Members that are no aggregates count as full, and so does a long double; `snug layout` looks
/// inside.
template <class T> inline constexpr std::size_t padding = detail::all_padding<std::remove_cv_t<T>>();

} // namespace snug::layout

#endif
