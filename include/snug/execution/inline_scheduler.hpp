// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The scheduler that runs work where it is started ([exec.inline.scheduler]).
#ifndef SNUG_EXECUTION_INLINE_SCHEDULER_HPP
#define SNUG_EXECUTION_INLINE_SCHEDULER_HPP

#include <snug/config.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/scheduler.hpp>

#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Rcvr> class inline_schedule_op : public inlinable_operation_state<inline_schedule_op<Rcvr>, Rcvr> {
  using receiver_base = inlinable_operation_state<inline_schedule_op, Rcvr>;

public:
  template <class Sndr>
  constexpr inline_schedule_op(Sndr const &, Rcvr rcvr) noexcept : receiver_base(static_cast<Rcvr &&>(rcvr)) {}

  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    set_value_t{}(std::move(rcvr));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Runs work where it is started: its sender completes inside start().
///
/// Shapes:     set_value_t().
/// State:      empty; no receiver.
/// Threads:    completes inside start().
/// Source:     [exec.inline.scheduler]. Differs: says that it makes weakly parallel progress; its sender completes on it
///             where the environment names no scheduler.
class inline_scheduler {
  // Where the environment names no scheduler, this one is as good as any.
  struct attrs : detail::inline_attrs<set_value_t> {
    using detail::inline_attrs<set_value_t>::query;
    static constexpr inline_scheduler query(get_completion_scheduler_t<set_value_t>) noexcept { return {}; }
  };
  struct schedule_sender {
    using sender_concept = sender_tag;
    using in_place_self = schedule_sender;
    template <class, class Rcvr> using operation_for = detail::inline_schedule_op<Rcvr>;
    using completion_signatures = execution::completion_signatures<set_value_t()>;

    static constexpr attrs get_env() noexcept { return {}; }
  };

public:
  using scheduler_concept = scheduler_tag;

  static constexpr schedule_sender schedule() noexcept { return {}; }
  static constexpr forward_progress_guarantee query(get_forward_progress_guarantee_t) noexcept {
    return forward_progress_guarantee::weakly_parallel;
  }
  template <class Query, class... Args>
    requires snug::detail::has_query<detail::inline_attrs<set_value_t>, Query, Args...>
  static constexpr auto query(Query query, Args &&...args) noexcept {
    return detail::inline_attrs<set_value_t>::query(query, static_cast<Args &&>(args)...);
  }
  friend constexpr bool operator==(inline_scheduler, inline_scheduler) noexcept = default;
};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
