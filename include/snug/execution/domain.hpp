// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How domains replace an algorithm before it is connected, or carry it out ([exec.snd.transform], [exec.snd.apply]).
#ifndef SNUG_EXECUTION_DOMAIN_HPP
#define SNUG_EXECUTION_DOMAIN_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/default_domain.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution {
namespace detail {

// The domain of where a sender goes on. Attributes and environments are the same for many levels of a pipeline, so this
// is found once for all of them.
template <class Attrs, class Env> struct completing_domain {
  using found = completion_domain_t<void, Attrs, Env>;
  using type = std::conditional_t<std::is_void_v<found>, default_domain, found>;
};
template <> struct completing_domain<env<>, env<>> {
  using type = default_domain;
};

// Where a sender completes decides first (set_value_t), then where it is started (start_t).
template <class When, class Sndr, class Env> struct deciding_domain {
  using type = typename completing_domain<snug::detail::remove_cvref_t<env_of_t<Sndr>>, Env>::type;
};
template <class Sndr, class Env> struct deciding_domain<start_t, Sndr, Env> {
  using type = typename domain_of<Env>::type;
};

template <class Domain, class When, class Sndr, class Env>
concept domain_transforms =
    requires(Sndr &&sndr, Env const &env) { Domain().transform_sender(When{}, static_cast<Sndr &&>(sndr), env); };

// One transformation: by the domain that decides, else by the algorithm itself.
template <class Domain, class When, class Sndr, class Env,
          bool ByDomain = !snug::detail::is_same<Domain, default_domain> && domain_transforms<Domain, When, Sndr, Env>>
struct transform_once {
  using domain = Domain;
  static constexpr bool changes_nothing = false;
};
template <class Domain, class When, class Sndr, class Env> struct transform_once<Domain, When, Sndr, Env, false> {
  using domain = default_domain;
  static constexpr bool changes_nothing = !transformed_by_tag<When, Sndr, Env>;
};

// Transformations until the type of the sender stays what it is. Next is what one more of them yields.
template <class When, class Sndr, class Env,
          class Once = transform_once<typename deciding_domain<When, Sndr, Env>::type, When, Sndr, Env>,
          bool ChangesNothing = Once::changes_nothing>
struct transform_pass {
  static constexpr bool changes_nothing = true;
  using type = Sndr;
  static consteval bool is_noexcept() { return true; }
};
template <class When, class Sndr, class Env, class Once> struct transform_pass<When, Sndr, Env, Once, false> {
  using domain = typename Once::domain;
  using once = decltype(domain().transform_sender(When{}, std::declval<Sndr>(), std::declval<Env const &>()));
  struct last {
    static constexpr bool changes_nothing = true;
    using type = once;
    static consteval bool is_noexcept() { return true; }
  };
  template <bool Same, class Next> struct go_on : transform_pass<When, Next, Env> {};
  template <class Next> struct go_on<true, Next> : last {};
  using rest =
      go_on<snug::detail::is_same<snug::detail::remove_cvref_t<once>, snug::detail::remove_cvref_t<Sndr>>, once>;

  static constexpr bool changes_nothing = false;
  using type = typename rest::type;

  static consteval bool is_noexcept() {
    return noexcept(domain().transform_sender(When{}, std::declval<Sndr>(), std::declval<Env const &>())) &&
           rest::is_noexcept();
  }
  static constexpr type apply(Sndr &&sndr, Env const &env) noexcept(is_noexcept()) {
    if constexpr (rest::changes_nothing) {
      return domain().transform_sender(When{}, static_cast<Sndr &&>(sndr), env);
    } else {
      return rest::apply(domain().transform_sender(When{}, static_cast<Sndr &&>(sndr), env), env);
    }
  }
};

/// What domains make of a sender in an environment.
template <class Sndr, class Env> struct transformation {
  using by_completion = transform_pass<set_value_t, Sndr, Env>;
  using by_start = transform_pass<start_t, typename by_completion::type, Env>;
  using type = typename by_start::type;

  static constexpr bool changes_nothing = by_completion::changes_nothing && by_start::changes_nothing;

  static consteval bool is_noexcept() { return by_completion::is_noexcept() && by_start::is_noexcept(); }
  static constexpr type apply(Sndr &&sndr, Env const &env) noexcept(is_noexcept()) {
    if constexpr (by_start::changes_nothing) {
      return by_completion::apply(static_cast<Sndr &&>(sndr), env);
    } else if constexpr (by_completion::changes_nothing) {
      return by_start::apply(static_cast<Sndr &&>(sndr), env);
    } else {
      return by_start::apply(by_completion::apply(static_cast<Sndr &&>(sndr), env), env);
    }
  }
};

template <class Sndr, class Env> using transformation_t = transformation<Sndr, snug::detail::remove_cvref_t<Env>>;

// Whether somebody has a say in what connecting a sender means.
template <class Sndr, class Env>
concept transformed = !transformation_t<Sndr, Env>::changes_nothing;

// What is connected in the place of a sender: itself, as it is forwarded, where nobody has a say.
template <class Sndr, class Env> using transformed_t = typename transformation_t<Sndr, Env>::type;

// Whether a domain of its own looks at a sender: if not, an algorithm need not say what else it could be.
template <class Sndr, class Env>
concept seen_by_a_domain =
    !snug::detail::is_same<typename deciding_domain<set_value_t, Sndr, Env>::type, default_domain> ||
    !snug::detail::is_same<typename domain_of<Env>::type, default_domain>;

} // namespace detail

