// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The queries of [exec.queries]: what can be asked of an environment, of a sender's attributes and of a scheduler.
#ifndef SNUG_EXECUTION_QUERIES_HPP
#define SNUG_EXECUTION_QUERIES_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/default_domain.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <cstddef>
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

namespace detail {

// The least that an allocator must be ([allocator.requirements.general]).
template <class Alloc>
concept simple_allocator = std::copy_constructible<Alloc> && std::equality_comparable<Alloc> &&
                           requires(Alloc alloc, std::size_t n, typename Alloc::value_type &object) {
                             { *alloc.allocate(n) } -> same_as<decltype((object))>;
                             alloc.deallocate(alloc.allocate(n), n);
                           };

} // namespace detail

/// The allocator that an operation should use for what it allocates.
///
/// Source:     [exec.get.allocator].
struct get_allocator_t {
  template <detail::has_query<get_allocator_t> Env> constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)), "query(get_allocator_t) must be noexcept [exec.get.allocator]");
    static_assert(detail::simple_allocator<detail::remove_cvref_t<decltype(env.query(*this))>>,
                  "query(get_allocator_t) must return an allocator [exec.get.allocator]");
    return env.query(*this);
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_allocator_t get_allocator{};

} // namespace snug

namespace snug::execution {

struct get_domain_t;
struct get_scheduler_t;
struct set_value_t;
struct set_error_t;
struct set_stopped_t;

namespace detail {

// A query that may take the environment into account: asked with it where that works, else without.
template <class Queryable, class Query, class... Envs>
concept answers =
    snug::detail::has_query<Queryable, Query, Envs const &...> || snug::detail::has_query<Queryable, Query>;

template <class Queryable, class Query, class... Envs>
constexpr auto answer(Queryable const &queryable, Query query, Envs const &...envs) noexcept {
  if constexpr (snug::detail::has_query<Queryable, Query, Envs const &...>) {
    static_assert(noexcept(queryable.query(query, envs...)), "a query must be noexcept [exec.queries]");
    return queryable.query(query, envs...);
  } else {
    static_assert(noexcept(queryable.query(query)), "a query must be noexcept [exec.queries]");
    return queryable.query(query);
  }
}

// Whether a class calls itself a scheduler: the concept asks these queries, so they cannot ask it.
template <class Sch>
concept named_scheduler = requires { typename Sch::scheduler_concept; };

// An environment without its scheduler and its domain, so that asking these what they depend on comes to an end.
template <class Env> struct without_scheduler {
  Env const &env;

  template <class Query, class... Args>
    requires(!snug::detail::is_same<Query, get_scheduler_t> && !snug::detail::is_same<Query, get_domain_t>) &&
            snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return env.query(query, static_cast<Args &&>(args)...);
  }
};

template <class Tag>
inline constexpr bool is_completion_tag =
    snug::detail::is_same<Tag, set_value_t> || snug::detail::is_same<Tag, set_error_t> ||
    snug::detail::is_same<Tag, set_stopped_t>;

} // namespace detail

/// How surely the work of a scheduler makes progress, from strongest to weakest ([intro.progress]).
enum class forward_progress_guarantee { concurrent, parallel, weakly_parallel };

/// The forward progress that a scheduler promises; weakly_parallel where it says nothing.
///
/// Source:     [exec.get.fwd.progress]. Differs: a scheduler need not say.
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

/// The scheduler on which a sender completes with Tag (set_value_t, set_error_t or set_stopped_t), in an environment;
/// asked of a scheduler, the one on which its work completes.
///
/// Source:     [exec.get.compl.sched].
template <class Tag> struct get_completion_scheduler_t {
  template <class Attrs, class... Envs>
    requires detail::is_completion_tag<Tag> && (detail::answers<Attrs, get_completion_scheduler_t, Envs...> ||
                                                (detail::named_scheduler<Attrs> && sizeof...(Envs) > 0))
  constexpr auto operator()(Attrs const &attrs, Envs const &...envs) const noexcept {
    if constexpr (detail::answers<Attrs, get_completion_scheduler_t, Envs...>) {
      return ends_on(detail::answer(attrs, *this, envs...), envs...);
    } else {
      return attrs;
    }
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }

private:
  using on_value = get_completion_scheduler_t<set_value_t>;

  // A scheduler may run its work on another one: the last of these counts.
  template <class Sch, class... Envs> static constexpr auto ends_on(Sch sch, Envs const &...envs) noexcept {
    if constexpr (!detail::answers<Sch, on_value, Envs...>) {
      return sch;
    } else if constexpr (!snug::detail::is_same<decltype(detail::answer(sch, on_value{}, envs...)), Sch>) {
      return ends_on(detail::answer(sch, on_value{}, envs...), envs...);
    } else {
      for (Sch next = detail::answer(sch, on_value{}, envs...); !(next == sch);) {
        sch = next;
        next = detail::answer(sch, on_value{}, envs...);
      }
      return sch;
    }
  }
};
template <class Tag> inline constexpr get_completion_scheduler_t<Tag> get_completion_scheduler{};

