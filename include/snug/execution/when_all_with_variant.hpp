// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Joins senders that complete with values in any number of ways ([exec.when.all]).
#ifndef SNUG_EXECUTION_WHEN_ALL_WITH_VARIANT_HPP
#define SNUG_EXECUTION_WHEN_ALL_WITH_VARIANT_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/into_variant.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/when_all.hpp>

#include <cstddef>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct when_all_with_variant_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// Joins the variants of the children that it is called with.
struct join_variants {
  template <class Data, class... Sndrs> constexpr auto operator()(Data &&, Sndrs &&...sndrs) const {
    return when_all(into_variant(static_cast<Sndrs &&>(sndrs))...);
  }
};

// What becomes when_all of into_variant; itself is never connected.
template <class... Sndrs> class when_all_with_variant_sender {
public:
  using sender_concept = sender_tag;
  using parts_self = when_all_with_variant_sender;
  using parts_tag = when_all_with_variant_t;

  template <class... Args>
  constexpr explicit when_all_with_variant_sender(std::in_place_t, Args &&...args)
      : sndrs_(std::in_place, static_cast<Args &&>(args)...) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<decltype(with_parts(std::declval<Self>(), join_variants{})), Env...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return with_leaves(static_cast<Self &&>(self), taker, std::index_sequence_for<Sndrs...>{});
  }

  static constexpr when_all_attrs<snug::detail::remove_cvref_t<env_of_t<Sndrs>>...> get_env() noexcept { return {}; }

private:
  template <class Self, class Taker, std::size_t... Indices>
  static constexpr decltype(auto) with_leaves(Self &&self, Taker &taker, std::index_sequence<Indices...>) {
    return taker(no_data_of_sender, snug::detail::forward_member<Self>(snug::detail::leaf_at<Indices>(self.sndrs_))...);
  }

  [[no_unique_address]] snug::detail::leaves<when_all_with_variant_sender, Sndrs...> sndrs_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts senders one after the other and completes when all have, with a std::variant of std::tuple for each.
///
/// Shapes:     set_value_t(std::variant<…> &&...), one as into_variant makes it for each sender; otherwise as when_all.
/// State:      that of when_all with a variant for each value, so each costs its index: 28 bytes for two just(int)
///             (x86-64, Itanium ABI), held by execution/when_all_with_variant_test.cpp.
/// Otherwise as when_all.
/// Source:     [exec.when.all].
struct when_all_with_variant_t {
  template <sender... Sndrs> constexpr auto operator()(Sndrs &&...sndrs) const {
    static_assert(sizeof...(Sndrs) > 0, "when_all_with_variant takes at least one sender [exec.when.all]");
    return detail::when_all_with_variant_sender<snug::detail::remove_cvref_t<Sndrs>...>(
        std::in_place, static_cast<Sndrs &&>(sndrs)...);
  }

  template <detail::sender_for<when_all_with_variant_t> Sndr, class Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &) {
    return snug::detail::remove_cvref_t<Sndr>::with_parts(static_cast<Sndr &&>(sndr), detail::join_variants{});
  }
};
inline constexpr when_all_with_variant_t when_all_with_variant{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
