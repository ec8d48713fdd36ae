// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The base form of a child: the child's operation state is a base class of its parent.
#ifndef SNUG_EXECUTION_CHILD_BASE_HPP
#define SNUG_EXECUTION_CHILD_BASE_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child_receiver.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/in_place_sender.hpp>
#include <snug/execution/operation_state.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Holds, as a base class of ParentOp, the operation state of a child whose sender is an in_place_sender, or becomes one
/// in the child's environment.
///
/// ParentOp derives from it publicly and offers `complete(Tag, completion, values...)` and `static Env get_env(Tag,
/// ParentOp &)`, which the child may ask while it is connected, and ParentOp's bases are under construction: it uses what
/// lies in bases before the child. Tag tells several children of one parent apart. Since the child's names are inherited, too, ParentOp declares its own
/// `start`, and writes `using inlinable_operation_state<ParentOp, Rcvr>::get_receiver;` where it holds a receiver.
///
/// State:      the child, whose tail padding ParentOp uses for its own members; no receiver, no back-pointer.
///             With SNUG_STORE_RECEIVERS=1 the child is a member instead and stores its receiver.
/// Lifetime:   the child lives as long as the parent, which cannot be moved.
/// Source:     snug; the way back is [expr.static.cast]/10 and nothing else, so it works in constant expressions.
template <class ParentOp, class Tag, class Env, class ChildSender>
class child_base
#if !SNUG_STORE_RECEIVERS
    : private operation_for_t<detail::transformed_t<ChildSender, Env>,
                              child_receiver<child_base<ParentOp, Tag, Env, ChildSender>>>
#endif
{
  using transformation = detail::transformation_t<ChildSender, Env>;

public:
  using receiver = child_receiver<child_base>;
  using sender = detail::transformed_t<ChildSender, Env>;
  using child_op_t = operation_for_t<sender, receiver>;

  child_base(child_base &&) = delete;

  static consteval bool connects_nothrow() {
    return snug::detail::is_nothrow_constructible<child_op_t, sender, receiver> && transformation::is_noexcept();
  }

#if !SNUG_STORE_RECEIVERS
  /// The parent of a child: derived to base, twice, backwards ([expr.static.cast]/10). The child is the base subobject
  /// of this class, and this class that of ParentOp, since only a derived class can call the constructor and ParentOp
  /// is the one that names itself. No condition on the layout. Guarded by the checks downcast-wrong-object and
  /// crtp-not-derived.
  static constexpr ParentOp *parent_of(child_op_t *child) noexcept {
    static_assert(__is_class(child_op_t) && !__is_final(child_op_t),
                  "child_base: the operation state of the child cannot be a base class");
    static_assert(snug::detail::is_derived_from<ParentOp, child_base>,
                  "child_base: the first argument is the class that derives from it, publicly and once");
    return &static_cast<ParentOp &>(static_cast<child_base &>(*child));
  }
#endif

protected:
  constexpr explicit child_base(ChildSender &&sndr) noexcept(connects_nothrow())
#if SNUG_STORE_RECEIVERS
      : child_(detail::final_sender<Tag, Env, ChildSender>(static_cast<ChildSender &&>(sndr),
                                                           static_cast<ParentOp *>(this)),
               receiver(static_cast<ParentOp *>(this))){}
#else
      : child_op_t(detail::final_sender<Tag, Env, ChildSender>(static_cast<ChildSender &&>(sndr),
                                                               static_cast<ParentOp *>(this)),
                   receiver(static_cast<ParentOp *>(this))) {
  }
#endif
        ~child_base() = default;

#if SNUG_STORE_RECEIVERS
  constexpr void start_child() noexcept { child_.start(); }
  constexpr child_op_t &child() noexcept { return child_; }
#else
  constexpr void start_child() noexcept {
    static_assert(detail::answers_under_construction<Tag, ParentOp>,
                  "child_base: the parent needs a 'static Env get_env(Tag, ParentOp &)': its child may ask for the "
                  "environment while bases of the parent are under construction, when no member function may be called "
                  "[class.base.init]/16");
    child_op_t::start();
  }
  constexpr child_op_t &child() noexcept { return *this; }
#endif

#if SNUG_STORE_RECEIVERS
private:
  child_op_t child_;
#endif
};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