namespace detail {

template <class Tag, class Attrs, class... Envs> struct completion_domain;
template <class Tag, class Attrs, class... Envs>
using completion_domain_t = typename completion_domain<Tag, Attrs, Envs...>::type;

} // namespace detail

/// The domain of where a sender completes with Tag (set_value_t, set_error_t, set_stopped_t; void for where it goes on),
/// in an environment; asked of a scheduler, the domain of its work.
///
/// Source:     [exec.get.compl.domain].
template <class Tag = void> struct get_completion_domain_t {
  template <class Attrs, class... Envs>
    requires(std::is_void_v<Tag> || detail::is_completion_tag<Tag>) &&
            (!std::is_void_v<detail::completion_domain_t<Tag, Attrs, Envs...>>)
  constexpr auto operator()(Attrs const &, Envs const &...) const noexcept {
    static_assert(noexcept(detail::completion_domain_t<Tag, Attrs, Envs...>()),
                  "a domain must be made noexcept [exec.get.compl.domain]");
    return detail::completion_domain_t<Tag, Attrs, Envs...>();
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
template <class Tag = void> inline constexpr get_completion_domain_t<Tag> get_completion_domain{};

namespace detail {

// Whether a query asks where a sender completes.
template <class Query> inline constexpr bool is_about_completion = false;
template <class Tag> inline constexpr bool is_about_completion<get_completion_scheduler_t<Tag>> = true;
template <class Tag> inline constexpr bool is_about_completion<get_completion_domain_t<Tag>> = true;

// The domain that get_completion_domain yields; void where it yields none.
template <class Tag, class Attrs, class... Envs> consteval auto find_completion_domain() {
  if constexpr (answers<Attrs, get_completion_domain_t<Tag>, Envs...>) {
    return std::type_identity<decltype(detail::answer(std::declval<Attrs const &>(), get_completion_domain_t<Tag>{},
                                                      std::declval<Envs const &>()...))>{};
  } else if constexpr (std::is_void_v<Tag>) {
    return detail::find_completion_domain<set_value_t, Attrs, Envs...>();
  } else if constexpr (requires(Attrs const &attrs, Envs const &...envs) {
                         get_completion_scheduler_t<Tag>{}(attrs, envs...);
                       }) {
    using scheduler =
        decltype(get_completion_scheduler_t<Tag>{}(std::declval<Attrs const &>(), std::declval<Envs const &>()...));
    if constexpr (answers<scheduler, get_completion_domain_t<set_value_t>, Envs...>) {
      return std::type_identity<decltype(detail::answer(std::declval<scheduler const &>(),
                                                        get_completion_domain_t<set_value_t>{},
                                                        std::declval<Envs const &>()...))>{};
    } else if constexpr (named_scheduler<Attrs> && sizeof...(Envs) > 0) {
      return std::type_identity<default_domain>{};
    } else {
      return std::type_identity<void>{};
    }
  } else {
    return std::type_identity<void>{};
  }
}
template <class Tag, class Attrs, class... Envs> struct completion_domain {
  using type = typename decltype(detail::find_completion_domain<Tag, Attrs, Envs...>())::type;
};

} // namespace detail

/// The scheduler to which an operation returns where an algorithm promises so.
///
/// Source:     [exec.get.scheduler].
struct get_scheduler_t {
  template <snug::detail::has_query<get_scheduler_t> Env> constexpr auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)), "query(get_scheduler_t) must be noexcept [exec.get.scheduler]");
    return get_completion_scheduler<set_value_t>(env.query(*this), detail::without_scheduler<Env>{env});
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_scheduler_t get_scheduler{};

namespace detail {

// The domain of an environment: named, or that of its scheduler.
template <class Env> struct domain_of {
  using type = default_domain;
};
template <snug::detail::has_query<get_domain_t> Env> struct domain_of<Env> {
  using type = snug::detail::remove_cvref_t<snug::detail::query_result_t<Env, get_domain_t>>;
};
template <class Env>
  requires(!snug::detail::has_query<Env, get_domain_t>) && snug::detail::has_query<Env, get_scheduler_t>
struct domain_of<Env> {
  using scheduler = decltype(get_scheduler(std::declval<Env const &>()));
  using named = completion_domain_t<set_value_t, scheduler, without_scheduler<Env>>;
  using type = std::conditional_t<std::is_void_v<named>, default_domain, named>;
};

} // namespace detail

/// The domain whose algorithms apply to what is started in an environment: the one it names, else that of its
/// scheduler, else default_domain.
///
/// Source:     [exec.get.domain].
struct get_domain_t {
  template <class Env> constexpr auto operator()(Env const &) const noexcept {
    static_assert(noexcept(typename detail::domain_of<Env>::type()),
                  "a domain must be made noexcept [exec.get.domain]");
    return typename detail::domain_of<Env>::type();
  }
  static constexpr bool query(forwarding_query_t) noexcept { return true; }
};
inline constexpr get_domain_t get_domain{};

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
