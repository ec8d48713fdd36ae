// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Lets sender adaptors be written with a pipe ([exec.adapt.obj]).
#ifndef SNUG_EXECUTION_SENDER_ADAPTOR_CLOSURE_HPP
#define SNUG_EXECUTION_SENDER_ADAPTOR_CLOSURE_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/sender.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::execution {

/// The base of classes whose objects adapt a sender: `sender | closure` is `closure(sender)`, and two closures joined
/// by `|` are a closure.
///
/// State:      empty.
/// Source:     [exec.adapt.obj]. Differs: calling a closure is never noexcept; that it cannot be called with a sender is an
///             error inside it, not an answer to those who ask whether it can.
template <class Derived> class sender_adaptor_closure {
  static_assert(std::is_class_v<Derived> && snug::detail::is_same<Derived, std::remove_cv_t<Derived>>,
                "sender_adaptor_closure takes the class that derives from it");
};

namespace detail {

// The one class of which another is a closure; none where it has several such bases.
template <class Derived> Derived closure_class(sender_adaptor_closure<Derived> const &);

template <class Closure>
concept adaptor_closure = std::derived_from<snug::detail::remove_cvref_t<Closure>,
                                            sender_adaptor_closure<snug::detail::remove_cvref_t<Closure>>> &&
                          requires(snug::detail::remove_cvref_t<Closure> const &closure) {
                            {
                              detail::closure_class(closure)
                            } -> snug::detail::same_as<snug::detail::remove_cvref_t<Closure>>;
                          } && !sender<Closure>;

template <class Closure>
concept kept_closure =
    adaptor_closure<Closure> && snug::detail::is_constructible<snug::detail::remove_cvref_t<Closure>, Closure>;

// Two closures, applied one after the other; with the value category and constness of the whole.
template <class First, class Second> struct composed_closure : sender_adaptor_closure<composed_closure<First, Second>> {
  [[no_unique_address]] First first_;
  [[no_unique_address]] Second second_;

  template <class F, class S>
  constexpr composed_closure(F &&first, S &&second)
      : first_(static_cast<F &&>(first)), second_(static_cast<S &&>(second)) {}

  template <sender Sndr> constexpr decltype(auto) operator()(Sndr &&sndr) & {
    return second_(first_(static_cast<Sndr &&>(sndr)));
  }
  template <sender Sndr> constexpr decltype(auto) operator()(Sndr &&sndr) const & {
    return second_(first_(static_cast<Sndr &&>(sndr)));
  }
  template <sender Sndr> constexpr decltype(auto) operator()(Sndr &&sndr) && {
    return std::move(second_)(std::move(first_)(static_cast<Sndr &&>(sndr)));
  }
  template <sender Sndr> constexpr decltype(auto) operator()(Sndr &&sndr) const && {
    return std::move(second_)(std::move(first_)(static_cast<Sndr &&>(sndr)));
  }
};

// An adaptor that waits for its sender, with one argument: `then(f)`. The argument has the value category and constness
// of the whole.
template <class Adaptor, class Arg> struct bound_closure : sender_adaptor_closure<bound_closure<Adaptor, Arg>> {
  [[no_unique_address]] Arg arg_;

  template <class A>
    requires(!std::same_as<snug::detail::remove_cvref_t<A>, bound_closure>)
  constexpr explicit bound_closure(A &&arg) : arg_(static_cast<A &&>(arg)) {}

  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) & {
    return Adaptor{}(static_cast<Sndr &&>(sndr), arg_);
  }
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const & {
    return Adaptor{}(static_cast<Sndr &&>(sndr), arg_);
  }
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) && {
    return Adaptor{}(static_cast<Sndr &&>(sndr), std::move(arg_));
  }
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const && {
    return Adaptor{}(static_cast<Sndr &&>(sndr), std::move(arg_));
  }
};

} // namespace detail

template <sender Sndr, detail::adaptor_closure Closure>
constexpr decltype(auto) operator|(Sndr &&sndr, Closure &&closure) {
  return static_cast<Closure &&>(closure)(static_cast<Sndr &&>(sndr));
}
template <detail::kept_closure First, detail::kept_closure Second>
constexpr auto operator|(First &&first, Second &&second) {
  return detail::composed_closure<snug::detail::remove_cvref_t<First>, snug::detail::remove_cvref_t<Second>>(
      static_cast<First &&>(first), static_cast<Second &&>(second));
}

} // namespace snug::execution

#endif
