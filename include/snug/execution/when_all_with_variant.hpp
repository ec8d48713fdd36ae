// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Joins senders that complete with values in any number of ways ([exec.when.all]).
#ifndef SNUG_EXECUTION_WHEN_ALL_WITH_VARIANT_HPP
#define SNUG_EXECUTION_WHEN_ALL_WITH_VARIANT_HPP

#include <snug/config.hpp>
#include <snug/execution/into_variant.hpp>
#include <snug/execution/when_all.hpp>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts senders one after the other and completes when all have, with a std::variant of std::tuple for each.
///
/// Shapes:     set_value_t(std::variant<…> &&...), one as into_variant makes it for each sender; otherwise as when_all.
/// State:      that of when_all with a variant for each value, so each costs its index: 28 bytes for two just(int)
///             (x86-64, Itanium ABI), held by execution/when_all_with_variant_test.cpp.
/// Otherwise as when_all.
/// Source:     [exec.when.all]. Differs: is when_all of into_variant from the start, not only once a domain had its
///             say.
struct when_all_with_variant_t {
  template <sender... Sndrs> constexpr auto operator()(Sndrs &&...sndrs) const {
    static_assert(sizeof...(Sndrs) > 0, "when_all_with_variant takes at least one sender [exec.when.all]");
    return when_all(into_variant(static_cast<Sndrs &&>(sndrs))...);
  }
};
inline constexpr when_all_with_variant_t when_all_with_variant{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
