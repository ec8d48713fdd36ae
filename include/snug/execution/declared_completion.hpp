// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whether a sender may complete the way it does.
#ifndef SNUG_EXECUTION_DECLARED_COMPLETION_HPP
#define SNUG_EXECUTION_DECLARED_COMPLETION_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/domain.hpp>

namespace snug::execution::detail {

// The same completion but for references and const: who declares an int may send an lvalue.
template <class Declared, class Used> inline constexpr bool is_like = false;
template <class Signal, class... Declared, class... Used>
  requires(sizeof...(Declared) == sizeof...(Used))
inline constexpr bool is_like<Signal(Declared...), Signal(Used...)> =
    (snug::detail::is_same<snug::detail::remove_cvref_t<Declared>, snug::detail::remove_cvref_t<Used>> && ...);

// A set that is none has been reported already.
template <class Used, class Completions> inline constexpr bool is_declared_in = true;
template <class Used, class... Signatures>
inline constexpr bool is_declared_in<Used, completion_signatures<Signatures...>> =
    (snug::detail::is_same<Signatures, Used> || ...) || (is_like<Signatures, Used> || ...);

/// Whether a sender that completes with Used in Env, or what domains make of it there, says so in its completion
/// signatures.
template <class Sndr, class Env, class Used>
inline constexpr bool is_declared_by = is_declared_in<Used, completions_t<transformed_t<Sndr, Env>, Env>>;

} // namespace snug::execution::detail

#endif
