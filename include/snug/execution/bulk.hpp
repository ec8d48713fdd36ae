// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Adaptors that call a function many times with what their sender completes with ([exec.bulk]).
#ifndef SNUG_EXECUTION_BULK_HPP
#define SNUG_EXECUTION_BULK_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/invoke.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/execution_policy.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/turned_attrs.hpp>

#include <concepts>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct bulk_child {};

// The ways to call the function: with what it must be callable, and how it is called for a range of indices. Values are
// lvalues: every call sees the same.
struct bulk_by_index {
  template <class Shape, class F, class... Values>
  static constexpr bool can_call = snug::detail::callable_with<F &, Shape, Values &...>;
  template <class Shape, class F, class... Values> static consteval bool is_nothrow() {
    return snug::detail::is_nothrow_callable_with<F &, Shape, Values &...>;
  }
  template <class Shape, class F, class... Values>
  static constexpr void call(Shape begin, Shape end, F &f,
                             Values &...values) noexcept(is_nothrow<Shape, F, Values...>()) {
    for (; begin < end; ++begin) {
      f(Shape(begin), values...);
    }
  }
};
struct bulk_by_chunk {
  template <class Shape, class F, class... Values>
  static constexpr bool can_call = snug::detail::callable_with<F &, Shape, Shape, Values &...>;
  template <class Shape, class F, class... Values> static consteval bool is_nothrow() {
    return snug::detail::is_nothrow_callable_with<F &, Shape, Shape, Values &...>;
  }
  template <class Shape, class F, class... Values>
  static constexpr void call(Shape begin, Shape end, F &f,
                             Values &...values) noexcept(is_nothrow<Shape, F, Values...>()) {
    if (begin < end) {
      f(Shape(begin), Shape(end), values...);
    }
  }
};

template <class Way, class Sndr, class Shape, class F, class Rcvr>
class bulk_op : public inlinable_operation_state<bulk_op<Way, Sndr, Shape, F, Rcvr>, Rcvr>,
                public child_for<bulk_op<Way, Sndr, Shape, F, Rcvr>, bulk_child, env_of_t<Rcvr>, Sndr> {
  using receiver_base = inlinable_operation_state<bulk_op, Rcvr>;
  using child_base_t = child_for<bulk_op, bulk_child, env_of_t<Rcvr>, Sndr>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr bulk_op(Self &&self,
                    Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                        child_base_t::connects_nothrow() &&
                                        std::is_nothrow_copy_constructible_v<Shape> &&
                                        snug::detail::is_nothrow_constructible<F, snug::detail::copy_cvref_t<Self, F>>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr_)),
        shape_(self.data_.shape), f_(snug::detail::forward_member<Self>(self.data_.f)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values> constexpr void complete(bulk_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
    } else if constexpr (Way::template is_nothrow<Shape, F, Values...>()) {
      call(values...);
      set_value_t{}(std::move(rcvr), static_cast<Values &&>(values)...);
    } else {
      try {
        call(values...);
        set_value_t{}(std::move(rcvr), static_cast<Values &&>(values)...);
      } catch (...) {
        set_error_t{}(std::move(rcvr), std::current_exception());
      }
    }
  }

  static constexpr env_of_t<Rcvr> get_env(bulk_child, bulk_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }

private:
  template <class... Values> constexpr void call(Values &...values) {
    auto &&f = f_.take();
    Way::call(Shape(0), shape_, f, values...);
  }

  Shape shape_;
  [[no_unique_address]] snug::detail::callable<F, bulk_op> f_;
};

// Why a bulk algorithm has no completion signatures: the callable does not take what the sender completes with.
template <class Way, class Sndr, class F, class Signature> struct bulk_cannot_call {
  template <class Callable, class WithCompletion, class OfSender> static constexpr bool can_call = false;

  static consteval void report() {
    if constexpr (snug::detail::is_same<Way, bulk_by_index>) {
      static_assert(can_call<F, Signature, Sndr>,
                    "bulk: the callable cannot be called with an index and lvalues of what the sender completes with");
    } else {
      static_assert(
          can_call<F, Signature, Sndr>,
          "bulk_chunked: the callable cannot be called with two indices and lvalues of what the sender completes with");
    }
  }
};

