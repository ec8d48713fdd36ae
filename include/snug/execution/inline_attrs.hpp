// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The attributes of a sender that completes where it is started ([exec.snd.expos]).
#ifndef SNUG_EXECUTION_INLINE_ATTRS_HPP
#define SNUG_EXECUTION_INLINE_ATTRS_HPP

#include <snug/execution/queries.hpp>

namespace snug::execution::detail {

// The scheduler on which an operation runs that is started in an environment.
template <class Env>
concept names_scheduler =
    snug::detail::has_query<Env, get_start_scheduler_t> || snug::detail::has_query<Env, get_scheduler_t>;

template <names_scheduler Env> constexpr auto scheduler_of_start(Env const &env) noexcept {
  if constexpr (snug::detail::has_query<Env, get_start_scheduler_t>) {
    return get_start_scheduler(env);
  } else {
    return get_scheduler(env);
  }
}

/// Completes with Tag on the scheduler, and in the domain, of the environment.
///
/// Source:     [exec.snd.expos]. Differs: takes the scheduler on which the operation is started, where the environment
///             tells it from get_scheduler.
template <class Tag> struct inline_attrs {
  template <names_scheduler Env> static constexpr auto query(get_completion_scheduler_t<Tag>, Env const &env) noexcept {
    return detail::scheduler_of_start(env);
  }
  template <class Env> static constexpr auto query(get_completion_domain_t<Tag>, Env const &env) noexcept {
    return get_domain(env);
  }
};

} // namespace snug::execution::detail

#endif
