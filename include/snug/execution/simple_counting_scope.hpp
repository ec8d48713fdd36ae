// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scope that counts who is in it ([exec.scope.simple.counting]).
#ifndef SNUG_EXECUTION_SIMPLE_COUNTING_SCOPE_HPP
#define SNUG_EXECUTION_SIMPLE_COUNTING_SCOPE_HPP

#include <snug/config.hpp>
#include <snug/detail/scope_count.hpp>
#include <snug/execution/counting_association.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/scope_join.hpp>
#include <snug/execution/sender.hpp>

#include <cstddef>
#include <exception>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Counts the operations that run under its associations, so that what they use may live until they are through.
///
/// State:      16 bytes (x86-64, Itanium ABI), held by execution/counting_scope_test.cpp.
/// Threads:    every function may be called on any thread at any time.
/// Lifetime:   whoever used it joins it before it is destroyed: std::terminate() otherwise. May be destroyed inside
///             the completion of join(). Tokens and join senders are not used after that.
/// Errors:     none; allocates nothing.
/// Complexity: one atomic read-modify-write to associate, one to give up; no lock.
/// Source:     [exec.scope.simple.counting].
class simple_counting_scope : snug::detail::scope_count {
public:
  class token;

  using scope_count::max_associations;

  constexpr simple_counting_scope() noexcept = default;
  constexpr ~simple_counting_scope() {
    if (!is_destructible()) {
      std::terminate();
    }
  }

  constexpr token get_token() noexcept;

  /// Lets nobody else in.
  constexpr void close() noexcept { scope_count::close(); }

  /// A sender that completes when nobody is in any more, and lets nobody in afterwards.
  constexpr detail::scope_join_sender join() noexcept { return {this}; }
};

/// The scope_token of a simple_counting_scope; leaves senders as they are.
class simple_counting_scope::token {
public:
  template <sender Sndr> constexpr Sndr &&wrap(Sndr &&sndr) const noexcept { return static_cast<Sndr &&>(sndr); }
  constexpr detail::counting_association try_associate() const noexcept {
    return detail::counting_association::with(*scope_);
  }

private:
  friend simple_counting_scope;

  constexpr explicit token(snug::detail::scope_count *scope) noexcept : scope_(scope) {}

  snug::detail::scope_count *scope_;
};

constexpr simple_counting_scope::token simple_counting_scope::get_token() noexcept { return token(this); }

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
