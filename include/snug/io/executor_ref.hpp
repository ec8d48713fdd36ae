// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The storage of an executor in two pointers.
#ifndef SNUG_IO_EXECUTOR_REF_HPP
#define SNUG_IO_EXECUTOR_REF_HPP

#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>

namespace snug::io {

/// Refers to any executor: its address beside a table of functions. Every other handle converts to it.
///
/// State:      16 bytes (x86-64, Itanium ABI), held by io/executor_test.cpp.
/// Threads:    dispatch() and post() are as thread-safe as those of the executor.
/// Lifetime:   the executor outlives it.
/// Complexity: dispatch() loads both pointers, independently of each other, and the function from the table.
class executor_ref {
public:
  using executor_handle_concept = executor_handle_tag;

  executor_ref() = default;

  // Not executor<E>, which would ask for an operator== and find this conversion on its way.
  template <class E>
    requires(!detail::names_itself_handle<E>) && detail::runs_coroutines<E>
  executor_ref(E const &ex) noexcept : ops_(&ops_for<E>), ex_(&ex) {}
  executor_ref(executor_base const &ex) noexcept : ops_(&ops_for<executor_base>), ex_(&ex) {}
  executor_ref(executor_ptr ex) noexcept : executor_ref(*ex) {}

  coro dispatch(coro h) const noexcept { return ops_->dispatch(ex_, h); }
  void post(work *w) const noexcept { ops_->post(ex_, w); }

  /// Of the executor referred to.
  void const *address() const noexcept { return ex_; }

  explicit operator bool() const noexcept { return ex_ != nullptr; }

  /// Whether both refer to the same object.
  friend bool operator==(executor_ref a, executor_ref b) noexcept { return a.ex_ == b.ex_; }

private:
  struct ops {
    coro (*dispatch)(void const *, coro) noexcept;
    void (*post)(void const *, work *) noexcept;
  };
  // From void, [expr.static.cast]/14: the constructor put the address of an E beside the table for E.
  template <class E>
  static constexpr ops ops_for{
      [](void const *ex, coro h) noexcept { return static_cast<E const *>(ex)->dispatch(h); },
      [](void const *ex, work *w) noexcept { static_cast<E const *>(ex)->post(w); },
  };

  ops const *ops_ = nullptr;
  void const *ex_ = nullptr;
};

} // namespace snug::io

#endif
