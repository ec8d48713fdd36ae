// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The queries of [exec.queries]: what can be asked of an environment, of a sender's attributes and of a scheduler.
#ifndef SNUG_EXECUTION_QUERIES_HPP
#define SNUG_EXECUTION_QUERIES_HPP

#include <snug/detail/traits.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace snug {
namespace detail {

template <class Queryable, class Query, class... Args>
concept has_query = requires(Queryable const &object, Query query, Args &&...args) {
  object.query(query, static_cast<Args &&>(args)...);
};

template <class Queryable, class Query, class... Args>
using query_result_t =
    decltype(std::declval<Queryable const &>().query(std::declval<Query>(), std::declval<Args>()...));

} // namespace detail

/// Asks a query object whether an adaptor hands it on to the environment around it.
///
/// Source:     [exec.fwd.env].
struct forwarding_query_t {
  template <class Query> constexpr bool operator()(Query query) const noexcept {
    if constexpr (detail::has_query<Query, forwarding_query_t>) {
      static_assert(noexcept(query.query(forwarding_query_t{})),
                    "query(forwarding_query_t) must be noexcept [exec.fwd.env]");
      return query.query(forwarding_query_t{});
    } else {
      return snug::detail::is_derived_from<Query, forwarding_query_t>;
    }
  }
};
inline constexpr forwarding_query_t forwarding_query{};

/// The token by which whoever waits for an operation asks it to stop; never_stop_token where nobody offers one.
///
/// Source:     [exec.get.stop.token].
struct get_stop_token_t {
  template <class Env> constexpr auto operator()(Env const &env) const noexcept {
    if constexpr (detail::has_query<Env, get_stop_token_t>) {
      static_assert(noexcept(env.query(*this)), "query(get_stop_token_t) must be noexcept [exec.get.stop.token]");
      return env.query(*this);
    } else {
      return never_stop_token{};
    }
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_stop_token_t get_stop_token{};

/// The type of stop token that an environment offers.
template <class Env>
using stop_token_of_t = snug::detail::remove_cvref_t<decltype(get_stop_token(std::declval<Env>()))>;

/// The allocator that an operation should use for what it allocates.
///
/// Source:     [exec.get.allocator].
struct get_allocator_t {
  template <detail::has_query<get_allocator_t> Env> constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)), "query(get_allocator_t) must be noexcept [exec.get.allocator]");
    return env.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_allocator_t get_allocator{};

} // namespace snug

namespace snug::execution {

/// The domain whose algorithms apply to what the environment or the sender describes.
///
/// Source:     [exec.get.domain].
struct get_domain_t {
  template <snug::detail::has_query<get_domain_t> Env> constexpr auto operator()(Env const &env) const noexcept {
    return snug::detail::remove_cvref_t<decltype(env.query(*this))>{};
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_domain_t get_domain{};

/// The scheduler to which an operation returns where an algorithm promises so.
///
/// Source:     [exec.get.scheduler].
struct get_scheduler_t {
  template <snug::detail::has_query<get_scheduler_t> Env> constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)), "query(get_scheduler_t) must be noexcept [exec.get.scheduler]");
    return env.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_scheduler_t get_scheduler{};

/// The scheduler on which the operation was started.
///
/// Source:     [exec.get.start.scheduler].
struct get_start_scheduler_t {
  template <snug::detail::has_query<get_start_scheduler_t> Env>
  constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)),
                  "query(get_start_scheduler_t) must be noexcept [exec.get.start.scheduler]");
    return env.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_start_scheduler_t get_start_scheduler{};

/// The scheduler on which an operation may run work on behalf of whoever waits for it.
///
/// Source:     [exec.get.delegation.scheduler].
struct get_delegation_scheduler_t {
  template <snug::detail::has_query<get_delegation_scheduler_t> Env>
  constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)),
                  "query(get_delegation_scheduler_t) must be noexcept [exec.get.delegation.scheduler]");
    return env.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_delegation_scheduler_t get_delegation_scheduler{};

/// How surely the work of a scheduler makes progress, from strongest to weakest ([intro.progress]).
enum class forward_progress_guarantee { concurrent, parallel, weakly_parallel };

/// The forward progress that a scheduler promises; weakly_parallel where it says nothing.
///
/// Source:     [exec.get.fwd.progress].
struct get_forward_progress_guarantee_t {
  template <class Scheduler>
  constexpr forward_progress_guarantee operator()(Scheduler const &scheduler) const noexcept {
    if constexpr (snug::detail::has_query<Scheduler, get_forward_progress_guarantee_t>) {
      static_assert(noexcept(scheduler.query(*this)),
                    "query(get_forward_progress_guarantee_t) must be noexcept [exec.get.fwd.progress]");
      return scheduler.query(*this);
    } else {
      return forward_progress_guarantee::weakly_parallel;
    }
  }
};
inline constexpr get_forward_progress_guarantee_t get_forward_progress_guarantee{};

/// The scheduler on which a sender completes with Tag (set_value_t, set_error_t or set_stopped_t).
///
/// Source:     [exec.get.compl.sched].
template <class Tag> struct get_completion_scheduler_t {
  template <class Attrs, class... Envs>
    requires snug::detail::has_query<Attrs, get_completion_scheduler_t> ||
             snug::detail::has_query<Attrs, get_completion_scheduler_t, Envs const &...>
  constexpr auto operator()(Attrs const &attrs, Envs const &...envs) const noexcept {
    if constexpr (snug::detail::has_query<Attrs, get_completion_scheduler_t, Envs const &...>) {
      return attrs.query(*this, envs...);
    } else {
      return attrs.query(*this);
    }
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
template <class Tag> inline constexpr get_completion_scheduler_t<Tag> get_completion_scheduler{};

/// The domain of where a sender completes with Tag (set_value_t, set_error_t or set_stopped_t).
///
/// Source:     [exec.get.compl.domain].
template <class Tag> struct get_completion_domain_t {
  template <class Attrs, class... Envs>
    requires snug::detail::has_query<Attrs, get_completion_domain_t> ||
             snug::detail::has_query<Attrs, get_completion_domain_t, Envs const &...>
  constexpr auto operator()(Attrs const &attrs, Envs const &...envs) const noexcept {
    if constexpr (snug::detail::has_query<Attrs, get_completion_domain_t, Envs const &...>) {
      return attrs.query(*this, envs...);
    } else {
      return attrs.query(*this);
    }
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
template <class Tag> inline constexpr get_completion_domain_t<Tag> get_completion_domain{};

/// How a sender is adapted before a coroutine awaits it: a function from the sender to the one that is awaited.
///
/// Source:     [exec.get.await.adapt].
struct get_await_completion_adaptor_t {
  template <snug::detail::has_query<get_await_completion_adaptor_t> Attrs>
  constexpr auto operator()(Attrs const &attrs) const noexcept {
    static_assert(noexcept(attrs.query(*this)),
                  "query(get_await_completion_adaptor_t) must be noexcept [exec.get.await.adapt]");
    return attrs.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_await_completion_adaptor_t get_await_completion_adaptor{};

} // namespace snug::execution

#endif
