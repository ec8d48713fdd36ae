// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An adaptor that turns stopping into an error ([exec.stopped.err]).
#ifndef SNUG_EXECUTION_STOPPED_AS_ERROR_HPP
#define SNUG_EXECUTION_STOPPED_AS_ERROR_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct stopped_as_error_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// What can be kept by value, and moved ([exec.general]).
template <class Value>
concept movable_value =
    std::move_constructible<snug::detail::decay_t<Value>> &&
    std::constructible_from<snug::detail::decay_t<Value>, Value> && !std::is_array_v<std::remove_reference_t<Value>>;

template <class Error> struct stopped_error {
  [[no_unique_address]] Error error;

  constexpr auto operator()() && noexcept(snug::detail::is_nothrow_constructible<Error, Error>) {
    return execution::just_error(static_cast<Error &&>(error));
  }
};

// Lets the error of the sender that it is called with stand for stopping.
struct let_stopped_be_error {
  template <class Error, class Sndr> constexpr auto operator()(Error &&error, Sndr &&sndr) const {
    using make = stopped_error<snug::detail::remove_cvref_t<Error>>;
    return let_stopped(static_cast<Sndr &&>(sndr), make{static_cast<Error &&>(error)});
  }
};

// What becomes let_stopped; itself is never connected.
template <class Sndr, class Error> class stopped_as_error_sender {
public:
  using sender_concept = sender_tag;
  using parts_self = stopped_as_error_sender;
  using parts_tag = stopped_as_error_t;

  template <class S, class E>
  constexpr stopped_as_error_sender(S &&sndr, E &&error)
      : sndr_(static_cast<S &&>(sndr)), error_(static_cast<E &&>(error)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<decltype(with_parts(std::declval<Self>(), let_stopped_be_error{})), Env...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.error_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr let_attrs<env_of_t<Sndr>> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] Error error_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes with an error when a sender completes as stopped.
///
/// Shapes:     set_error_t(Error), decayed, in place of set_stopped_t(); every other shape of the sender.
/// Otherwise as let_stopped.
/// Source:     [exec.stopped.err].
struct stopped_as_error_t {
  template <sender Sndr, detail::movable_value Error> constexpr auto operator()(Sndr &&sndr, Error &&error) const {
    return detail::stopped_as_error_sender<snug::detail::remove_cvref_t<Sndr>, snug::detail::decay_t<Error>>(
        static_cast<Sndr &&>(sndr), static_cast<Error &&>(error));
  }
  template <detail::movable_value Error> constexpr auto operator()(Error &&error) const {
    return detail::bound_closure<stopped_as_error_t, snug::detail::decay_t<Error>>(static_cast<Error &&>(error));
  }

  template <detail::sender_for<stopped_as_error_t> Sndr, class Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &) noexcept(
      snug::detail::is_nothrow_constructible<snug::detail::remove_cvref_t<Sndr>, Sndr> &&
      snug::detail::is_nothrow_constructible<snug::detail::remove_cvref_t<Sndr>, snug::detail::remove_cvref_t<Sndr>>) {
    return snug::detail::remove_cvref_t<Sndr>::with_parts(static_cast<Sndr &&>(sndr), detail::let_stopped_be_error{});
  }
};
inline constexpr stopped_as_error_t stopped_as_error{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
