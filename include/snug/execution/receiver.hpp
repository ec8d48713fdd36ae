// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Receivers and the three ways to complete them ([exec.recv]).
#ifndef SNUG_EXECUTION_RECEIVER_HPP
#define SNUG_EXECUTION_RECEIVER_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/env.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution {

/// Names a class a receiver: `using receiver_concept = receiver_tag;`.
struct receiver_tag {};
using receiver_t = receiver_tag;

/// Completes a receiver with values.
///
/// Lifetime:   the operation state may be gone when the call returns.
/// Source:     [exec.set.value].
struct set_value_t {
  template <class Rcvr, class... Values> constexpr void operator()(Rcvr &&rcvr, Values &&...values) const noexcept {
    static_assert(snug::detail::is_rvalue_to_change<Rcvr>,
                  "set_value takes a receiver that is a non-const rvalue [exec.set.value]");
    static_assert(noexcept(static_cast<Rcvr &&>(rcvr).set_value(static_cast<Values &&>(values)...)),
                  "a receiver's set_value must be noexcept [exec.set.value]");
    static_cast<Rcvr &&>(rcvr).set_value(static_cast<Values &&>(values)...);
  }
};
inline constexpr set_value_t set_value{};

/// Completes a receiver with an error.
///
/// Lifetime:   as set_value.
/// Source:     [exec.set.error].
struct set_error_t {
  template <class Rcvr, class Error> constexpr void operator()(Rcvr &&rcvr, Error &&error) const noexcept {
    static_assert(snug::detail::is_rvalue_to_change<Rcvr>,
                  "set_error takes a receiver that is a non-const rvalue [exec.set.error]");
    static_assert(noexcept(static_cast<Rcvr &&>(rcvr).set_error(static_cast<Error &&>(error))),
                  "a receiver's set_error must be noexcept [exec.set.error]");
    static_cast<Rcvr &&>(rcvr).set_error(static_cast<Error &&>(error));
  }
};
inline constexpr set_error_t set_error{};

/// Completes a receiver as stopped: neither with a result nor with an error.
///
/// Lifetime:   as set_value.
/// Source:     [exec.set.stopped].
struct set_stopped_t {
  template <class Rcvr> constexpr void operator()(Rcvr &&rcvr) const noexcept {
    static_assert(snug::detail::is_rvalue_to_change<Rcvr>,
                  "set_stopped takes a receiver that is a non-const rvalue [exec.set.stopped]");
    static_assert(noexcept(static_cast<Rcvr &&>(rcvr).set_stopped()),
                  "a receiver's set_stopped must be noexcept [exec.set.stopped]");
    static_cast<Rcvr &&>(rcvr).set_stopped();
  }
};
inline constexpr set_stopped_t set_stopped{};

/// A type that can be handed to connect: says that it is a receiver, moves without an exception, and is not final.
///
/// Source:     [exec.recv.concepts].
template <class Rcvr>
concept receiver =
    snug::detail::is_derived_from<typename snug::detail::remove_cvref_t<Rcvr>::receiver_concept, receiver_tag> &&
    snug::detail::is_nothrow_constructible<snug::detail::remove_cvref_t<Rcvr>, snug::detail::remove_cvref_t<Rcvr>> &&
    snug::detail::is_constructible<snug::detail::remove_cvref_t<Rcvr>, Rcvr> &&
    !__is_final(snug::detail::remove_cvref_t<Rcvr>);

namespace detail {

// Whether a receiver takes a completion that is written as a signature.
template <class Rcvr, class Signature> inline constexpr bool takes_completion = false;
template <class Rcvr, class... Values>
inline constexpr bool takes_completion<Rcvr, set_value_t(Values...)> = requires(Rcvr &&rcvr, Values &&...values) {
  static_cast<Rcvr &&>(rcvr).set_value(static_cast<Values &&>(values)...);
};
template <class Rcvr, class Error>
inline constexpr bool takes_completion<Rcvr, set_error_t(Error)> =
    requires(Rcvr &&rcvr, Error &&error) { static_cast<Rcvr &&>(rcvr).set_error(static_cast<Error &&>(error)); };
template <class Rcvr>
inline constexpr bool takes_completion<Rcvr, set_stopped_t()> =
    requires(Rcvr &&rcvr) { static_cast<Rcvr &&>(rcvr).set_stopped(); };

} // namespace detail
} // namespace snug::execution

#endif
