// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an async scope offers to those who run work in it ([exec.scope.concepts]).
#ifndef SNUG_EXECUTION_SCOPE_CONCEPTS_HPP
#define SNUG_EXECUTION_SCOPE_CONCEPTS_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/sender.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace snug::execution {
namespace detail {

// A sender that every wrap() must take.
struct scope_test_sender {
  using sender_concept = sender_tag;
  using completion_signatures = execution::completion_signatures<set_value_t()>;
};

} // namespace detail

/// A share in an async scope, which cannot be joined while it exists: engaged where it converts to true.
///
/// Destroying it, moving from it and assigning to it give up what it holds; a default constructed one holds nothing.
///
/// Source:     [exec.scope.concepts].
template <class Assoc>
concept scope_association =
    std::movable<Assoc> && snug::detail::is_nothrow_constructible<Assoc, Assoc> &&
    std::is_nothrow_move_assignable_v<Assoc> && std::default_initializable<Assoc> && requires(Assoc const assoc) {
      { static_cast<bool>(assoc) } noexcept;
      { assoc.try_associate() } -> snug::detail::same_as<Assoc>;
    };

/// A handle to an async scope: hands out associations, and wraps the senders that run under them.
///
/// Source:     [exec.scope.concepts].
template <class Token>
concept scope_token = std::copyable<Token> && requires(Token const token) {
  { token.try_associate() } -> scope_association;
  { token.wrap(std::declval<detail::scope_test_sender>()) } -> sender_in<env<>>;
};

namespace detail {

template <class Token>
using association_of_t = snug::detail::remove_cvref_t<decltype(std::declval<Token const &>().try_associate())>;
template <class Token, class Sndr>
using wrapped_sender_t =
    snug::detail::remove_cvref_t<decltype(std::declval<Token const &>().wrap(std::declval<Sndr>()))>;

} // namespace detail
} // namespace snug::execution

#endif
