// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Packs of values as base classes: what std::tuple is made of, without its price.
#ifndef SNUG_DETAIL_LEAF_HPP
#define SNUG_DETAIL_LEAF_HPP

#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::detail {

// Owner is the class that derives from it and makes the type unique, so that empty values of different owners share an
// address. Not an aggregate: g++ 12 folds aggregates with [[no_unique_address]] members to constants that lack values.
template <class Owner, std::size_t Index, class Value> struct leaf {
  // No copy of a leaf: that of a value which cannot be copied would only fail inside.
  template <class Init>
    requires(!is_same<remove_cvref_t<Init>, leaf>)
  constexpr explicit leaf(Init &&init) noexcept(is_nothrow_constructible<Value, Init>)
      : value(static_cast<Init &&>(init)) {}
  // Not trivial on purpose: clang copies a trivial pack of ints as wider integers and takes them apart again, which
  // costs the example two of ten instructions.
  constexpr leaf(leaf &&other) noexcept(is_nothrow_constructible<Value, Value>)
    requires is_constructible<Value, Value>
      : value(static_cast<Value &&>(other.value)) {}
  constexpr leaf(leaf const &other) noexcept(is_nothrow_constructible<Value, Value const &>)
    requires is_constructible<Value, Value const &>
      : value(other.value) {}

  [[no_unique_address]] Value value;
};

template <std::size_t Index, class Owner, class Value>
constexpr Value &leaf_at(leaf<Owner, Index, Value> &self) noexcept {
  return self.value;
}
template <std::size_t Index, class Owner, class Value>
constexpr Value const &leaf_at(leaf<Owner, Index, Value> const &self) noexcept {
  return self.value;
}

// All values of an owner, in order.
template <class Owner, class Indices, class... Values> class leaves_with;
template <class Owner, std::size_t... Indices, class... Values>
class leaves_with<Owner, std::index_sequence<Indices...>, Values...> : public leaf<Owner, Indices, Values>... {
public:
  template <class... Inits>
  constexpr explicit leaves_with(std::in_place_t, Inits &&...inits)
      : leaf<Owner, Indices, Values>(static_cast<Inits &&>(inits))... {}

  // Moves or copies the values of another owner, one by one: a copy of them all at once becomes wide moves and shifts.
  template <class Self, class Other>
  constexpr explicit leaves_with(std::in_place_type_t<Self>,
                                 Other &other) noexcept((is_nothrow_constructible<Values, copy_cvref_t<Self, Values>> &&
                                                         ...))
      : leaf<Owner, Indices, Values>(forward_member<Self>(detail::leaf_at<Indices>(other)))... {}

  template <class F> constexpr void move_into(F &&f) noexcept {
    static_cast<F &&>(f)(std::move(detail::leaf_at<Indices>(*this))...);
  }
  template <class F> constexpr void lend_to(F &&f) { static_cast<F &&>(f)(detail::leaf_at<Indices>(*this)...); }
  template <class F> constexpr void show_to(F &&f) const noexcept {
    static_cast<F &&>(f)(detail::leaf_at<Indices>(*this)...);
  }
};

template <class Owner, class... Values>
using leaves = leaves_with<Owner, std::index_sequence_for<Values...>, Values...>;

// What a structured binding of them binds.
template <std::size_t Index, class Owner, class Value> constexpr Value &get(leaf<Owner, Index, Value> &self) noexcept {
  return self.value;
}
template <std::size_t Index, class Owner, class Value>
constexpr Value const &get(leaf<Owner, Index, Value> const &self) noexcept {
  return self.value;
}
template <std::size_t Index, class Owner, class Value>
constexpr Value &&get(leaf<Owner, Index, Value> &&self) noexcept {
  return static_cast<Value &&>(self.value);
}

} // namespace snug::detail

template <class Owner, class Indices, class... Values>
struct std::tuple_size<snug::detail::leaves_with<Owner, Indices, Values...>>
    : std::integral_constant<std::size_t, sizeof...(Values)> {};
template <std::size_t Index, class Owner, class Indices, class... Values>
struct std::tuple_element<Index, snug::detail::leaves_with<Owner, Indices, Values...>> {
  using type = std::remove_reference_t<decltype(snug::detail::leaf_at<Index>(
      std::declval<snug::detail::leaves_with<Owner, Indices, Values...> &>()))>;
};

#endif
