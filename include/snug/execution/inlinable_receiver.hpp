// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The protocol of P3425: a receiver that can be made again from the address of the operation state that would store it.
#ifndef SNUG_EXECUTION_INLINABLE_RECEIVER_HPP
#define SNUG_EXECUTION_INLINABLE_RECEIVER_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/receiver.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution {

/// A receiver that an operation state of type ChildOp need not store: make_receiver_for(child) yields a receiver equal
/// to the one that was connected. ChildOp may be incomplete.
///
/// Source:     [exec.recv.concepts]/4-9 (P3986R1); P3425R1.
template <class Rcvr, class ChildOp>
concept inlinable_receiver = receiver<Rcvr> && requires(ChildOp *child) {
  {
    snug::detail::remove_cvref_t<Rcvr>::make_receiver_for(child)
  } noexcept -> snug::detail::same_as<snug::detail::remove_cvref_t<Rcvr>>;
};

} // namespace snug::execution

#endif
