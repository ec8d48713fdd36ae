// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A share in a counting scope ([exec.counting.scopes.general]).
#ifndef SNUG_EXECUTION_COUNTING_ASSOCIATION_HPP
#define SNUG_EXECUTION_COUNTING_ASSOCIATION_HPP

#include <snug/detail/scope_count.hpp>

#include <utility>

namespace snug::execution::detail {

/// The scope_association of both counting scopes: engaged while it knows its scope.
///
/// State:      8 bytes (x86-64, Itanium ABI), held by execution/counting_scope_test.cpp.
/// Threads:    the last one to go may join the scope: who waits for that completes inside the destructor.
/// Source:     [exec.counting.scopes.general].
class counting_association {
public:
  constexpr counting_association() noexcept = default;
  constexpr counting_association(counting_association &&other) noexcept
      : scope_(std::exchange(other.scope_, nullptr)) {}
  constexpr counting_association &operator=(counting_association other) noexcept {
    std::swap(scope_, other.scope_);
    return *this;
  }
  constexpr ~counting_association() {
    if (scope_ != nullptr) {
      scope_->disassociate();
    }
  }

  /// An association with a scope; none where it takes no more.
  static constexpr counting_association with(snug::detail::scope_count &scope) noexcept {
    return counting_association(scope.try_associate() ? &scope : nullptr);
  }

  constexpr explicit operator bool() const noexcept { return scope_ != nullptr; }
  constexpr counting_association try_associate() const noexcept {
    return scope_ != nullptr ? with(*scope_) : counting_association();
  }

private:
  constexpr explicit counting_association(snug::detail::scope_count *scope) noexcept : scope_(scope) {}

  snug::detail::scope_count *scope_ = nullptr;
};

} // namespace snug::execution::detail

#endif
