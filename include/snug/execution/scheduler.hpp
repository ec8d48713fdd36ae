// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Schedulers: where work runs ([exec.sched]).
#ifndef SNUG_EXECUTION_SCHEDULER_HPP
#define SNUG_EXECUTION_SCHEDULER_HPP

#include <snug/execution/sender.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace snug::execution {

/// Names a class a scheduler: `using scheduler_concept = scheduler_tag;`.
struct scheduler_tag {};
using scheduler_t = scheduler_tag;

/// A sender that completes, without values, on a scheduler's execution resource.
///
/// Source:     [exec.schedule].
struct schedule_t {
  template <class Scheduler>
    requires requires(Scheduler &&scheduler) { static_cast<Scheduler &&>(scheduler).schedule(); }
  constexpr auto operator()(Scheduler &&scheduler) const
      noexcept(noexcept(static_cast<Scheduler &&>(scheduler).schedule())) {
    static_assert(sender<decltype(static_cast<Scheduler &&>(scheduler).schedule())>,
                  "a scheduler's schedule() must return a sender [exec.schedule]");
    return static_cast<Scheduler &&>(scheduler).schedule();
  }
};
inline constexpr schedule_t schedule{};

/// A handle to a place where work runs.
///
/// Source:     [exec.sched].
template <class Sch>
concept scheduler =
    std::derived_from<typename std::remove_cvref_t<Sch>::scheduler_concept, scheduler_tag> && requires(Sch &&sch) {
      { schedule(static_cast<Sch &&>(sch)) } -> sender;
    } && std::equality_comparable<std::remove_cvref_t<Sch>> && std::copyable<std::remove_cvref_t<Sch>>;

/// The sender that a scheduler's schedule() returns.
template <class Sch> using schedule_result_t = decltype(schedule(std::declval<Sch>()));

} // namespace snug::execution

#endif
