// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the iterations of a bulk algorithm may be run, as types ([execpol]).
#ifndef SNUG_EXECUTION_EXECUTION_POLICY_HPP
#define SNUG_EXECUTION_EXECUTION_POLICY_HPP

#include <snug/detail/traits.hpp>

#include <type_traits>

namespace snug::execution {

/// One after the other, on the thread that asks ([execpol.seq]).
struct sequenced_policy {};
inline constexpr sequenced_policy seq{};

/// At the same time, on several threads ([execpol.par]).
struct parallel_policy {};
inline constexpr parallel_policy par{};

/// At the same time, on several threads and interleaved on each ([execpol.parunseq]).
struct parallel_unsequenced_policy {};
inline constexpr parallel_unsequenced_policy par_unseq{};

/// Interleaved, on the thread that asks ([execpol.unseq]).
struct unsequenced_policy {};
inline constexpr unsequenced_policy unseq{};

} // namespace snug::execution

namespace snug {

/// Whether a type is an execution policy. Those of the standard library are none here: their header <execution> costs
/// more than all of <snug/execution.hpp>, and with libstdc++ a library to link. Specialise it for them, or for a policy
/// of a context of one's own.
///
/// Source:     [execpol.type].
template <class Policy> struct is_execution_policy : std::false_type {};
template <> struct is_execution_policy<execution::sequenced_policy> : std::true_type {};
template <> struct is_execution_policy<execution::parallel_policy> : std::true_type {};
template <> struct is_execution_policy<execution::parallel_unsequenced_policy> : std::true_type {};
template <> struct is_execution_policy<execution::unsequenced_policy> : std::true_type {};
template <class Policy> inline constexpr bool is_execution_policy_v = is_execution_policy<Policy>::value;

} // namespace snug

#endif