template <class Way, class Sndr, class Shape, class F> struct bulk_transform {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      return execution::completion_signatures<Signal(Values...)>{};
    } else if constexpr (!Way::template can_call<Shape, F, Values...>) {
      return bulk_cannot_call<Way, Sndr, F, Signal(Values...)>{};
    } else if constexpr (Way::template is_nothrow<Shape, F, Values...>()) {
      return execution::completion_signatures<set_value_t(Values...)>{};
    } else {
      return execution::completion_signatures<set_value_t(Values...), set_error_t(std::exception_ptr)>{};
    }
  }
};

// Calls a function with each index of a chunk.
template <class F> struct bulk_each {
  template <class Shape, class... Values>
    requires snug::detail::callable_with<F &, Shape, Values &...>
  constexpr void
  operator()(Shape begin, Shape end,
             Values &...values) noexcept(snug::detail::is_nothrow_callable_with<F &, Shape, Values &...>) {
    for (; begin != end; ++begin) {
      f(Shape(begin), values...);
    }
  }
  template <class Shape, class... Values>
    requires snug::detail::callable_with<F const &, Shape, Values &...>
  constexpr void operator()(Shape begin, Shape end, Values &...values) const
      noexcept(snug::detail::is_nothrow_callable_with<F const &, Shape, Values &...>) {
    for (; begin != end; ++begin) {
      f(Shape(begin), values...);
    }
  }

  [[no_unique_address]] F f;
};

// The data of a bulk algorithm; the policy is of interest to domains only.
template <class Policy, class Shape, class F> struct bulk_data {
  [[no_unique_address]] Policy policy;
  Shape shape;
  [[no_unique_address]] F f;
};

template <class Algorithm, class Way, class Sndr, class Policy, class Shape, class F> class bulk_sender {
  template <class, class, class, class, class> friend class bulk_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = bulk_sender;
  using parts_self = bulk_sender;
  using parts_tag = Algorithm;
  template <class Self, class Rcvr>
  using operation_for = bulk_op<Way, snug::detail::copy_cvref_t<Self, Sndr>, Shape, F, Rcvr>;

  template <class S, class P, class G>
  constexpr bulk_sender(S &&sndr, P &&policy, Shape shape, G &&f)
      : sndr_(static_cast<S &&>(sndr)), data_{static_cast<P &&>(policy), shape, static_cast<G &&>(f)} {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using child = snug::detail::copy_cvref_t<Self, Sndr>;
    return typename transformed_completions<bulk_transform<Way, Sndr, Shape, F>, completions_t<child, Env...>>::type{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.data_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr turned_attrs_t<Sndr, bulk_transform<Way, Sndr, Shape, F>, set_value_t> get_env() const noexcept {
    return {forwarded_env_of_t<Sndr>{execution::get_env(sndr_)}};
  }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] bulk_data<Policy, Shape, F> data_;
};

// A bulk algorithm that waits for its sender.
template <class Algorithm, class Policy, class Shape, class F>
struct bulk_closure : sender_adaptor_closure<bulk_closure<Algorithm, Policy, Shape, F>> {
  bulk_data<Policy, Shape, F> data_;

  template <class P, class G>
  constexpr bulk_closure(P &&policy, Shape shape, G &&f)
      : data_{static_cast<P &&>(policy), shape, static_cast<G &&>(f)} {}

  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) && {
    return Algorithm{}(static_cast<Sndr &&>(sndr), std::move(data_.policy), data_.shape, std::move(data_.f));
  }
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const & {
    return Algorithm{}(static_cast<Sndr &&>(sndr), data_.policy, data_.shape, data_.f);
  }
};

