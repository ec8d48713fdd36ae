// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Joins the ways in which a sender completes with values into one ([exec.into.variant]).
#ifndef SNUG_EXECUTION_INTO_VARIANT_HPP
#define SNUG_EXECUTION_INTO_VARIANT_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/turned_attrs.hpp>

#include <exception>
#include <tuple>
#include <utility>
#include <variant>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct into_variant_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct into_variant_child {};

// The variant of a sender's completions; nothing where it has none.
template <class Completions> struct into_variant_type {
  using type = empty_variant;
};
template <class... Signatures> struct into_variant_type<completion_signatures<Signatures...>> {
  using type =
      typename gathered<set_value_t, completion_signatures<Signatures...>, decayed_tuple, variant_or_empty>::type;
};

// Values are made where the variant holds them, so only their own constructors may throw.
template <class... Values>
inline constexpr bool into_variant_is_nothrow =
    (snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...);

template <class Sndr, class Rcvr>
class into_variant_op : public inlinable_operation_state<into_variant_op<Sndr, Rcvr>, Rcvr>,
                        public child_for<into_variant_op<Sndr, Rcvr>, into_variant_child, env_of_t<Rcvr>, Sndr> {
  using receiver_base = inlinable_operation_state<into_variant_op, Rcvr>;
  using child_base_t = child_for<into_variant_op, into_variant_child, env_of_t<Rcvr>, Sndr>;
  using variant = typename into_variant_type<completions_t<Sndr, env_of_t<Rcvr>>>::type;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr into_variant_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                             child_base_t::connects_nothrow())
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr_)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(into_variant_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
    } else if constexpr (into_variant_is_nothrow<Values...>) {
      set_value_t{}(std::move(rcvr), joined(static_cast<Values &&>(values)...));
    } else {
      try {
        set_value_t{}(std::move(rcvr), joined(static_cast<Values &&>(values)...));
      } catch (...) {
        set_error_t{}(std::move(rcvr), std::current_exception());
      }
    }
  }

  static constexpr env_of_t<Rcvr> get_env(into_variant_child, into_variant_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }

private:
  template <class... Values> static constexpr variant joined(Values &&...values) {
    return variant(std::in_place_type<decayed_tuple<Values...>>, static_cast<Values &&>(values)...);
  }
};

template <class Variant> struct into_variant_transform {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      return execution::completion_signatures<Signal(Values...)>{};
    } else if constexpr (!(snug::detail::is_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      return cannot_keep<Signal(Values...)>{};
    } else if constexpr (into_variant_is_nothrow<Values...>) {
      return execution::completion_signatures<set_value_t(Variant)>{};
    } else {
      return execution::completion_signatures<set_value_t(Variant), set_error_t(std::exception_ptr)>{};
    }
  }
};

template <class Sndr> class into_variant_sender {
  template <class, class> friend class into_variant_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = into_variant_sender;
  using parts_self = into_variant_sender;
  using parts_tag = into_variant_t;
  template <class Self, class Rcvr> using operation_for = into_variant_op<snug::detail::copy_cvref_t<Self, Sndr>, Rcvr>;

  template <class S>
  constexpr explicit into_variant_sender(std::in_place_t, S &&sndr) : sndr_(static_cast<S &&>(sndr)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using completions = completions_t<snug::detail::copy_cvref_t<Self, Sndr>, Env...>;
    using variant = typename into_variant_type<completions>::type;
    return typename transformed_completions<into_variant_transform<variant>, completions>::type{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(no_data_of_sender, snug::detail::forward_member<Self>(self.sndr_));
  }
  // Whichever variant it is, its values throw or not.
  constexpr turned_attrs_t<Sndr, into_variant_transform<int>, set_value_t> get_env() const noexcept {
    return {forwarded_env_of_t<Sndr>{execution::get_env(sndr_)}};
  }

private:
  [[no_unique_address]] Sndr sndr_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes with one std::variant of std::tuple where a sender completes with values in any number of ways.
///
/// Shapes:     set_value_t(std::variant<std::tuple<Values...>...>), decayed, each tuple once; none where the sender
///             never completes with values. set_error_t(std::exception_ptr) if making a value may throw; every other
///             shape of the sender.
/// State:      the child's state; no receiver, no back-pointer, and the variant lives in the completion call only. 4
///             bytes for just(int) (x86-64, Itanium ABI), held by execution/into_variant_test.cpp.
/// Threads:    completes where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     an exception while a value is made becomes set_error_t(std::exception_ptr).
/// Source:     [exec.into.variant]. Differs: the values are made inside the variant, not moved there in a tuple.
struct into_variant_t : sender_adaptor_closure<into_variant_t> {
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return detail::into_variant_sender<snug::detail::remove_cvref_t<Sndr>>(std::in_place, static_cast<Sndr &&>(sndr));
  }
};
inline constexpr into_variant_t into_variant{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
