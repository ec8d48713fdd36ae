// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One element of a pack of values, as a base class: what std::tuple is made of, without its price.
#ifndef SNUG_DETAIL_LEAF_HPP
#define SNUG_DETAIL_LEAF_HPP

#include <cstddef>

namespace snug::detail {

// Owner is the class that derives from it and makes the type unique, so that empty values of different owners share an
// address.
template <class Owner, std::size_t Index, class Value>
struct leaf {
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
