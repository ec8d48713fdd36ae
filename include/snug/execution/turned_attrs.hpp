// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The attributes of an adaptor that turns one kind of completion into another ([exec.snd.general]).
#ifndef SNUG_EXECUTION_TURNED_ATTRS_HPP
#define SNUG_EXECUTION_TURNED_ATTRS_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/default_domain.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/sender.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The kinds of completion of a child after which an adaptor may complete with another.
template <class... Tags> struct origins {
  template <class... Others> friend consteval origins<Tags..., Others...> operator+(origins, origins<Others...>) {
    return {};
  }
};

// Whether completions hold one of a kind; unknown ones might.
template <class Tag, class Signature> inline constexpr bool completes_as = false;
template <class Tag, class... Values> inline constexpr bool completes_as<Tag, Tag(Values...)> = true;
template <class Tag, class Completions> inline constexpr bool may_complete_as = true;
template <class Tag, class... Signatures>
inline constexpr bool may_complete_as<Tag, completion_signatures<Signatures...>> =
    (completes_as<Tag, Signatures> || ...);

// Whether a completion of the child with From may lead to one with To: Transform says what becomes of each.
template <class Transform, class From, class To, class Signature> consteval bool turns() {
  if constexpr (completes_as<From, Signature>) {
    return may_complete_as<To, decltype(Transform::template each<Signature>())>;
  } else {
    return false;
  }
}
template <class Transform, class From, class To, class Completions> inline constexpr bool may_turn = true;
template <class Transform, class From, class To, class... Signatures>
inline constexpr bool may_turn<Transform, From, To, completion_signatures<Signatures...>> =
    (detail::turns<Transform, From, To, Signatures>() || ...);

template <class Transform, class From, class To, class Completions>
using origin_if = std::conditional_t<may_turn<Transform, From, To, Completions>, origins<From>, origins<>>;
template <class Transform, class To, class Completions>
using origins_of = decltype(origin_if<Transform, set_value_t, To, Completions>{} +
                            origin_if<Transform, set_error_t, To, Completions>{} +
                            origin_if<Transform, set_stopped_t, To, Completions>{});

// What a child says of all the origins of a completion. Of two schedulers only those are known to be the same that
// cannot differ.
template <class Attrs, class Origins, class... Envs> struct said_of {
  static constexpr bool names_scheduler = false;
  static constexpr bool names_domain = false;
};
template <class Attrs, class First, class... Others, class... Envs>
struct said_of<Attrs, origins<First, Others...>, Envs...> {
  template <class Tag> static consteval bool is_like_first() {
    if constexpr (answers<Attrs, get_completion_scheduler_t<Tag>, Envs...>) {
      using scheduler = decltype(scheduler_after<Tag>(std::declval<Attrs const &>(), std::declval<Envs const &>()...));
      return snug::detail::is_same<scheduler, decltype(scheduler_after<First>(std::declval<Attrs const &>(),
                                                                              std::declval<Envs const &>()...))> &&
             std::is_empty_v<scheduler>;
    } else {
      return false;
    }
  }
  template <class Tag> static constexpr auto scheduler_after(Attrs const &attrs, Envs const &...envs) noexcept {
    return detail::answer(attrs, get_completion_scheduler_t<Tag>{}, envs...);
  }
  static consteval bool is_scheduler_known() {
    if constexpr (answers<Attrs, get_completion_scheduler_t<First>, Envs...>) {
      return (is_like_first<Others>() && ...);
    } else {
      return false;
    }
  }

  static constexpr bool names_scheduler = is_scheduler_known();
  static constexpr bool names_domain = !std::is_void_v<completion_domain_t<First, Attrs, Envs...>> ||
                                       (!std::is_void_v<completion_domain_t<Others, Attrs, Envs...>> || ...);

  static constexpr auto scheduler(Attrs const &attrs, Envs const &...envs) noexcept {
    return scheduler_after<First>(attrs, envs...);
  }
  static constexpr auto domain() noexcept {
    return common_domain_t<domain_or_unknown<completion_domain_t<First, Attrs, Envs...>>,
                           domain_or_unknown<completion_domain_t<Others, Attrs, Envs...>>...>();
  }
};

// Which completions of an adaptor need not be where its child completes in the same way: those that come of the kind
// that it catches, values and what is thrown.
template <class Caught, class Tag>
inline constexpr bool is_turned = snug::detail::is_same<Tag, set_error_t> && !snug::detail::is_same<Caught, Tag>;
template <class Caught>
inline constexpr bool is_turned<Caught, set_value_t> = !snug::detail::is_same<Caught, set_value_t>;

template <class Caught, class Query> inline constexpr bool asks_of_turned = false;
template <class Caught, class Tag>
inline constexpr bool asks_of_turned<Caught, get_completion_scheduler_t<Tag>> = is_turned<Caught, Tag>;
template <class Caught, class Tag>
inline constexpr bool asks_of_turned<Caught, get_completion_domain_t<Tag>> = is_turned<Caught, Tag>;

/// Of an adaptor that catches one kind of completion of its child (Caught), and turns it into a value or an error: where
/// it completes with these, from where the child completes; everything else as the child.
///
/// Source:     [exec.snd.general].
template <class Sndr, class Transform, class Caught> struct turned_attrs {
  using child_attrs = forwarded_env_of_t<Sndr>;

  [[no_unique_address]] child_attrs child;

  template <class Tag, class... Envs>
  using said = said_of<child_attrs, origins_of<Transform, Tag, completions_t<Sndr, Envs...>>, Envs...>;

  template <class Tag, class... Envs>
    requires(is_turned<Caught, Tag>) && (said<Tag, Envs...>::names_scheduler)
  constexpr auto query(get_completion_scheduler_t<Tag>, Envs const &...envs) const noexcept {
    return said<Tag, Envs...>::scheduler(child, envs...);
  }
  template <class Tag, class... Envs>
    requires(is_turned<Caught, Tag>) && (said<Tag, Envs...>::names_domain)
  constexpr auto query(get_completion_domain_t<Tag>, Envs const &...) const noexcept {
    return said<Tag, Envs...>::domain();
  }
  template <class Query, class... Args>
    requires(!asks_of_turned<Caught, Query>) && snug::detail::has_query<child_attrs, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return child.query(query, static_cast<Args &&>(args)...);
  }
};

// Nothing comes of nothing.
template <class Sndr, class Transform, class Caught>
using turned_attrs_t = std::conditional_t<snug::detail::is_same<forwarded_env_of_t<Sndr>, env<>>, env<>,
                                          turned_attrs<Sndr, Transform, Caught>>;

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
