// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The ways in which a sender completes, as types ([exec.cmplsig], [exec.getcomplsigs]).
#ifndef SNUG_EXECUTION_COMPLETION_SIGNATURES_HPP
#define SNUG_EXECUTION_COMPLETION_SIGNATURES_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/receiver.hpp>

#include <exception>
#include <type_traits>

namespace snug::execution {
namespace detail {

template <class> inline constexpr bool is_completion = false;
template <class... Values> inline constexpr bool is_completion<set_value_t(Values...)> = true;
template <class Error> inline constexpr bool is_completion<set_error_t(Error)> = true;
template <> inline constexpr bool is_completion<set_stopped_t()> = true;

} // namespace detail

/// A set of completions, each written as a function type: `set_value_t(int)`, `set_error_t(std::exception_ptr)`,
/// `set_stopped_t()`.
///
/// Source:     [exec.cmplsig].
template <class... Signatures> struct completion_signatures {
  static_assert((detail::is_completion<Signatures> && ...),
                "a completion is written set_value_t(Values...), set_error_t(Error) or set_stopped_t()");
};

/// What get_completion_signatures yields for a sender whose completions depend on an environment, when it is asked
/// without.
///
/// Source:     [exec.cmplsig] (there an exception; here a type, since C++20 cannot throw in constant expressions).
struct dependent_sender_error {};

namespace detail {

template <class> inline constexpr bool is_completion_signatures = false;
template <class... Signatures>
inline constexpr bool is_completion_signatures<completion_signatures<Signatures...>> = true;

// A sender that tells nothing about its completions.
template <class Sndr, class... Env> struct no_completion_signatures {
  template <class S> static constexpr bool declares_completion_signatures = false;

  static consteval void report() {
    static_assert(
        declares_completion_signatures<Sndr>,
        "the sender declares no completion signatures for this environment: it needs a static member template "
        "get_completion_signatures<Self, Env...>() or a member type completion_signatures");
  }
};

// What an awaitable completes with as a sender.
template <class Result> struct awaitable_completions {
  using type = completion_signatures<set_value_t(Result), set_error_t(std::exception_ptr), set_stopped_t()>;
};
template <class Result>
  requires std::is_void_v<Result>
struct awaitable_completions<Result> {
  using type = completion_signatures<set_value_t(), set_error_t(std::exception_ptr), set_stopped_t()>;
};

template <class Sndr, class... Env> consteval auto compute_completions() {
  using Self = snug::detail::remove_cvref_t<Sndr>;
  if constexpr (requires { Self::template get_completion_signatures<Sndr, Env...>(); }) {
    return Self::template get_completion_signatures<Sndr, Env...>();
  } else if constexpr (requires { Self::template get_completion_signatures<Sndr>(); }) {
    return Self::template get_completion_signatures<Sndr>();
  } else if constexpr (requires { typename Self::completion_signatures; }) {
    return typename Self::completion_signatures{};
  } else if constexpr (awaitable<Sndr, env_promise<Env>...>) {
    return typename awaitable_completions<await_result_t<Sndr, env_promise<Env>...>>::type{};
  } else {
    return no_completion_signatures<Sndr, Env...>{};
  }
}

// Of a sender that no domain transforms, or has transformed already.
template <class Sndr, class... Env> using own_completions_t = decltype(detail::compute_completions<Sndr, Env...>());

// In an environment, those of what domains make of the sender.
template <class Sndr, class... Env> struct completions_of {
  using type = own_completions_t<Sndr, Env...>;
};
template <class Sndr, class Env> struct completions_of<Sndr, Env> {
  using type = own_completions_t<transformed_t<Sndr, Env>, Env>;
};

// The completion signatures of a sender; a type that is none, and says why in report(), where it has none.
template <class Sndr, class... Env> using completions_t = typename completions_of<Sndr, Env...>::type;

// The union of two sets of completions; whatever is no set says why, and wins.
template <class... As, class B> consteval auto operator+(completion_signatures<As...>, completion_signatures<B>) {
  if constexpr ((snug::detail::is_same<As, B> || ...)) {
    return completion_signatures<As...>{};
  } else {
    return completion_signatures<As..., B>{};
  }
}
template <class... As, class... Bs>
consteval auto operator+(completion_signatures<As...> left, completion_signatures<Bs...>) {
  return (left + ... + completion_signatures<Bs>{});
}
template <class... As, class Problem> consteval Problem operator+(completion_signatures<As...>, Problem problem) {
  return problem;
}
template <class Problem, class Other>
  requires(!is_completion_signatures<Problem>)
consteval Problem operator+(Problem problem, Other) {
  return problem;
}

// The union of what Transform::each<Signature>() yields for each signature; a set's problem is handed on.
template <class Transform, class Problem> struct transformed_completions {
  using type = Problem;
};
template <class Transform, class Signature>
struct transformed_completions<Transform, completion_signatures<Signature>> {
  using type = decltype(Transform::template each<Signature>());
};
template <class Transform, class... Signatures>
struct transformed_completions<Transform, completion_signatures<Signatures...>> {
  using type = decltype((completion_signatures<>{} + ... + Transform::template each<Signatures>()));
};

// Why an algorithm that keeps what its sender completes with has no completion signatures.
template <class Signature> struct cannot_keep {
  template <class> static constexpr bool can_be_kept = false;

  static consteval void report() {
    static_assert(can_be_kept<Signature>,
                  "a result that is kept for later must be copied or moved, and one of these can be neither");
  }
};

using with_exception_ptr = completion_signatures<set_error_t(std::exception_ptr)>;

} // namespace detail

/// The completion signatures of a sender in an environment.
///
/// A sender says them with a static consteval member template `get_completion_signatures<Self, Env...>()`, or with a
/// member type `completion_signatures` where they depend on neither. An awaitable completes with what co_await yields,
/// with set_error_t(std::exception_ptr) and with set_stopped_t().
///
/// Source:     [exec.getcomplsigs].
template <class Sndr, class... Env> consteval auto get_completion_signatures() {
  return detail::completions_t<Sndr, Env...>{};
}

/// The type of get_completion_signatures, for senders that have completion signatures.
template <class Sndr, class... Env>
  requires detail::is_completion_signatures<detail::completions_t<Sndr, Env...>>
using completion_signatures_of_t = detail::completions_t<Sndr, Env...>;

} // namespace snug::execution

#endif
