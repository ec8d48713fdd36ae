// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Storage for a value of one of several types; its owner remembers which.
#ifndef SNUG_DETAIL_ONE_OF_HPP
#define SNUG_DETAIL_ONE_OF_HPP

#include <snug/detail/construct.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::detail {

template <class... Values> union one_of {};

template <class Value, class... Others> union one_of<Value, Others...> {
  constexpr one_of() noexcept {}
  constexpr ~one_of() {}
  constexpr ~one_of()
    requires(std::is_trivially_destructible_v<Value> && (std::is_trivially_destructible_v<Others> && ...))
  = default;

  Value value;
  one_of<Others...> others;
};

template <std::size_t Index, class Value, class... Others>
constexpr auto &one_of_at(one_of<Value, Others...> &storage) noexcept {
  if constexpr (Index == 0) {
    return storage.value;
  } else {
    return detail::one_of_at<Index - 1>(storage.others);
  }
}

template <std::size_t Index, class Value, class... Others, class... Inits>
constexpr void construct_one_of(one_of<Value, Others...> &storage, Inits &&...inits) {
  if constexpr (Index == 0) {
    std::construct_at(&storage.value, static_cast<Inits &&>(inits)...);
  } else {
    std::construct_at(&storage.others);
    detail::construct_one_of<Index - 1>(storage.others, static_cast<Inits &&>(inits)...);
  }
}

// The position of a type among others.
template <class Value, class... Values> consteval std::size_t index_of() {
  std::size_t index = 0;
  (void)((std::is_same_v<Value, Values> || (++index, false)) || ...);
  return index;
}

} // namespace snug::detail

#endif
