// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A base class for operation states that stores the receiver only where it must.
#ifndef SNUG_EXECUTION_INLINABLE_OPERATION_STATE_HPP
#define SNUG_EXECUTION_INLINABLE_OPERATION_STATE_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/inlinable_receiver.hpp>
#include <snug/execution/operation_state.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Holds the receiver of the operation state DerivedOp, which derives from it.
///
/// A derived class that also has a child in the base form (child_base) writes
/// `using inlinable_operation_state<DerivedOp, Rcvr>::get_receiver;`, since the child has a base of this template, too.
/// Write `auto&& rcvr = get_receiver(); set_value(std::move(rcvr), …)`: the receiver is an lvalue when it is stored and
/// a prvalue when it is made on demand.
///
/// State:      the receiver; nothing for an empty one, and nothing where it is inlinable.
/// Source:     P3425R1.
template <class DerivedOp, class Rcvr> class inlinable_operation_state {
public:
  using operation_state_concept = operation_state_tag;

  constexpr explicit inlinable_operation_state(Rcvr &&rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr>)
      : rcvr_(static_cast<Rcvr &&>(rcvr)) {}
  inlinable_operation_state(inlinable_operation_state &&) = delete;

  constexpr Rcvr &get_receiver() noexcept { return rcvr_; }

  /// The same, also while bases of the operation that follow this one are under construction, when none of its member
  /// functions may be called ([class.base.init]/16).
  static constexpr Rcvr &receiver_of(DerivedOp &op) noexcept {
    return static_cast<inlinable_operation_state &>(op).rcvr_;
  }

private:
  [[no_unique_address]] Rcvr rcvr_;
};

#if !SNUG_STORE_RECEIVERS
template <class DerivedOp, class Rcvr>
  requires inlinable_receiver<Rcvr, DerivedOp>
class inlinable_operation_state<DerivedOp, Rcvr> {
public:
  using operation_state_concept = operation_state_tag;

  constexpr explicit inlinable_operation_state(Rcvr &&) noexcept {}
  inlinable_operation_state(inlinable_operation_state &&) = delete;

  // Base to derived, [expr.static.cast]/10: DerivedOp names itself as the first argument of its own base. Guarded by
  // the check crtp-not-derived.
  constexpr Rcvr get_receiver() noexcept {
    static_assert(snug::detail::is_derived_from<DerivedOp, inlinable_operation_state>,
                  "the first argument of inlinable_operation_state is the class that derives from it");
    return Rcvr::make_receiver_for(&static_cast<DerivedOp &>(*this));
  }

  static constexpr Rcvr receiver_of(DerivedOp &op) noexcept { return Rcvr::make_receiver_for(&op); }
};
#endif

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
