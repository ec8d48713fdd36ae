// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operation states and how they are started ([exec.opstate]).
#ifndef SNUG_EXECUTION_OPERATION_STATE_HPP
#define SNUG_EXECUTION_OPERATION_STATE_HPP

#include <snug/detail/traits.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution {

/// Names a class an operation state: `using operation_state_concept = operation_state_tag;`.
struct operation_state_tag {};
using operation_state_t = operation_state_tag;

/// Starts an operation, once.
///
/// Lifetime:   the operation state must live until it completes, and may be gone when the call returns.
/// Source:     [exec.opstate.start].
struct start_t {
  template <class Op> constexpr void operator()(Op &op) const noexcept {
    static_assert(noexcept(op.start()), "an operation state's start() must be noexcept [exec.opstate.start]");
    op.start();
  }
  template <class Op> void operator()(Op const &&op) const = delete;
};
inline constexpr start_t start{};

/// The state of an asynchronous operation between connect and completion.
///
/// Source:     [exec.opstate].
template <class Op>
concept operation_state = snug::detail::is_derived_from<typename Op::operation_state_concept, operation_state_tag> &&
                          std::is_object_v<Op> && std::is_destructible_v<Op> && requires(Op &op) {
                            { op.start() } noexcept;
                          };

} // namespace snug::execution

#endif
