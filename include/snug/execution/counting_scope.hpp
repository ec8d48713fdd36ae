// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scope that counts who is in it and can ask them all to stop ([exec.scope.counting]).
#ifndef SNUG_EXECUTION_COUNTING_SCOPE_HPP
#define SNUG_EXECUTION_COUNTING_SCOPE_HPP

#include <snug/config.hpp>
#include <snug/detail/scope_count.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/counting_association.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/scope_join.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/stop_when.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <exception>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// A simple_counting_scope whose operations stop when the scope is asked to, too.
///
/// State:      32 bytes (x86-64, Itanium ABI), held by execution/counting_scope_test.cpp.
/// Threads:    every function may be called on any thread at any time; request_stop() runs the callbacks of the
///             operations.
/// Otherwise as simple_counting_scope.
/// Source:     [exec.scope.counting].
class counting_scope : snug::detail::scope_count, inplace_stop_source {
public:
  class token;

  using scope_count::max_associations;

  constexpr counting_scope() noexcept = default;
  constexpr ~counting_scope() {
    if (!is_destructible()) {
      std::terminate();
    }
  }

  constexpr token get_token() noexcept;

  /// Lets nobody else in.
  constexpr void close() noexcept { scope_count::close(); }

  /// A sender that completes when nobody is in any more, and lets nobody in afterwards.
  constexpr detail::scope_join_sender join() noexcept { return {this}; }

  /// Asks every operation to stop that runs, or will run, under an association. The last of them may complete inside:
  /// the scope is joined, and may be gone, only when everybody was asked.
  constexpr void request_stop() noexcept {
    bool const is_held = scope_count::hold();
    inplace_stop_source::request_stop();
    if (is_held) {
      scope_count::disassociate();
    }
  }
};

/// The scope_token of a counting_scope; lets the scope stop the senders it wraps.
class counting_scope::token {
public:
  template <sender Sndr>
  constexpr auto wrap(Sndr &&sndr) const
      noexcept(snug::detail::is_nothrow_constructible<snug::detail::remove_cvref_t<Sndr>, Sndr>) {
    return detail::stop_when(static_cast<Sndr &&>(sndr), scope_->inplace_stop_source::get_token());
  }
  constexpr detail::counting_association try_associate() const noexcept {
    return detail::counting_association::with(*scope_);
  }

private:
  friend counting_scope;

  constexpr explicit token(counting_scope *scope) noexcept : scope_(scope) {}

  counting_scope *scope_;
};

constexpr counting_scope::token counting_scope::get_token() noexcept { return token(this); }

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
