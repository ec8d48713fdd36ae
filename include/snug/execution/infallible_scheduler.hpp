// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Schedulers whose scheduling cannot fail ([exec.sched]).
#ifndef SNUG_EXECUTION_INFALLIBLE_SCHEDULER_HPP
#define SNUG_EXECUTION_INFALLIBLE_SCHEDULER_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/scheduler.hpp>

#include <utility>

namespace snug::execution::detail {

template <class Completions> inline constexpr bool only_values = false;
template <> inline constexpr bool only_values<completion_signatures<set_value_t()>> = true;

template <class Completions> inline constexpr bool only_values_or_stopped = only_values<Completions>;
template <> inline constexpr bool only_values_or_stopped<completion_signatures<set_value_t(), set_stopped_t()>> = true;
template <> inline constexpr bool only_values_or_stopped<completion_signatures<set_stopped_t(), set_value_t()>> = true;

// A scheduler that, in an environment, only completes with set_value_t() unless stop can be requested.
template <class Sch, class Env>
concept infallible_scheduler =
    scheduler<Sch> &&
    (only_values<completions_t<schedule_result_t<Sch>, Env>> ||
     (!unstoppable_token<stop_token_of_t<Env>> && only_values_or_stopped<completions_t<schedule_result_t<Sch>, Env>>));

// What scheduling that cannot fail completes with, in an environment.
template <class... Env> consteval auto infallible_completions() {
  if constexpr (sizeof...(Env) == 0) {
    return dependent_sender_error{};
  } else if constexpr ((unstoppable_token<stop_token_of_t<Env>> && ...)) {
    return completion_signatures<set_value_t()>{};
  } else {
    return completion_signatures<set_value_t(), set_stopped_t()>{};
  }
}

} // namespace snug::execution::detail

#endif
