// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Adaptors that call a function with what their sender completes with ([exec.then]).
#ifndef SNUG_EXECUTION_THEN_HPP
#define SNUG_EXECUTION_THEN_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/invoke.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/turned_attrs.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct then_t;
struct upon_error_t;
struct upon_stopped_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct then_child {};

template <class Completion, class Signature> inline constexpr bool calls_for = false;
template <class Completion, class... Values> inline constexpr bool calls_for<Completion, Completion(Values...)> = true;

// Whether the function is ever called; where the completions are unknown it might be.
template <class Completion, class Completions> inline constexpr bool is_ever_called = true;
template <class Completion, class... Signatures>
inline constexpr bool is_ever_called<Completion, completion_signatures<Signatures...>> =
    (calls_for<Completion, Signatures> || ...);

// Kept as long as it may be called: then almost always is, and is not asked.
template <class Completion, class Sndr, class F, class Env, class Op> struct then_callable {
  using type = std::conditional_t<is_ever_called<Completion, completions_t<Sndr, Env>>, snug::detail::callable<F, Op>,
                                  snug::detail::uncalled<Op>>;
};
template <class Sndr, class F, class Env, class Op> struct then_callable<set_value_t, Sndr, F, Env, Op> {
  using type = snug::detail::callable<F, Op>;
};

template <class Completion, class Sndr, class F, class Rcvr>
class then_op : public inlinable_operation_state<then_op<Completion, Sndr, F, Rcvr>, Rcvr>,
                public child_for<then_op<Completion, Sndr, F, Rcvr>, then_child, env_of_t<Rcvr>, Sndr> {
  using receiver_base = inlinable_operation_state<then_op, Rcvr>;
  using child_base_t = child_for<then_op, then_child, env_of_t<Rcvr>, Sndr>;
  using callable = typename then_callable<Completion, Sndr, F, env_of_t<Rcvr>, then_op>::type;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr then_op(Self &&self, Rcvr rcvr) noexcept(
      snug::detail::is_nothrow_constructible<Rcvr, Rcvr> && child_base_t::connects_nothrow() &&
      snug::detail::is_nothrow_constructible<callable, snug::detail::copy_cvref_t<Self, F>>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr_)),
        f_(static_cast<snug::detail::copy_cvref_t<Self, F> &&>(self.f_)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values> constexpr void complete(then_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (!snug::detail::is_same<Signal, Completion>) {
      Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
    } else if constexpr (!snug::detail::is_nothrow_callable_with<F, Values...>) {
      complete_or_throw(rcvr, static_cast<Values &&>(values)...);
    } else if constexpr (snug::detail::is_same<snug::detail::call_result_t<F, Values...>, void>) {
      f_.take()(static_cast<Values &&>(values)...);
      set_value_t{}(std::move(rcvr));
    } else {
      set_value_t{}(std::move(rcvr), f_.take()(static_cast<Values &&>(values)...));
    }
  }

  static constexpr env_of_t<Rcvr> get_env(then_child, then_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }

private:
  // Only the call may throw: completions are noexcept.
  template <class R, class... Values> constexpr void complete_or_throw(R &rcvr, Values &&...values) noexcept {
    try {
      if constexpr (snug::detail::is_same<snug::detail::call_result_t<F, Values...>, void>) {
        f_.take()(static_cast<Values &&>(values)...);
        set_value_t{}(std::move(rcvr));
      } else {
        set_value_t{}(std::move(rcvr), f_.take()(static_cast<Values &&>(values)...));
      }
    } catch (...) {
      set_error_t{}(std::move(rcvr), std::current_exception());
    }
  }

  [[no_unique_address]] callable f_;
};

// Why then has no completion signatures: the callable does not take what the sender completes with.
template <class Completion, class Sndr, class F, class Signature> struct then_cannot_call {
  template <class Callable, class WithCompletion, class OfSender> static constexpr bool can_call = false;

  static consteval void report() {
    if constexpr (snug::detail::is_same<Completion, set_value_t>) {
      static_assert(can_call<F, Signature, Sndr>,
                    "then: the callable cannot be called with the values that the sender completes with");
    } else if constexpr (snug::detail::is_same<Completion, set_error_t>) {
      static_assert(can_call<F, Signature, Sndr>,
                    "upon_error: the callable cannot be called with the error that the sender completes with");
    } else {
      static_assert(can_call<F, Signature, Sndr>, "upon_stopped: the callable cannot be called without arguments");
    }
  }
};