template <class Policy>
concept bulk_policy = is_execution_policy_v<snug::detail::remove_cvref_t<Policy>> &&
                      std::copy_constructible<snug::detail::remove_cvref_t<Policy>>;

template <class Way, class Algorithm> struct bulk_adaptor {
  template <sender Sndr, bulk_policy Policy, std::integral Shape, class F>
    requires std::copy_constructible<snug::detail::decay_t<F>>
  constexpr auto operator()(Sndr &&sndr, Policy &&policy, Shape shape, F &&f) const {
    return bulk_sender<Algorithm, Way, snug::detail::remove_cvref_t<Sndr>, snug::detail::remove_cvref_t<Policy>, Shape,
                       snug::detail::kept_callable_t<F>>(static_cast<Sndr &&>(sndr), static_cast<Policy &&>(policy),
                                                         shape, static_cast<F &&>(f));
  }
  template <bulk_policy Policy, std::integral Shape, class F>
    requires std::copy_constructible<snug::detail::decay_t<F>>
  constexpr auto operator()(Policy &&policy, Shape shape, F &&f) const {
    return bulk_closure<Algorithm, snug::detail::remove_cvref_t<Policy>, Shape, snug::detail::kept_callable_t<F>>(
        static_cast<Policy &&>(policy), shape, static_cast<F &&>(f));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct bulk_chunked_t;

/// Calls a function with each index below a number, and with the values that a sender completes with as lvalues; then
/// completes with those values.
///
/// Shapes:     every shape of the sender; set_error_t(std::exception_ptr) if a call may throw.
/// State:      the child's state, the number and the callable, in the child's tail padding where they fit; no policy,
///             no receiver, no back-pointer. 8 bytes for `just(int) | bulk(par, 16, f)`, 12 with an int captured
///             (x86-64,
///             Itanium ABI), held by execution/bulk_test.cpp.
///             A callable that is empty, trivially copyable and trivially default constructible is made again, not
///             stored.
/// Threads:    calls the function, index by index, and completes, where the sender completes; the policy is a
///             permission that domains may use.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     the first exception of the function ends the calls and becomes set_error_t(std::exception_ptr).
/// Source:     [exec.bulk]. Differs: is bulk_unchunked, and not lowered to bulk_chunked, where only default_domain has a
///             say.
struct bulk_t : detail::bulk_adaptor<detail::bulk_by_index, bulk_t> {
  /// What domains see that know bulk_chunked only.
  template <class Sndr, class Env>
    requires detail::sender_for<Sndr, bulk_t> && detail::seen_by_a_domain<Sndr, Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    using each = detail::bulk_each<decltype(data.f)>;
    return detail::bulk_adaptor<detail::bulk_by_chunk, bulk_chunked_t>{}(
        snug::detail::forward_member<Sndr>(child), data.policy, data.shape,
        each{snug::detail::forward_member<Sndr>(data.f)});
  }
};
inline constexpr bulk_t bulk{};

/// Calls a function with ranges of indices that cover those below a number, each once; otherwise as bulk.
///
/// Threads:    calls the function at most once, with the whole range, where the sender completes.
/// Source:     [exec.bulk]. Differs: does not call the function with the empty range (0, 0), which the specified
///             default does although it requires `begin < end` of every call.
struct bulk_chunked_t : detail::bulk_adaptor<detail::bulk_by_chunk, bulk_chunked_t> {};
inline constexpr bulk_chunked_t bulk_chunked{};

/// Calls a function with each index, on an execution agent of its own where a domain provides such; otherwise as bulk.
///
/// Source:     [exec.bulk].
struct bulk_unchunked_t : detail::bulk_adaptor<detail::bulk_by_index, bulk_unchunked_t> {};
inline constexpr bulk_unchunked_t bulk_unchunked{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
