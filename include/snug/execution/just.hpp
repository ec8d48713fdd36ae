// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Senders that complete at once with what they were given ([exec.just]).
#ifndef SNUG_EXECUTION_JUST_HPP
#define SNUG_EXECUTION_JUST_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/sender.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct just_t;
struct just_error_t;
struct just_stopped_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Completion, class Rcvr, class... Values>
class just_op : public inlinable_operation_state<just_op<Completion, Rcvr, Values...>, Rcvr>,
                private snug::detail::leaves<just_op<Completion, Rcvr, Values...>, Values...> {
  using receiver_base = inlinable_operation_state<just_op, Rcvr>;
  using values = snug::detail::leaves<just_op, Values...>;

public:
  template <class Sndr>
  constexpr just_op(Sndr &&sndr, Rcvr rcvr) noexcept(
      snug::detail::is_nothrow_constructible<values, std::in_place_type_t<Sndr>, decltype(sndr.values_) &> &&
      snug::detail::is_nothrow_constructible<Rcvr, Rcvr>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), values(std::in_place_type<Sndr>, sndr.values_) {}

  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    values::move_into([&](Values &&...vs) { Completion{}(std::move(rcvr), static_cast<Values &&>(vs)...); });
  }
};

template <class Completion, class... Values> class just_sender {
  template <class, class, class...> friend class just_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = just_sender;
  using parts_self = just_sender;
  using parts_tag = typename tag_for_completion<Completion, just_t, just_error_t, just_stopped_t>::type;
  template <class, class Rcvr> using operation_for = just_op<Completion, Rcvr, Values...>;

  template <class... Args>
  constexpr explicit just_sender(Completion, Args &&...args) : values_(std::in_place, static_cast<Args &&>(args)...) {}

  template <class>
  static consteval execution::completion_signatures<Completion(Values...)> get_completion_signatures() {
    return {};
  }

  static constexpr inline_attrs<Completion> get_env() noexcept { return {}; }

  /// Completes where it is started anyway ([exec.affine]/6).
  constexpr just_sender affine() const & { return *this; }
  constexpr just_sender affine() && { return std::move(*this); }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.values_));
  }

private:
  [[no_unique_address]] snug::detail::leaves<just_sender, Values...> values_;
};

template <class Completion, class... Values>
using just_sender_for = just_sender<Completion, snug::detail::decay_t<Values>...>;

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// A sender that completes with the given values, inside start().
///
/// Shapes:     set_value_t(Values...), decayed.
/// State:      the values; no receiver. 12 bytes for three ints, 1 for no values
///             (x86-64, Itanium ABI), held by execution/sizes_test.cpp.
/// Threads:    completes inside start().
/// Errors:     start() does not throw; connecting copies or moves the values.
/// Source:     [exec.just].
struct just_t {
  template <class... Values>
  constexpr detail::just_sender_for<set_value_t, Values...> operator()(Values &&...values) const {
    return detail::just_sender_for<set_value_t, Values...>(set_value_t{}, static_cast<Values &&>(values)...);
  }
};
inline constexpr just_t just{};

/// A sender that completes with the given error, inside start().
///
/// Shapes:     set_error_t(Error), decayed.
/// State:      the error; no receiver.
/// Threads:    completes inside start().
/// Source:     [exec.just].
struct just_error_t {
  template <class Error> constexpr detail::just_sender_for<set_error_t, Error> operator()(Error &&error) const {
    return detail::just_sender_for<set_error_t, Error>(set_error_t{}, static_cast<Error &&>(error));
  }
};
inline constexpr just_error_t just_error{};

/// A sender that completes as stopped, inside start().
///
/// Shapes:     set_stopped_t().
/// State:      empty; no receiver.
/// Threads:    completes inside start().
/// Source:     [exec.just].
struct just_stopped_t {
  constexpr detail::just_sender_for<set_stopped_t> operator()() const {
    return detail::just_sender_for<set_stopped_t>(set_stopped_t{});
  }
};
inline constexpr just_stopped_t just_stopped{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
