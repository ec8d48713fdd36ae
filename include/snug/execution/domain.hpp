// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Domains: how an environment or a sender replaces an algorithm before it is connected ([exec.domain.default]).
#ifndef SNUG_EXECUTION_DOMAIN_HPP
#define SNUG_EXECUTION_DOMAIN_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution {

/// The domain of whoever names none: it transforms nothing.
///
/// Source:     [exec.domain.default].
struct default_domain {
  template <class Tag, class Sndr, class... Args>
    requires requires(Tag tag, Sndr &&sndr, Args &&...args) {
      tag.apply_sender(static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    }
  static constexpr decltype(auto) apply_sender(Tag tag, Sndr &&sndr, Args &&...args) {
    return tag.apply_sender(static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
  }
};

namespace detail {

template <class Queryable> struct domain_of {
  using type = default_domain;
};
template <snug::detail::has_query<get_domain_t> Queryable> struct domain_of<Queryable> {
  using type = snug::detail::remove_cvref_t<snug::detail::query_result_t<Queryable, get_domain_t>>;
};

// Where a sender completes decides first (set_value_t), then where it is started (start_t).
template <class Sndr>
using completing_domain_t = typename domain_of<snug::detail::remove_cvref_t<env_of_t<Sndr>>>::type;
template <class Env> using starting_domain_t = typename domain_of<snug::detail::remove_cvref_t<Env>>::type;

template <class Domain, class When, class Sndr, class Env>
concept domain_transforms =
    requires(Sndr &&sndr, Env const &env) { Domain().transform_sender(When{}, static_cast<Sndr &&>(sndr), env); };

template <class Sndr, class Env>
concept transformed_by_sender = domain_transforms<completing_domain_t<Sndr>, set_value_t, Sndr, Env>;
template <class Sndr, class Env>
concept transformed_by_env = domain_transforms<starting_domain_t<Env>, start_t, Sndr, Env>;

// Whether a domain has a say in what connecting a sender means.
template <class Sndr, class Env>
concept transformed = transformed_by_sender<Sndr, Env> || transformed_by_env<Sndr, Env>;

} // namespace detail

/// What a sender becomes before it is connected in an environment: the domain of its attributes transforms it, then the
/// domain of the environment; itself where neither does.
///
/// Source:     [exec.snd.transform]. Differs: each domain is asked once.
struct transform_sender_t {
  template <class Sndr, class Env> constexpr decltype(auto) operator()(Sndr &&sndr, Env const &env) const {
    if constexpr (detail::transformed_by_sender<Sndr, Env>) {
      return by_env(
          detail::completing_domain_t<Sndr>().transform_sender(set_value_t{}, static_cast<Sndr &&>(sndr), env), env);
    } else {
      return by_env(static_cast<Sndr &&>(sndr), env);
    }
  }

private:
  template <class Sndr, class Env> static constexpr auto by_env(Sndr &&sndr, Env const &env) {
    if constexpr (detail::transformed_by_env<Sndr, Env>) {
      return detail::starting_domain_t<Env>().transform_sender(start_t{}, static_cast<Sndr &&>(sndr), env);
    } else {
      return snug::detail::remove_cvref_t<Sndr>(static_cast<Sndr &&>(sndr));
    }
  }
};
inline constexpr transform_sender_t transform_sender{};

/// Has a domain carry out what Tag means for a sender, for instance to wait for it.
///
/// Source:     [exec.snd.apply].
struct apply_sender_t {
  template <class Domain, class Tag, class Sndr, class... Args>
  constexpr decltype(auto) operator()(Domain domain, Tag tag, Sndr &&sndr, Args &&...args) const {
    if constexpr (requires { domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...); }) {
      return domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    } else {
      return default_domain().apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    }
  }
};
inline constexpr apply_sender_t apply_sender{};

} // namespace snug::execution

#endif