/// What a sender becomes before it is connected in an environment. The domain of where it completes transforms it until
/// its type stays the same, then that of the environment; the algorithm itself, where the domain knows nothing of it.
///
/// Source:     [exec.snd.transform].
struct transform_sender_t {
  template <class Sndr, class Env>
  constexpr decltype(auto) operator()(Sndr &&sndr, Env const &env) const noexcept(is_noexcept<Sndr, Env>()) {
    if constexpr (detail::transformed<Sndr, Env>) {
      return detail::transformation<Sndr, Env>::apply(static_cast<Sndr &&>(sndr), env);
    } else {
      return static_cast<Sndr>(static_cast<Sndr &&>(sndr));
    }
  }

private:
  template <class Sndr, class Env> static consteval bool is_noexcept() {
    if constexpr (detail::transformed<Sndr, Env>) {
      return detail::transformation<Sndr, Env>::is_noexcept();
    } else {
      return std::is_reference_v<Sndr> || snug::detail::is_nothrow_constructible<Sndr, Sndr>;
    }
  }
};
inline constexpr transform_sender_t transform_sender{};

/// Has a domain carry out what Tag means for a sender, for instance to wait for it.
///
/// Source:     [exec.snd.apply].
struct apply_sender_t {
  template <class Domain, class Tag, class Sndr, class... Args>
    requires requires(Domain domain, Tag tag, Sndr &&sndr, Args &&...args) {
      domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    }
  constexpr decltype(auto) operator()(Domain domain, Tag tag, Sndr &&sndr, Args &&...args) const
      noexcept(noexcept(domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...))) {
    return domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
  }
  template <class Domain, class Tag, class Sndr, class... Args>
    requires(!requires(Domain domain, Tag tag, Sndr &&sndr, Args &&...args) {
              domain.apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
            }) && requires(Tag tag, Sndr &&sndr, Args &&...args) {
      default_domain::apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    }
  constexpr decltype(auto) operator()(Domain, Tag tag, Sndr &&sndr, Args &&...args) const
      noexcept(noexcept(default_domain::apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...))) {
    return default_domain::apply_sender(tag, static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
  }
};
inline constexpr apply_sender_t apply_sender{};

} // namespace snug::execution

#endif
