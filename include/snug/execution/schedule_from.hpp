// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The hook by which a domain decides how work leaves it ([exec.schedule.from]).
#ifndef SNUG_EXECUTION_SCHEDULE_FROM_HPP
#define SNUG_EXECUTION_SCHEDULE_FROM_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct schedule_from_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct schedule_from_child {};

template <class Sndr, class Rcvr>
class schedule_from_op : public inlinable_operation_state<schedule_from_op<Sndr, Rcvr>, Rcvr>,
                         public child_for<schedule_from_op<Sndr, Rcvr>, schedule_from_child, env_of_t<Rcvr>, Sndr> {
  using receiver_base = inlinable_operation_state<schedule_from_op, Rcvr>;
  using child_base_t = child_for<schedule_from_op, schedule_from_child, env_of_t<Rcvr>, Sndr>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr schedule_from_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                              child_base_t::connects_nothrow())
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(schedule_from_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static constexpr env_of_t<Rcvr> get_env(schedule_from_child, schedule_from_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }
};

template <class Sndr> struct schedule_from_sender {
  using sender_concept = sender_tag;
  using in_place_self = schedule_from_sender;
  using parts_self = schedule_from_sender;
  using parts_tag = schedule_from_t;
  template <class Self, class Rcvr>
  using operation_for = schedule_from_op<snug::detail::copy_cvref_t<Self, Sndr>, Rcvr>;

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<snug::detail::copy_cvref_t<Self, Sndr>, Env...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(no_data_of_sender, snug::detail::forward_member<Self>(self.sndr));
  }
  constexpr forwarded_env_of_t<Sndr> get_env() const noexcept { return {execution::get_env(sndr)}; }

  [[no_unique_address]] Sndr sndr;
};

// What is connected in the place of a schedule_from sender: its child itself, where no domain has a say.
template <class Sndr, class Env> struct unhooked {
  using type = Sndr;
  static constexpr Sndr &&from(Sndr &&sndr) noexcept { return static_cast<Sndr &&>(sndr); }
};
template <class Sndr, class Env>
  requires(!transformed<Sndr, Env>)
struct unhooked<Sndr, Env> {
  using type = snug::detail::copy_cvref_t<Sndr, decltype(snug::detail::remove_cvref_t<Sndr>::sndr)>;
  static constexpr type &&from(Sndr &&sndr) noexcept { return static_cast<type &&>(sndr.sndr); }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes as a sender does: what continues_on puts around its sender, so that the domain which the work is about to
/// leave can put something else there.
///
/// Shapes:     those of the sender.
/// State:      the child's state; no receiver, no back-pointer. 4 bytes for just(int) (x86-64, Itanium ABI), held by
///             execution/schedule_from_test.cpp.
/// Threads:    completes where the sender completes.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Source:     [exec.schedule.from].
struct schedule_from_t {
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return detail::schedule_from_sender<snug::detail::remove_cvref_t<Sndr>>{static_cast<Sndr &&>(sndr)};
  }
};
inline constexpr schedule_from_t schedule_from{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
