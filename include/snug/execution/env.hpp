// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Environments: what answers queries, and how environments are put together ([exec.envs]).
#ifndef SNUG_EXECUTION_ENV_HPP
#define SNUG_EXECUTION_ENV_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/queries.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::execution {

/// An environment that answers one query with one value.
///
/// State:      the value, or a reference where it is given as a std::reference_wrapper; nothing for the query.
/// Source:     [exec.prop]. Differs: can be assigned where the value can; the query need not be one that can be called.
template <class Query, class Value> struct prop {
  [[no_unique_address]] Query query_;
  [[no_unique_address]] Value value_;

  constexpr Value const &query(Query, auto &&...) const noexcept { return value_; }
};
template <class Query, class Value> prop(Query, Value) -> prop<Query, std::unwrap_reference_t<Value>>;

namespace detail {

template <std::size_t Index, class Env> struct env_part {
  constexpr explicit env_part(Env &&e) : env(static_cast<Env &&>(e)) {}

  [[no_unique_address]] Env env;
};

template <class Indices, class... Envs> struct env_parts;

template <std::size_t... Indices, class... Envs>
struct env_parts<std::index_sequence<Indices...>, Envs...> : env_part<Indices, Envs>... {
  constexpr explicit env_parts(Envs &&...envs) : env_part<Indices, Envs>(static_cast<Envs &&>(envs))... {}
};

// The position of the first environment that answers the query; the number of environments where none does.
template <class Query, class ArgsList, class... Envs> inline constexpr std::size_t answering = 0;

template <class Query, class... Args, class... Envs>
inline constexpr std::size_t answering<Query, void(Args...), Envs...> = [] {
  std::size_t index = 0;
  (void)((snug::detail::has_query<Envs, Query, Args...> || (++index, false)) || ...);
  return index;
}();

template <std::size_t Index, class Env> constexpr Env const &part(env_part<Index, Env> const &self) noexcept {
  return self.env;
}

} // namespace detail

/// Several environments side by side: the first that knows a query answers it.
///
/// State:      the environments; nothing for none (`env<>` is the empty environment).
/// Source:     [exec.env].
template <class... Envs> class env : detail::env_parts<std::index_sequence_for<Envs...>, Envs...> {
public:
  constexpr env(Envs... envs)
    requires(sizeof...(Envs) > 0)
      : detail::env_parts<std::index_sequence_for<Envs...>, Envs...>(static_cast<Envs &&>(envs)...) {}
  env(env const &) = default;
  env(env &&) = default;
  env &operator=(env const &) = delete;

  template <class Query, class... Args>
    requires(detail::answering<Query, void(Args && ...), Envs...> < sizeof...(Envs))
  constexpr decltype(auto) query(Query query, Args &&...args) const
      noexcept(noexcept(detail::part<detail::answering<Query, void(Args &&...), Envs...>>(*this).query(
          query, static_cast<Args &&>(args)...))) {
    return detail::part<detail::answering<Query, void(Args && ...), Envs...>>(*this).query(
        query, static_cast<Args &&>(args)...);
  }
};
template <> class env<> {
public:
  env() = default;
  env(env const &) = default;
  env &operator=(env const &) = delete;
};
// Constrained as the constructor is, whose own guide would win otherwise.
template <class... Envs>
  requires(sizeof...(Envs) > 0)
env(Envs...) -> env<std::unwrap_reference_t<Envs>...>;
env() -> env<>;

namespace detail {

template <class Object> struct env_of {
  using type = env<>;
};
// The type alone: the body of get_env() may need what is incomplete here.
template <class Object>
  requires requires(Object const &object) { object.get_env(); }
struct env_of<Object> {
  using type = decltype(std::declval<Object const &>().get_env());
};

} // namespace detail

/// The type of an object's environment.
template <class Object> using env_of_t = typename detail::env_of<snug::detail::remove_cvref_t<Object>>::type;

/// The environment of a receiver, the attributes of a sender; empty where neither offers any.
///
/// Source:     [exec.get.env].
struct get_env_t {
  template <class Object> constexpr env_of_t<Object> operator()(Object const &object) const noexcept {
    if constexpr (requires { object.get_env(); }) {
      static_assert(noexcept(object.get_env()), "get_env() must be noexcept [exec.get.env]");
      return object.get_env();
    } else {
      return env<>{};
    }
  }
};
inline constexpr get_env_t get_env{};

namespace detail {

/// What an adaptor offers of its child's attributes, or of the environment around it: the forwarding queries only.
template <class Env> struct forwarding_env {
  [[no_unique_address]] Env env;

  template <class Query, class... Args>
    requires(forwarding_query(Query{})) && snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return env.query(query, static_cast<Args &&>(args)...);
  }
};

// Wrapped once, however deep the pipeline; nothing for nothing.
template <class Env> struct forwarded {
  using type = forwarding_env<Env>;
};
template <class Env> struct forwarded<forwarding_env<Env>> {
  using type = forwarding_env<Env>;
};
template <> struct forwarded<env<>> {
  using type = env<>;
};
template <class Object>
using forwarded_env_of_t = typename forwarded<snug::detail::remove_cvref_t<env_of_t<Object>>>::type;

} // namespace detail
} // namespace snug::execution

#endif
