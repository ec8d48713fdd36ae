// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where spawned operations get their memory, and what they see around them ([exec.spawn], [exec.spawn.future]).
#ifndef SNUG_EXECUTION_SPAWN_ENV_HPP
#define SNUG_EXECUTION_SPAWN_ENV_HPP

#include <snug/detail/allocate.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>

#include <utility>

namespace snug::execution::detail {

template <class Allocator, class Env> struct spawn_parts {
  Allocator allocator;
  Env env;
};

// The allocator that the environment names, or the sender, or nobody; and the environment that says so, too.
template <class Sndr, class Env> constexpr auto spawn_parts_of(Sndr const &wrapped, Env &&env) {
  using environment = snug::detail::remove_cvref_t<Env>;
  using attributes = env_of_t<Sndr>;
  if constexpr (snug::detail::has_query<environment, get_allocator_t>) {
    auto allocator = get_allocator(env);
    return spawn_parts<decltype(allocator), environment>{std::move(allocator), static_cast<Env &&>(env)};
  } else if constexpr (snug::detail::has_query<attributes, get_allocator_t>) {
    auto allocator = get_allocator(execution::get_env(wrapped));
    using named = prop<get_allocator_t, decltype(allocator)>;
    using joined = execution::env<named, environment>;
    return spawn_parts<decltype(allocator), joined>{allocator, joined(named{{}, allocator}, static_cast<Env &&>(env))};
  } else {
    return spawn_parts<snug::detail::default_allocator<void>, environment>{{}, static_cast<Env &&>(env)};
  }
}

} // namespace snug::execution::detail

#endif
