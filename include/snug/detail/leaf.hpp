// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One element of a pack of values, as a base class: what std::tuple is made of, without its price.
#ifndef SNUG_DETAIL_LEAF_HPP
#define SNUG_DETAIL_LEAF_HPP

#include <cstddef>
#include <type_traits>

namespace snug::detail {

// Owner is the class that derives from it and makes the type unique, so that empty values of different owners share an
// address. Not an aggregate: g++ 12 folds aggregates with [[no_unique_address]] members to constants that lack values.
template <class Owner, std::size_t Index, class Value>
struct leaf {
  template <class Init>
  constexpr explicit leaf(Init&& init) noexcept(std::is_nothrow_constructible_v<Value, Init>)
      : value(static_cast<Init&&>(init)) {}

  [[no_unique_address]] Value value;
};

template <std::size_t Index, class Owner, class Value>
constexpr Value& leaf_at(leaf<Owner, Index, Value>& self) noexcept {
  return self.value;
}
template <std::size_t Index, class Owner, class Value>
constexpr Value const& leaf_at(leaf<Owner, Index, Value> const& self) noexcept {
  return self.value;
}

}  // namespace snug::detail

#endif
