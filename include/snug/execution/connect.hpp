// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Connects a sender with a receiver ([exec.connect]).
#ifndef SNUG_EXECUTION_CONNECT_HPP
#define SNUG_EXECUTION_CONNECT_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/connect_awaitable.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/in_place_sender.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution {

namespace detail {

// Names what is missing between a sender and a receiver before anything else can go wrong.
template <class Rcvr, class Signature, class OfSender>
inline constexpr bool receiver_takes = takes_completion<Rcvr, Signature>;

template <class Sndr, class Rcvr, class Completions> struct check_connect {
  static consteval bool report() {
    Completions::report();
    return false;
  }
};
template <class Sndr, class Rcvr> struct check_connect<Sndr, Rcvr, dependent_sender_error> {
  template <class> static constexpr bool completes_in_this_environment = false;

  static consteval bool report() {
    static_assert(completes_in_this_environment<Sndr>,
                  "connect: the sender needs something of its environment that the receiver does not offer");
    return false;
  }
};
template <class Sndr, class Rcvr, class... Signatures>
struct check_connect<Sndr, Rcvr, completion_signatures<Signatures...>> {
  template <class Signature> static consteval bool takes() {
    static_assert(receiver_takes<Rcvr, Signature, Sndr>,
                  "connect: the receiver has no function for one of the sender's completions");
    return receiver_takes<Rcvr, Signature, Sndr>;
  }
  static consteval bool report() { return (takes<Signatures>() && ... && true); }
};

template <class Sndr, class Rcvr>
concept has_connect = requires { std::declval<Sndr>().connect(std::declval<Rcvr>()); };

// Awaited by a coroutine of the library's own, for want of a connect().
template <class Sndr, class Rcvr>
concept connected_as_awaitable =
    !has_connect<Sndr, Rcvr> &&
    awaitable<snug::detail::decay_t<Sndr>,
              connect_awaitable_promise<snug::detail::decay_t<Sndr>, snug::detail::remove_cvref_t<Rcvr>>>;

// Connects a sender that no domain transforms, or has transformed already.
template <class Sndr, class Rcvr, bool InPlace = in_place_sender<Sndr>> struct connected_as_is {
  static_assert(has_connect<Sndr, Rcvr>, "connect: the sender has no connect() that takes the receiver [exec.connect]");

  using type = decltype(std::declval<Sndr>().connect(std::declval<Rcvr>()));
  static consteval bool is_noexcept() { return noexcept(std::declval<Sndr>().connect(std::declval<Rcvr>())); }
};
template <class Sndr, class Rcvr>
  requires connected_as_awaitable<Sndr, Rcvr>
struct connected_as_is<Sndr, Rcvr, false> {
  using type = connect_awaitable_op<snug::detail::decay_t<Sndr>, snug::detail::remove_cvref_t<Rcvr>>;
  static consteval bool is_noexcept() { return false; }
};
// Named, never deduced: the operation state may be incomplete here.
template <class Sndr, class Rcvr> struct connected_as_is<Sndr, Rcvr, true> {
  using type = operation_for_t<Sndr, snug::detail::remove_cvref_t<Rcvr>>;
  static consteval bool is_noexcept() { return snug::detail::is_nothrow_constructible<type, Sndr, Rcvr>; }
};

template <class Sndr, class Rcvr, bool Transformed = transformed<Sndr, env_of_t<Rcvr>>>
struct connected : connected_as_is<Sndr, Rcvr> {};
template <class Sndr, class Rcvr> struct connected<Sndr, Rcvr, true> {
  using transformation = transformation_t<Sndr, env_of_t<Rcvr>>;
  using as_is = connected_as_is<typename transformation::type, Rcvr>;
  using type = typename as_is::type;
  static consteval bool is_noexcept() { return transformation::is_noexcept() && as_is::is_noexcept(); }
};

template <class Sndr, class Rcvr>
constexpr typename connected_as_is<Sndr, Rcvr>::type
connect_as_is(Sndr &&sndr, Rcvr &&rcvr) noexcept(connected_as_is<Sndr, Rcvr>::is_noexcept()) {
  if constexpr (!check_connect<Sndr, snug::detail::remove_cvref_t<Rcvr>,
                               own_completions_t<Sndr, env_of_t<Rcvr>>>::report()) {
    __builtin_unreachable();
  } else if constexpr (in_place_sender<Sndr> || connected_as_awaitable<Sndr, Rcvr>) {
    return typename connected_as_is<Sndr, Rcvr>::type(static_cast<Sndr &&>(sndr), static_cast<Rcvr &&>(rcvr));
  } else {
    return static_cast<Sndr &&>(sndr).connect(static_cast<Rcvr &&>(rcvr));
  }
}

} // namespace detail

/// The operation state that connecting a sender with a receiver yields.
template <class Sndr, class Rcvr>
  requires enable_sender<snug::detail::remove_cvref_t<Sndr>>
using connect_result_t = typename detail::connected<Sndr, Rcvr>::type;

/// Connects a sender with a receiver and returns the operation state, ready to be started.
///
/// An awaitable without connect() is awaited by a coroutine of its own, see connect_awaitable_op.
/// A sender without completion signatures, and a receiver without a function for one of them, are errors that name
/// both.
/// Source:     [exec.connect].
struct connect_t {
  template <sender Sndr, receiver Rcvr>
  constexpr connect_result_t<Sndr, Rcvr> operator()(Sndr &&sndr, Rcvr &&rcvr) const
      noexcept(detail::connected<Sndr, Rcvr>::is_noexcept()) {
    using env = snug::detail::remove_cvref_t<env_of_t<Rcvr>>;
    if constexpr (detail::transformed<Sndr, env>) {
      using transformed_sender = detail::transformed_t<Sndr, env>;
      return detail::connect_as_is<transformed_sender>(
          detail::transformation<Sndr, env>::apply(static_cast<Sndr &&>(sndr), execution::get_env(rcvr)),
          static_cast<Rcvr &&>(rcvr));
    } else {
      return detail::connect_as_is<Sndr>(static_cast<Sndr &&>(sndr), static_cast<Rcvr &&>(rcvr));
    }
  }
};
inline constexpr connect_t connect{};

} // namespace snug::execution

#endif
