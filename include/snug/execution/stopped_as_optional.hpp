// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An adaptor that turns stopping into a value ([exec.stopped.opt]).
#ifndef SNUG_EXECUTION_STOPPED_AS_OPTIONAL_HPP
#define SNUG_EXECUTION_STOPPED_AS_OPTIONAL_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/then.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct stopped_as_optional_child {};

template <class Value> struct optional_of {
  template <class... Values>
  constexpr std::optional<Value> operator()(Values &&...values) const
      noexcept(snug::detail::is_nothrow_constructible<Value, Values...>) {
    return std::optional<Value>(std::in_place, static_cast<Values &&>(values)...);
  }
};
template <class Value> struct no_value_of {
  constexpr std::optional<Value> operator()() const noexcept { return {}; }
};
// Makes the empty optional when it is sent, so that no operation keeps one.
template <class Value> struct send_no_value {
  constexpr auto operator()() const noexcept { return then(just(), no_value_of<Value>{}); }
};

// Why stopped_as_optional has no completion signatures: no value, or several, could stand in the optional.
template <class Sndr> struct stopped_as_optional_needs_a_value {
  template <class> static constexpr bool has_one_value_completion = false;

  static consteval void report() {
    static_assert(has_one_value_completion<Sndr>,
                  "stopped_as_optional: the sender must complete with values, in one way [exec.stopped.opt]");
  }
};

// What stands in the optional: the one value, a tuple of several; void where nothing could.
template <class... Completions> struct optional_content {
  using type = void;
};
template <class Value> struct optional_content<collected<Value>> {
  using type = snug::detail::decay_t<Value>;
};
template <> struct optional_content<collected<>> {
  using type = void;
};
template <class First, class Second, class... Others> struct optional_content<collected<First, Second, Others...>> {
  using type = decayed_tuple<First, Second, Others...>;
};
template <class Completions> struct optional_value;
template <class... Signatures> struct optional_value<completion_signatures<Signatures...>> {
  using type =
      typename gathered<set_value_t, completion_signatures<Signatures...>, collected, optional_content>::type::type;
};

// What is connected in place of the adaptor; a sender that cannot be lowered stands for itself: connect says why.
template <class Sndr, class Problem> struct stopped_as_optional_lowered {
  using type = Sndr;
  static constexpr bool is_known = false;
};
template <class Sndr, class Value> struct stopped_as_optional_lowered<Sndr, std::type_identity<Value>> {
  // A sender that is connected as an lvalue is not copied: what stands here refers to it.
  using value = Value;
  using values = then_sender<set_value_t, Sndr, optional_of<Value>>;
  using type = let_sender<set_stopped_t, values, send_no_value<Value>>;
  static constexpr bool is_known = true;
};

template <class Sndr, class... Env> consteval auto stopped_as_optional_value() {
  using completions = completions_t<Sndr, Env...>;
  if constexpr (!is_completion_signatures<completions>) {
    return completions{};
  } else if constexpr (std::is_void_v<typename optional_value<completions>::type>) {
    return stopped_as_optional_needs_a_value<Sndr>{};
  } else {
    return std::type_identity<typename optional_value<completions>::type>{};
  }
}
template <class Sndr, class... Env>
using stopped_as_optional_lowering =
    stopped_as_optional_lowered<Sndr, decltype(detail::stopped_as_optional_value<Sndr, Env...>())>;

template <class Sndr, class Rcvr> class stopped_as_optional_op;

template <class Sndr, class Rcvr>
using stopped_as_optional_child_for =
    child_for<stopped_as_optional_op<Sndr, Rcvr>, stopped_as_optional_child, env_of_t<Rcvr>,
              typename stopped_as_optional_lowering<Sndr, env_of_t<Rcvr>>::type>;

template <class Sndr, class Rcvr>
class stopped_as_optional_op : public inlinable_operation_state<stopped_as_optional_op<Sndr, Rcvr>, Rcvr>,
                               public stopped_as_optional_child_for<Sndr, Rcvr> {
  using receiver_base = inlinable_operation_state<stopped_as_optional_op, Rcvr>;
  using child_base_t = stopped_as_optional_child_for<Sndr, Rcvr>;
  using lowering = stopped_as_optional_lowering<Sndr, env_of_t<Rcvr>>;
  using lowered = typename lowering::type;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr stopped_as_optional_op(Self &&self,
                                   Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                       child_base_t::connects_nothrow() &&
                                                       snug::detail::is_nothrow_constructible<Sndr, Sndr>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(lower(static_cast<Sndr &&>(self.sndr_))) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(stopped_as_optional_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static constexpr env_of_t<Rcvr> get_env(stopped_as_optional_child, stopped_as_optional_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }

private:
  static constexpr lowered lower(Sndr &&sndr) {
    using value = typename lowering::value;
    return lowered(set_stopped_t{},
                   typename lowering::values(set_value_t{}, static_cast<Sndr &&>(sndr), optional_of<value>{}),
                   send_no_value<value>{});
  }
};

template <class Sndr> class stopped_as_optional_sender {
  template <class, class> friend class stopped_as_optional_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = stopped_as_optional_sender;
  template <class Self, class Rcvr>
  using operation_for = stopped_as_optional_op<snug::detail::copy_cvref_t<Self, Sndr>, Rcvr>;

  template <class S>
  constexpr explicit stopped_as_optional_sender(std::in_place_t, S &&sndr) : sndr_(static_cast<S &&>(sndr)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using child = snug::detail::copy_cvref_t<Self, Sndr>;
    if constexpr (stopped_as_optional_lowering<child, Env...>::is_known) {
      return completions_t<typename stopped_as_optional_lowering<child, Env...>::type, Env...>{};
    } else {
      return detail::stopped_as_optional_value<child, Env...>();
    }
  }

  constexpr let_attrs<env_of_t<Sndr>> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  [[no_unique_address]] Sndr sndr_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes with an optional: engaged where a sender completes with a value, empty where it completes as stopped.
///
/// Shapes:     set_value_t(std::optional<Value>), decayed, a std::tuple of several values; never set_stopped_t();
///             set_error_t(std::exception_ptr) if making the value may throw; every other shape of the sender. The
///             sender completes with values in one way, and not without any.
/// State:      the child's state, nothing else: the optional is made where it is sent. No receiver, no back-pointer. 4
///             bytes for just(int) (x86-64, Itanium ABI), held by execution/stopped_as_optional_test.cpp.
/// Threads:    completes where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     an exception while the value is made becomes set_error_t(std::exception_ptr).
/// Source:     [exec.stopped.opt]. Differs: the empty optional is made when it is sent and not when the second operation
///             is connected; a sender that is connected as an lvalue is not copied first.
struct stopped_as_optional_t : sender_adaptor_closure<stopped_as_optional_t> {
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return detail::stopped_as_optional_sender<snug::detail::remove_cvref_t<Sndr>>(std::in_place,
                                                                                  static_cast<Sndr &&>(sndr));
  }
};
inline constexpr stopped_as_optional_t stopped_as_optional{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
