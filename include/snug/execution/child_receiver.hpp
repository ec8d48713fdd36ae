// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The receiver by which a child operation completes its parent, in both forms of child.
#ifndef SNUG_EXECUTION_CHILD_RECEIVER_HPP
#define SNUG_EXECUTION_CHILD_RECEIVER_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/declared_completion.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/in_place_sender.hpp>
#include <snug/execution/receiver.hpp>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// What a parent offers to a child: a static function, which may be called while bases of the parent are under
// construction, or a member function, which may not ([class.base.init]/16).
template <class Tag, class ParentOp>
concept answers_of_parent = requires(ParentOp &parent) { ParentOp::get_env(Tag{}, parent); };
template <class Tag, class ParentOp>
concept answers_under_construction = answers_of_parent<Tag, ParentOp> || requires { ParentOp::get_env(Tag{}); };

template <class Tag, class ParentOp> constexpr decltype(auto) env_for_child(ParentOp &parent) noexcept {
  if constexpr (answers_of_parent<Tag, ParentOp>) {
    return ParentOp::get_env(Tag{}, parent);
  } else {
    return parent.get_env(Tag{});
  }
}

// What is connected in the place of a child's sender. The parent, perhaps under construction, is asked for the child's
// environment where a domain transforms the sender only.
template <class Tag, class Env, class ChildSender, class ParentOp>
constexpr decltype(auto) final_sender(ChildSender &&sndr,
                                      ParentOp *parent) noexcept(transformation_t<ChildSender, Env>::is_noexcept()) {
  if constexpr (transformed<ChildSender, Env>) {
    return transformation_t<ChildSender, Env>::apply(static_cast<ChildSender &&>(sndr),
                                                     detail::env_for_child<Tag>(*parent));
  } else {
    return static_cast<ChildSender &&>(sndr);
  }
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// The receiver of the child that Child (a child_base or a child_operation_state) holds for ParentOp.
///
/// Completions call `parent.complete(Tag{}, set_value_t{}, values...)` (or set_error_t, set_stopped_t), the environment
/// is `ParentOp::get_env(Tag{}, parent)`, or `parent.get_env(Tag{})` where there is no such static function, of type Env.
/// Inlinable by the operation state that ChildSender, or what domains make of it
/// in that environment, names and by no other: code that hands the receiver on to an inner operation has that one keep
/// it.
///
/// State:      a pointer to the parent, and none of it is stored where the child inlines the receiver.
/// Source:     P3425R1; [exec.recv.concepts]/4-9.
template <class Child> class child_receiver;

template <template <class, class, class, class> class Form, class ParentOp, class Tag, class Env, class ChildSender>
class child_receiver<Form<ParentOp, Tag, Env, ChildSender>> {
public:
  using receiver_concept = receiver_tag;

  constexpr explicit child_receiver(ParentOp *parent) noexcept : parent_(parent) {}

#if !SNUG_STORE_RECEIVERS
  template <class ChildOp>
    requires named_operation_sender<detail::transformed_t<ChildSender, Env>> &&
             (snug::detail::is_same<ChildOp, operation_for_t<detail::transformed_t<ChildSender, Env>, child_receiver>>)
  static constexpr child_receiver make_receiver_for(ChildOp *child) noexcept {
    return child_receiver(Form<ParentOp, Tag, Env, ChildSender>::parent_of(child));
  }
#endif

  template <class... Values> constexpr void set_value(Values &&...values) && noexcept {
    static_assert(detail::is_declared_by<ChildSender, Env, set_value_t(Values...)>,
                  "the sender completes in a way that its completion signatures do not tell");
    parent_->complete(Tag{}, set_value_t{}, static_cast<Values &&>(values)...);
  }
  template <class Error> constexpr void set_error(Error &&error) && noexcept {
    static_assert(detail::is_declared_by<ChildSender, Env, set_error_t(Error)>,
                  "the sender completes in a way that its completion signatures do not tell");
    parent_->complete(Tag{}, set_error_t{}, static_cast<Error &&>(error));
  }
  constexpr void set_stopped() && noexcept {
    static_assert(detail::is_declared_by<ChildSender, Env, set_stopped_t()>,
                  "the sender completes in a way that its completion signatures do not tell");
    parent_->complete(Tag{}, set_stopped_t{});
  }

  // The parent is incomplete where its children are connected, so the type of the environment comes from outside; and
  // it is under construction when a child that is a base of it asks while it is connected.
  constexpr Env get_env() const noexcept { return detail::env_for_child<Tag>(*parent_); }

private:
  ParentOp *parent_;
};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
