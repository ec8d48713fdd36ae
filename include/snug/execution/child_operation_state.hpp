// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The byte form of a child: the child's operation state lives in the bytes of a base class of its parent.
#ifndef SNUG_EXECUTION_CHILD_OPERATION_STATE_HPP
#define SNUG_EXECUTION_CHILD_OPERATION_STATE_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child_receiver.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/operation_state.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Holds, in a base class of ParentOp, the operation state that connect() returns for any child sender.
///
/// ParentOp derives from it publicly and offers `complete(Tag, completion, values...)` and `static Env get_env(Tag,
/// ParentOp &)`, or `Env get_env(Tag)` where no child asks for it before ParentOp's bases are constructed; Tag tells
/// several children of one parent apart. ParentOp needs a non-static data member of its own, an empty one will do
/// (P6 below).
///
/// State:      the child; no receiver and no back-pointer where the sender names its operation
///             (named_operation_sender). With SNUG_STORE_RECEIVERS=1 the child is a member and stores its receiver.
/// Lifetime:   the child lives as long as the parent, which cannot be moved.
/// Source:     P3425R1, with the std::launder that the paper's helper lacks.
template <class ParentOp, class Tag, class Env, class ChildSender> class child_operation_state {
public:
  using receiver = child_receiver<child_operation_state>;
  using child_op_t = connect_result_t<ChildSender, receiver>;

  child_operation_state(child_operation_state &&) = delete;

  static consteval bool connects_nothrow() { return detail::connected<ChildSender, receiver>::is_noexcept(); }

#if SNUG_STORE_RECEIVERS
protected:
  constexpr explicit child_operation_state(ChildSender &&sndr) noexcept(connects_nothrow())
      : child_(execution::connect(static_cast<ChildSender &&>(sndr), receiver(static_cast<ParentOp *>(this)))) {}
  ~child_operation_state() = default;

  constexpr void start_child() noexcept { execution::start(child_); }
  constexpr child_op_t &child() noexcept { return child_; }

private:
  child_op_t child_;
#else
  /// The parent of a child, in three steps: the object to the array that provides its storage (std::launder with the
  /// type of the array, [ptr.launder]/2), the first member to its standard-layout class ([basic.compound]/7), base to
  /// derived
  /// ([expr.static.cast]/10). Guarded by the check child-operation-state, whose preconditions P1 to P11 stand below;
  /// P9, that nobody uses the parent before it is constructed, is the caller's.
  template <class ChildOp> static ParentOp *parent_of(ChildOp *child) noexcept {
    static_assert(std::same_as<ChildOp, child_op_t>,
                  "P1: the pointer is the 'this' of the object that connect() created in these bytes");
    static_assert(std::same_as<storage_t, unsigned char[sizeof(child_op_t)]>,
                  "P2: bytes provide storage [intro.object]/3");
    static_assert(alignof(child_operation_state) >= alignof(child_op_t) && sizeof(storage_t) == sizeof(child_op_t),
                  "P3: the bytes are as large and as aligned as the child");
    static_assert(std::is_standard_layout_v<child_operation_state> && offsetof(child_operation_state, storage_) == 0,
                  "P4: the bytes are the first member of a standard-layout class");
    static_assert(sizeof(child_operation_state) == sizeof(child_op_t),
                  "P6: nothing outside the child is reachable through its slot [ptr.launder]/2");
    static_assert(!std::is_standard_layout_v<ParentOp>,
                  "P6: the parent must not be pointer-interconvertible with its slot: give it a data member, an empty "
                  "[[no_unique_address]] one will do");
    static_assert(snug::detail::is_derived_from<ParentOp, child_operation_state>,
                  "P7, P8: the first argument is the class that derives from this one, publicly and once");
    static_assert(!std::is_move_constructible_v<ParentOp> && !std::is_copy_constructible_v<child_operation_state>,
                  "P10: neither the parent nor the slot moves");
    static_assert(snug::detail::is_constructible<receiver, ParentOp *> && sizeof(receiver) == sizeof(ParentOp *),
                  "P11: the receiver knows nothing but its parent");
    auto &bytes = *std::launder(reinterpret_cast<storage_t *>(child)); // P5
    auto &slot = reinterpret_cast<child_operation_state &>(bytes);
    return &static_cast<ParentOp &>(slot);
  }

protected:
  explicit child_operation_state(ChildSender &&sndr) noexcept(connects_nothrow()) {
    static_assert(snug::detail::is_derived_from<ParentOp, child_operation_state>,
                  "child_operation_state: the first argument is the class that derives from it, publicly and once");
    ::new (static_cast<void *>(&storage_))
        child_op_t(execution::connect(static_cast<ChildSender &&>(sndr), receiver(static_cast<ParentOp *>(this))));
  }
  ~child_operation_state() { child().child_op_t::~child_op_t(); }
  ~child_operation_state()
    requires std::is_trivially_destructible_v<child_op_t>
  = default;

  void start_child() noexcept { execution::start(child()); }

  /// The child in its bytes: std::launder, because the array and the object in it are not pointer-interconvertible
  /// ([ptr.launder]/2, [basic.compound]/7); the array is as large as the child, so exactly the child is reachable.
  child_op_t &child() noexcept { return *std::launder(reinterpret_cast<child_op_t *>(&storage_)); }

private:
  using storage_t = unsigned char[sizeof(child_op_t)];
  alignas(child_op_t) storage_t storage_;
#endif
};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
