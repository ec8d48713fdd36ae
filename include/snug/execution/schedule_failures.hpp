// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a scheduler's sender completes with if it does not schedule.
#ifndef SNUG_EXECUTION_SCHEDULE_FAILURES_HPP
#define SNUG_EXECUTION_SCHEDULE_FAILURES_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/scheduler.hpp>

namespace snug::execution::detail {

struct keep_failures {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      return completion_signatures<>{};
    } else {
      return completion_signatures<Signal(Values...)>{};
    }
  }
};

// The errors and the stop of scheduling, in an environment.
template <class Sch, class... Env>
using schedule_failures_t =
    typename transformed_completions<keep_failures, completions_t<schedule_result_t<Sch const &>, Env...>>::type;

} // namespace snug::execution::detail

#endif
