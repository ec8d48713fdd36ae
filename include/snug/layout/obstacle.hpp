// Recognises the types whose layout cannot be computed from the list of their members.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_LAYOUT_OBSTACLE_HPP
#define SNUG_LAYOUT_OBSTACLE_HPP

#include <concepts>
#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::layout::detail {

/// Why the members of a type cannot be listed; `none` if they can.
enum class obstacle { none, not_a_class, is_union, not_an_aggregate, has_base, has_array };

// Stand-ins for initialisers, never called (defined because checks of noexcept may name them). Each converts to what
// its name says, and to nothing that would copy T.
template <class T> struct any_value {
  template <class U>
    requires(!std::same_as<U, T>)
  operator U() const noexcept {
    std::terminate();
  }
};
template <class T> struct any_class_value {
  template <class U>
    requires(!std::same_as<U, T> && (std::is_class_v<U> || std::is_union_v<U>))
  operator U() const noexcept {
    std::terminate();
  }
};
template <class T> struct any_base_value {
  template <class U>
    requires(!std::same_as<U, T> && std::is_base_of_v<U, T>)
  operator U() const noexcept {
    std::terminate();
  }
};
template <class T, std::size_t> using nth_value = any_value<T>;

/// The first element of an aggregate is its first base, if it has one ([dcl.init.aggr]/2).
template <class T>
concept has_base = requires { T{any_base_value<T>{}}; };

/// Initialisers may leave out the braces of an array ([dcl.init.aggr]/16), and then an array of n looks like n members.
/// Its own braces give it away: at place N two values in braces fit, and no class does.
template <class T, std::size_t... I> consteval bool has_array_from(std::index_sequence<I...>) {
  if constexpr (!requires { T{nth_value<T, I>{}..., any_value<T>{}}; }) {
    return requires { T{nth_value<T, I>{}..., {any_value<T>{}, any_value<T>{}}}; };
  } else if constexpr (
      requires { T{nth_value<T, I>{}..., {any_value<T>{}, any_value<T>{}}}; } &&
      !requires { T{nth_value<T, I>{}..., any_class_value<T>{}}; }) {
    return true;
  } else {
    return has_array_from<T>(std::make_index_sequence<sizeof...(I) + 1>{});
  }
}

template <class T> consteval obstacle find_obstacle() {
  if constexpr (std::is_union_v<T>)
    return obstacle::is_union;
  else if constexpr (!std::is_class_v<T>)
    return obstacle::not_a_class;
  else if constexpr (!std::is_aggregate_v<T>)
    return obstacle::not_an_aggregate;
  else if constexpr (has_base<T>)
    return obstacle::has_base;
  else if constexpr (has_array_from<T>(std::index_sequence<>{}))
    return obstacle::has_array;
  else
    return obstacle::none;
}

template <class T> inline constexpr obstacle obstacle_of = find_obstacle<T>();

} // namespace snug::layout::detail

#endif
