// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The domains of whoever names none, and of whoever cannot tell which ([exec.domain.default],
// [exec.domain.indeterminate]).
#ifndef SNUG_EXECUTION_DEFAULT_DOMAIN_HPP
#define SNUG_EXECUTION_DEFAULT_DOMAIN_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/sender_parts.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution {
namespace detail {

// Whether an algorithm says itself what its sender becomes.
template <class When, class Sndr, class Env>
concept transformed_by_tag =
    requires(typename tag_of<snug::detail::remove_cvref_t<Sndr>>::type tag, Sndr &&sndr, Env const &env) {
      tag.transform_sender(When{}, static_cast<Sndr &&>(sndr), env);
    };

template <class When, class Sndr, class Env> consteval bool tag_transforms_nothrow() {
  if constexpr (transformed_by_tag<When, Sndr, Env>) {
    using tag = typename tag_of<snug::detail::remove_cvref_t<Sndr>>::type;
    return noexcept(tag().transform_sender(When{}, std::declval<Sndr>(), std::declval<Env const &>()));
  } else {
    return std::is_reference_v<Sndr> || snug::detail::is_nothrow_constructible<Sndr, Sndr>;
  }
}

} // namespace detail

/// The domain of whoever names none: a sender becomes what its algorithm says.
///
/// Source:     [exec.domain.default].
struct default_domain {
  template <class When, class Sndr, class Env>
  static constexpr decltype(auto)
  transform_sender(When, Sndr &&sndr, Env const &env) noexcept(detail::tag_transforms_nothrow<When, Sndr, Env>()) {
    if constexpr (detail::transformed_by_tag<When, Sndr, Env>) {
      using tag = typename detail::tag_of<snug::detail::remove_cvref_t<Sndr>>::type;
      return tag().transform_sender(When{}, static_cast<Sndr &&>(sndr), env);
    } else {
      return static_cast<Sndr>(static_cast<Sndr &&>(sndr));
    }
  }

  template <class Tag, class Sndr, class... Args>
    requires requires(Tag tag, Sndr &&sndr, Args &&...args) {
      tag.apply_sender(static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
    }
  static constexpr decltype(auto) apply_sender(Tag tag, Sndr &&sndr, Args &&...args) noexcept(
      noexcept(tag.apply_sender(static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...))) {
    return tag.apply_sender(static_cast<Sndr &&>(sndr), static_cast<Args &&>(args)...);
  }
};

/// The domain of what may complete in one of several: it transforms as default_domain does, which each of them must
/// agree with.
///
/// Source:     [exec.domain.indeterminate].
template <class... Domains> struct indeterminate_domain {
  indeterminate_domain() = default;
  constexpr indeterminate_domain(auto &&) noexcept {}

  template <class When, class Sndr, class Env>
  static constexpr decltype(auto)
  transform_sender(When when, Sndr &&sndr, Env const &env) noexcept(detail::tag_transforms_nothrow<When, Sndr, Env>()) {
    static_assert((agrees<Domains, When, Sndr, Env>() && ...),
                  "the sender may complete in several domains, one of which transforms it in a way of its own "
                  "[exec.domain.indeterminate]");
    return default_domain::transform_sender(when, static_cast<Sndr &&>(sndr), env);
  }

private:
  template <class Domain, class When, class Sndr, class Env> static consteval bool agrees() {
    if constexpr (requires(Sndr &&sndr, Env const &env) {
                    Domain().transform_sender(When{}, static_cast<Sndr &&>(sndr), env);
                  }) {
      using by_domain = decltype(Domain().transform_sender(When{}, std::declval<Sndr>(), std::declval<Env const &>()));
      using by_default =
          decltype(default_domain::transform_sender(When{}, std::declval<Sndr>(), std::declval<Env const &>()));
      return snug::detail::is_same<snug::detail::decay_t<by_domain>, snug::detail::decay_t<by_default>>;
    } else {
      return true;
    }
  }
};

namespace detail {

// The domains of several places, each once.
template <class... Ds> struct domain_set {
  using indeterminate = indeterminate_domain<Ds...>;
};
template <class... Ds, class D> consteval auto operator+(domain_set<Ds...>, std::type_identity<D>) {
  if constexpr ((snug::detail::is_same<D, Ds> || ...)) {
    return domain_set<Ds...>{};
  } else {
    return domain_set<Ds..., D>{};
  }
}
// A class, not an alias: g++ 12 does not see through the fold in one.
template <class... Ds> struct indeterminate_of {
  using type = typename decltype((domain_set<>{} + ... + std::type_identity<Ds>{}))::indeterminate;
};

// The domain of what may happen in several.
template <class... Ds> struct common_domain {
  using type = typename indeterminate_of<Ds...>::type;
};
template <class D> struct common_domain<D> {
  using type = D;
};
template <class D, class... Ds>
  requires(sizeof...(Ds) > 0 && (snug::detail::is_same<D, Ds> && ...))
struct common_domain<D, Ds...> {
  using type = D;
};
template <class D, class... Ds>
  requires(sizeof...(Ds) > 0 && !(snug::detail::is_same<D, Ds> && ...)) &&
          requires { typename std::common_type<D, Ds...>::type; }
struct common_domain<D, Ds...> {
  using type = std::common_type_t<D, Ds...>;
};
template <class... Ds> using common_domain_t = typename common_domain<Ds...>::type;

template <class Domain>
using domain_or_unknown = std::conditional_t<std::is_void_v<Domain>, indeterminate_domain<>, Domain>;

template <class Domain> inline constexpr bool is_indeterminate = false;
template <class... Ds> inline constexpr bool is_indeterminate<indeterminate_domain<Ds...>> = true;

} // namespace detail
} // namespace snug::execution

template <class... As, class... Bs>
struct std::common_type<snug::execution::indeterminate_domain<As...>, snug::execution::indeterminate_domain<Bs...>> {
  using type = typename snug::execution::detail::indeterminate_of<As..., Bs...>::type;
};
template <class... As, class D>
  requires(!snug::execution::detail::is_indeterminate<D>)
struct std::common_type<snug::execution::indeterminate_domain<As...>, D> {
  using type =
      std::conditional_t<sizeof...(As) == 0, D, typename snug::execution::detail::indeterminate_of<As..., D>::type>;
};
template <class D, class... As>
  requires(!snug::execution::detail::is_indeterminate<D>)
struct std::common_type<D, snug::execution::indeterminate_domain<As...>> {
  using type =
      std::conditional_t<sizeof...(As) == 0, D, typename snug::execution::detail::indeterminate_of<As..., D>::type>;
};

#endif
