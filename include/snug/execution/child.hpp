// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Chooses the form of a child by its sender.
#ifndef SNUG_EXECUTION_CHILD_HPP
#define SNUG_EXECUTION_CHILD_HPP

#include <snug/config.hpp>
#include <snug/execution/child_base.hpp>
#include <snug/execution/child_operation_state.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/in_place_sender.hpp>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The byte form in a class with a member of its own: whatever derives from it is not standard-layout (P6), members or
// not.
template <class ParentOp, class Tag, class Env, class ChildSender>
class child_bytes : public child_operation_state<ParentOp, Tag, Env, ChildSender> {
protected:
  constexpr explicit child_bytes(ChildSender &&sndr) noexcept(child_bytes::connects_nothrow())
      : child_operation_state<ParentOp, Tag, Env, ChildSender>(static_cast<ChildSender &&>(sndr)) {}

private:
  struct empty {};
  [[no_unique_address]] empty empty_;
};

template <class ParentOp, class Tag, class Env, class ChildSender,
          bool InPlace = in_place_sender<transformed_t<ChildSender, Env>>>
struct choose_child {
  using type = child_base<ParentOp, Tag, Env, ChildSender>;
};
template <class ParentOp, class Tag, class Env, class ChildSender>
struct choose_child<ParentOp, Tag, Env, ChildSender, false> {
  using type = child_bytes<ParentOp, Tag, Env, ChildSender>;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// The base class by which an operation state holds a child of any sender: child_base where the sender can be built in
/// place, or is transformed into one that can, child_operation_state where it only has connect(). Both have
/// start_child() and call back the same way.
template <class ParentOp, class Tag, class Env, class ChildSender>
using child_for = typename detail::choose_child<ParentOp, Tag, Env, ChildSender>::type;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
