// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waits for a sender that completes with values in any number of ways ([exec.sync.wait.var]).
#ifndef SNUG_EXECUTION_SYNC_WAIT_WITH_VARIANT_HPP
#define SNUG_EXECUTION_SYNC_WAIT_WITH_VARIANT_HPP

#include <snug/config.hpp>
#include <snug/execution/into_variant.hpp>
#include <snug/execution/sync_wait.hpp>

#include <optional>
#include <tuple>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Sndr> auto wait_for_variant(Sndr &&sndr) {
  using variant = typename into_variant_type<completions_t<Sndr, sync_wait_env>>::type;
  if constexpr (snug::detail::is_same<variant, empty_variant>) {
    static_assert(!snug::detail::is_same<variant, empty_variant>,
                  "sync_wait_with_variant: the sender never completes with values [exec.sync.wait.var]");
  } else {
    std::optional<variant> result;
    if (auto values = snug::this_thread::sync_wait(into_variant(static_cast<Sndr &&>(sndr)))) {
      result.emplace(std::get<0>(std::move(*values)));
    }
    return result;
  }
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::this_thread::inline SNUG_ABI_NAMESPACE {

/// Starts a sender and waits, running what is scheduled on the waiting thread, until it completes in one of its ways.
///
/// Returns a std::variant of std::tuple, as into_variant makes it; std::nullopt where the sender was stopped.
/// Otherwise as sync_wait.
/// Source:     [exec.sync.wait.var].
struct sync_wait_with_variant_t {
  template <execution::sender Sndr> auto operator()(Sndr &&sndr) const {
    using completions = execution::detail::completions_t<Sndr, execution::detail::sync_wait_env>;
    if constexpr (!execution::detail::is_completion_signatures<completions>) {
      execution::detail::check_connect<Sndr, void, completions>::report();
    } else {
      using domain =
          typename execution::detail::completing_domain<snug::detail::remove_cvref_t<execution::env_of_t<Sndr>>,
                                                        execution::detail::sync_wait_env>::type;
      return execution::apply_sender(domain(), *this, static_cast<Sndr &&>(sndr));
    }
  }

  /// What it does where no domain waits in a way of its own.
  template <execution::sender Sndr> static auto apply_sender(Sndr &&sndr) {
    return execution::detail::wait_for_variant<Sndr>(static_cast<Sndr &&>(sndr));
  }
};
inline constexpr sync_wait_with_variant_t sync_wait_with_variant{};

} // namespace snug::this_thread::inline SNUG_ABI_NAMESPACE

#endif
