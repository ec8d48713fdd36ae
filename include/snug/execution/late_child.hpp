// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Children of one operation that live one after the other, each made when its turn comes, in storage that they share.
#ifndef SNUG_EXECUTION_LATE_CHILD_HPP
#define SNUG_EXECUTION_LATE_CHILD_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child_receiver.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/operation_state.hpp>

#include <cstddef>
#include <new>
#include <type_traits>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

/// A child that is connected while its parent runs: the form of child that late_storage and late_children hold.
template <class ParentOp, class Tag, class Env, class ChildSender> class late_child {
public:
  using receiver = child_receiver<late_child>;
  using sender = ChildSender;
  using child_op_t = connect_result_t<ChildSender, receiver>;

  static constexpr bool is_in_place = in_place_sender<transformed_t<ChildSender, Env>>;

  static constexpr decltype(auto) final_sender(ChildSender &&sndr, ParentOp *parent) {
    return detail::final_sender<Tag, Env, ChildSender>(static_cast<ChildSender &&>(sndr), parent);
  }

#if !SNUG_STORE_RECEIVERS
  static constexpr ParentOp *parent_of(child_op_t *child) noexcept {
    return ParentOp::template parent_of_late<late_child>(child);
  }
#endif
};

/// Holds, in a base class of ParentOp, at most one late_child at a time, any that fits; ParentOp knows which.
///
/// ParentOp derives from it publicly, has a non-static data member of its own (an empty one will do), and offers
/// `complete(Tag, completion, values...)` and `static Env get_env(Tag, ParentOp &)` for each child.
///
/// State:      Size bytes, aligned to Alignment; no receiver and no back-pointer where a child's sender names its
///             operation.
/// Lifetime:   a child lives from make_child() to destroy_child(), which ParentOp calls. In constant expressions, where
///             bytes cannot hold one, a child whose sender can be built in place is allocated, and only the pointer to
///             it lies in the storage, which must be that large; the destructor of a parent that is trivial at run time
///             cannot free it, so that a child is also let go by release_child() when it completes.
/// Source:     snug, after P3373R4 (one storage) and P3425R1 (no receiver).
template <class ParentOp, std::size_t Size, std::size_t Alignment> class late_storage {
  using storage_t = unsigned char[Size];

  // A child in constant expressions: the way back to its parent is a pointer, which is there before the child is made.
  struct allocated {
    constexpr explicit allocated(ParentOp *p) noexcept : parent(p) {}
    allocated(allocated &&) = delete;
    constexpr virtual ~allocated() = default;
    ParentOp *parent;
  };
  template <class Child> struct allocated_child final : allocated, Child::child_op_t {
    constexpr allocated_child(ParentOp *parent, typename Child::sender &&sndr)
        : allocated(parent),
          Child::child_op_t(Child::final_sender(static_cast<typename Child::sender &&>(sndr), parent),
                            typename Child::receiver(parent)) {}
    constexpr ~allocated_child() override {}
  };
  // Aligned as bytes are: the storage may be less aligned than a pointer.
  struct [[gnu::packed]] pointer {
    allocated *to;
  };
  struct no_pointer {};
  static constexpr bool holds_pointer = Size >= sizeof(pointer);
  template <class Child>
  static constexpr bool is_allocatable = holds_pointer && Child::is_in_place && !__is_final(typename Child::child_op_t);

  // As large as the storage, whatever the child: so that exactly the bytes of the storage are reachable from the child.
  template <class Child> union cell {
    using op = typename Child::child_op_t;

    // Without connect() where that comes to the same: what a function returns is, to optimizers and sanitizers, an object
    // that nothing lies around.
    cell(ParentOp *parent, typename Child::sender &&sndr)
      requires(Child::is_in_place)
        : child(Child::final_sender(static_cast<typename Child::sender &&>(sndr), parent),
                typename Child::receiver(parent)) {}
    cell(ParentOp *parent, typename Child::sender &&sndr)
        : child(execution::connect(static_cast<typename Child::sender &&>(sndr), typename Child::receiver(parent))) {}
    cell(cell &&) = delete;
    ~cell() { child.op::~op(); }
    ~cell()
      requires std::is_trivially_destructible_v<op>
    = default;

    op child;
    storage_t fill;
  };

public:
  late_storage(late_storage &&) = delete;

  /// Whether a child can live here.
  template <class Child>
  static constexpr bool fits =
      sizeof(typename Child::child_op_t) <= Size && alignof(typename Child::child_op_t) <= Alignment;

#if !SNUG_STORE_RECEIVERS
  /// The parent of a child: the member to its union ([basic.compound]/7, whatever the layout), the union to the array
  /// that provides its storage (std::launder with the type of the array, [ptr.launder]/2), the first member to its
  /// standard-layout class, through a union ([basic.compound]/7), base to derived ([expr.static.cast]/10).
  template <class Child> static constexpr ParentOp *parent_of_late(typename Child::child_op_t *child) noexcept {
    if constexpr (is_allocatable<Child>) {
      if (std::is_constant_evaluated()) {
        return static_cast<allocated_child<Child> &>(*child).parent;
      }
    }
    static_assert(sizeof(cell<Child>) == sizeof(storage_t) && alignof(cell<Child>) <= alignof(late_storage),
                  "the union is as large as the bytes that provide its storage, and no more aligned");
    static_assert(std::is_standard_layout_v<late_storage> && sizeof(late_storage) == sizeof(storage_t),
                  "the bytes are the first and only member of a standard-layout class");
    static_assert(!std::is_standard_layout_v<ParentOp>,
                  "the parent must not be pointer-interconvertible with the bytes: give it a data member, an empty "
                  "[[no_unique_address]] one will do");
    static_assert(snug::detail::is_derived_from<ParentOp, late_storage>,
                  "late_storage: the first argument is the class that derives from it, publicly and once");
    auto &enclosing = reinterpret_cast<cell<Child> &>(*child);
    auto &bytes = *std::launder(reinterpret_cast<storage_t *>(&enclosing));
    return &static_cast<ParentOp &>(reinterpret_cast<late_storage &>(bytes));
  }
#endif

protected:
  constexpr late_storage() noexcept {
    if (!std::is_constant_evaluated()) {
      ::new (static_cast<void *>(&storage_)) storage_t; // begins the lifetime of the bytes, writes nothing
    }
  }
  ~late_storage() = default;

  template <class Child> constexpr void make_child(typename Child::sender &&sndr) {
    static_assert(fits<Child>, "late_storage: the child is too large or too aligned");
    if constexpr (is_allocatable<Child>) {
      if (std::is_constant_evaluated()) {
        pointer_.to =
            new allocated_child<Child>(static_cast<ParentOp *>(this), static_cast<typename Child::sender &&>(sndr));
        return;
      }
    }
    ::new (static_cast<void *>(&storage_))
        cell<Child>(static_cast<ParentOp *>(this), static_cast<typename Child::sender &&>(sndr));
  }
  template <class Child> constexpr void start_child() noexcept {
    if constexpr (is_allocatable<Child>) {
      if (std::is_constant_evaluated()) {
        // g++ 12 took the parent for another object while a function returned it.
        pointer_.to->parent = static_cast<ParentOp *>(this);
        execution::start(
            static_cast<typename Child::child_op_t &>(static_cast<allocated_child<Child> &>(*pointer_.to)));
        return;
      }
    }
    execution::start(enclosing<Child>().child);
  }
  template <class Child> constexpr void destroy_child() noexcept {
    if (std::is_constant_evaluated()) {
      end_child(release_child());
      return;
    }
    enclosing<Child>().~cell();
  }

  /// In constant expressions, takes the child away from its parent: for end_child(), once the completion has passed
  /// that may destroy the parent. Both do nothing at run time, when the child goes with its parent.
  constexpr allocated *release_child() noexcept {
    if constexpr (holds_pointer) {
      if (std::is_constant_evaluated()) {
        allocated *const child = pointer_.to;
        pointer_.to = nullptr;
        return child;
      }
    }
    return nullptr;
  }
  static constexpr void end_child([[maybe_unused]] allocated *child) noexcept {
    if (std::is_constant_evaluated()) {
      delete child;
    }
  }

  /// The bytes, for whatever else may live there while no child does.
  void *bytes() noexcept { return &storage_; }

private:
  template <class Child> cell<Child> &enclosing() noexcept {
    return *std::launder(reinterpret_cast<cell<Child> *>(&storage_));
  }

  union {
    alignas(Alignment) storage_t storage_;
    std::conditional_t<holds_pointer, pointer, no_pointer> pointer_;
  };
};

constexpr std::size_t largest_of(std::size_t first, auto... others) {
  ((first = first < others ? others : first), ...);
  return first;
}

// As much as the largest of some operation states needs.
template <class... Ops> struct largest_op {
  static constexpr std::size_t alignment = detail::largest_of(alignof(Ops)...);
  static constexpr std::size_t size = (detail::largest_of(sizeof(Ops)...) + alignment - 1) / alignment * alignment;
};

/// Holds, in a base class of ParentOp, at most one of Children (each a late_child) at a time; otherwise as
/// late_storage.
///
/// State:      the largest child.
template <class ParentOp, class... Children>
class late_children : public late_storage<ParentOp, largest_op<typename Children::child_op_t...>::size,
                                          largest_op<typename Children::child_op_t...>::alignment> {
public:
  static constexpr bool is_trivially_destructible =
      (std::is_trivially_destructible_v<typename Children::child_op_t> && ...);
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
