// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An adaptor that turns stopping into an error ([exec.stopped.err]).
#ifndef SNUG_EXECUTION_STOPPED_AS_ERROR_HPP
#define SNUG_EXECUTION_STOPPED_AS_ERROR_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Error> struct stopped_error {
  [[no_unique_address]] Error error;

  constexpr auto operator()() && noexcept(snug::detail::is_nothrow_constructible<Error, Error>) {
    return execution::just_error(static_cast<Error &&>(error));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes with an error when a sender completes as stopped.
///
/// Shapes:     set_error_t(Error), decayed, in place of set_stopped_t(); every other shape of the sender.
/// Otherwise as let_stopped.
/// Source:     [exec.stopped.err].
struct stopped_as_error_t {
  template <sender Sndr, class Error> constexpr auto operator()(Sndr &&sndr, Error &&error) const {
    using make = detail::stopped_error<snug::detail::decay_t<Error>>;
    return let_stopped(static_cast<Sndr &&>(sndr), make{static_cast<Error &&>(error)});
  }
  template <class Error> constexpr auto operator()(Error &&error) const {
    return detail::bound_closure<stopped_as_error_t, snug::detail::decay_t<Error>>(static_cast<Error &&>(error));
  }
};
inline constexpr stopped_as_error_t stopped_as_error{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