template <class Completion, class Sndr, class F> struct then_transform {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (!snug::detail::is_same<Signal, Completion>) {
      return execution::completion_signatures<Signal(Values...)>{};
    } else if constexpr (!snug::detail::callable_with<F, Values...>) {
      return then_cannot_call<Completion, Sndr, F, Signal(Values...)>{};
    } else {
      using result = snug::detail::call_result_t<F, Values...>;
      if constexpr (!snug::detail::is_nothrow_callable_with<F, Values...>) {
        return with_value<result>() + with_exception_ptr{};
      } else {
        return with_value<result>();
      }
    }
  }
  template <class Result> static consteval auto with_value() {
    if constexpr (snug::detail::is_same<Result, void>) {
      return execution::completion_signatures<set_value_t()>{};
    } else {
      return execution::completion_signatures<set_value_t(Result)>{};
    }
  }
};

// Where then throws is not looked at: its senders make up long pipelines, each of which asks for all below it.
template <class Completion, class Sndr, class F> struct then_attrs {
  using type = turned_attrs_t<Sndr, then_transform<Completion, Sndr, F>, Completion>;
};
template <class Sndr, class F> struct then_attrs<set_value_t, Sndr, F> {
  using type = forwarded_env_of_t<Sndr>;
};
template <class Completion, class Sndr, class F> using then_attrs_t = typename then_attrs<Completion, Sndr, F>::type;

template <class Completion, class Sndr, class F> class then_sender {
  template <class, class, class, class> friend class then_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = then_sender;
  using parts_self = then_sender;
  using parts_tag = typename tag_for_completion<Completion, then_t, upon_error_t, upon_stopped_t>::type;
  template <class Self, class Rcvr>
  using operation_for = then_op<Completion, snug::detail::copy_cvref_t<Self, Sndr>, F, Rcvr>;

  template <class S, class G>
  constexpr then_sender(Completion, S &&sndr, G &&f) : sndr_(static_cast<S &&>(sndr)), f_(static_cast<G &&>(f)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using child = snug::detail::copy_cvref_t<Self, Sndr>;
    return typename transformed_completions<then_transform<Completion, Sndr, F>, completions_t<child, Env...>>::type{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.f_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr then_attrs_t<Completion, Sndr, F> get_env() const noexcept {
    return {forwarded_env_of_t<Sndr>{execution::get_env(sndr_)}};
  }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] F f_;
};

template <class Completion, class Adaptor> struct then_adaptor {
  template <sender Sndr, class F> constexpr auto operator()(Sndr &&sndr, F &&f) const {
    return then_sender<Completion, snug::detail::remove_cvref_t<Sndr>, snug::detail::kept_callable_t<F>>(
        Completion{}, static_cast<Sndr &&>(sndr), static_cast<F &&>(f));
  }
  template <class F> constexpr auto operator()(F &&f) const {
    return bound_closure<Adaptor, snug::detail::kept_callable_t<F>>(static_cast<F &&>(f));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Calls a function with the values that a sender completes with, and completes with its result.
///
/// Shapes:     set_value_t(Result) for each value shape, set_value_t() for void; set_error_t(std::exception_ptr) if a
///             call may throw; every other shape of the sender.
/// State:      the child's state and the callable, in the child's tail padding where it fits; no receiver, no
///             back-pointer. 8 bytes for `just(int) | then(f)` with an int captured (x86-64, Itanium ABI), held by
///             execution/sizes_test.cpp.
///             A callable that is empty, trivially copyable and trivially default constructible is made again, not
///             stored; that of upon_error or upon_stopped is neither where the sender never completes so.
/// Threads:    calls the function, and completes, where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     an exception of the function becomes set_error_t(std::exception_ptr).
/// Source:     [exec.then]. Differs: says that it completes with an error where the sender does, although an exception
///             of the function comes from where the sender completes with a value.
struct then_t : detail::then_adaptor<set_value_t, then_t> {};
inline constexpr then_t then{};

/// Calls a function with the error that a sender completes with, and completes with its result as a value.
///
/// Otherwise as then.
/// Source:     [exec.then].
struct upon_error_t : detail::then_adaptor<set_error_t, upon_error_t> {};
inline constexpr upon_error_t upon_error{};

/// Calls a function when a sender completes as stopped, and completes with its result as a value.
///
/// Otherwise as then.
/// Source:     [exec.then].
struct upon_stopped_t : detail::then_adaptor<set_stopped_t, upon_stopped_t> {};
inline constexpr upon_stopped_t upon_stopped{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
