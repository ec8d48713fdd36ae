// The members of an aggregate: how many, of which types, how large, and where.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_LAYOUT_FIELDS_HPP
#define SNUG_LAYOUT_FIELDS_HPP

#include <snug/layout/obstacle.hpp>

#include <boost/pfr/core.hpp>
#include <boost/pfr/tuple_size.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::layout {
namespace detail {

constexpr std::size_t align_up(std::size_t offset, std::size_t align) { return (offset + align - 1) / align * align; }

/// Sizes, alignments and natural offsets of the members of `T`, whose members can be listed.
template <class T> struct listed {
  static constexpr std::size_t count = boost::pfr::tuple_size_v<T>;
  template <std::size_t I> using type = boost::pfr::tuple_element_t<I, T>;

  static constexpr auto sizes = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::size_t, count>{sizeof(type<I>)...};
  }(std::make_index_sequence<count>{});
  static constexpr auto aligns = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::size_t, count>{alignof(type<I>)...};
  }(std::make_index_sequence<count>{});

  /// Each member at the first multiple of its alignment behind its predecessor ([class.mem.general]/19 leaves no more
  /// freedom that any ABI uses); the last entry is the end of the last member.
  static constexpr std::array<std::size_t, count + 1> offsets = [] {
    std::array<std::size_t, count + 1> result{};
    std::size_t end = 0;
    for (std::size_t i = 0; i != count; ++i) {
      result[i] = align_up(end, aligns[i]);
      end = result[i] + sizes[i];
    }
    result[count] = end;
    return result;
  }();

  /// Whether that is how the compiler did it, as far as size and alignment of the whole show.
  static constexpr bool is_natural = [] {
    std::size_t align = 1;
    for (std::size_t a : aligns)
      align = std::max(align, a);
    return alignof(T) == align && sizeof(T) == std::max<std::size_t>(1, align_up(offsets[count], align));
  }();
};

template <class T> consteval bool has_listed_fields() {
  if constexpr (obstacle_of<T> == obstacle::none)
    return listed<T>::is_natural;
  else
    return false;
}

/// Says what is wrong with `T`, once, and before PFR does.
template <class T> consteval bool require_listed_fields() {
  constexpr obstacle found = obstacle_of<T>;
  static_assert(found != obstacle::not_a_class, "snug::layout: T is not a class, so it has no members");
  static_assert(found != obstacle::is_union, "snug::layout: T is a union; its members share one place");
  static_assert(found != obstacle::not_an_aggregate,
                "snug::layout: T is not an aggregate (it has a constructor, a private member or a virtual function); "
                "use `snug layout` or the plugin");
  static_assert(found != obstacle::has_base, "snug::layout: T has a base class; use `snug layout` or the plugin");
  static_assert(found != obstacle::has_array, "snug::layout: T has an array as a member; make it a std::array");
  if constexpr (found == obstacle::none) {
    static_assert(listed<T>::is_natural,
                  "snug::layout: the members of T are not in their natural places (alignas, packing, "
                  "[[no_unique_address]], a reference or a bit-field); use `snug layout` or the plugin");
    return listed<T>::is_natural;
  } else {
    return false;
  }
}

struct no_fields {
  static constexpr std::size_t count = 0;
  template <std::size_t> using type = void;
  static constexpr std::array<std::size_t, 1> sizes{}, aligns{}, offsets{};
};

template <class T>
using fields_of =
    std::conditional_t<require_listed_fields<std::remove_cv_t<T>>(), listed<std::remove_cv_t<T>>, no_fields>;

} // namespace detail

/// The number of members of the aggregate `T`; a nested aggregate counts as one.
template <class T> inline constexpr std::size_t field_count = detail::fields_of<T>::count;

/// The type of member `I`, counted from 0.
template <class T, std::size_t I> using field_type = typename detail::fields_of<T>::template type<I>;

/// sizeof member `I`, in bytes.
template <class T, std::size_t I> inline constexpr std::size_t field_size = detail::fields_of<T>::sizes[I];

/// alignof member `I`, in bytes.
template <class T, std::size_t I> inline constexpr std::size_t field_align = detail::fields_of<T>::aligns[I];

/// Where member `I` starts, in bytes from the start of `T`: what offsetof says, without the member's name, and for
/// aggregates that are not standard-layout too. Held against offsetof by unittests/layout/fields_test.cpp.
template <class T, std::size_t I> inline constexpr std::size_t field_offset = detail::fields_of<T>::offsets[I];

} // namespace snug::layout

#endif
