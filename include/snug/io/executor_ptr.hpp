// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The storage of an executor in one pointer.
#ifndef SNUG_IO_EXECUTOR_PTR_HPP
#define SNUG_IO_EXECUTOR_PTR_HPP

#include <snug/io/executor.hpp>

#include <concepts>

namespace snug::io {

/// Points to an executor that derives from executor_base.
///
/// State:      8 bytes (x86-64, Itanium ABI), held by io/executor_test.cpp.
/// Threads:    dispatch() and post() are as thread-safe as those of the executor.
/// Lifetime:   the executor outlives it.
/// Complexity: dispatch() loads the pointer, the vptr of what it points to, and the function: a chain of three.
class executor_ptr {
public:
  using executor_handle_concept = executor_handle_tag;

  executor_ptr() = default;
  executor_ptr(executor_base const &ex) noexcept : ex_(&ex) {}

  executor_base const &operator*() const noexcept { return *ex_; }
  coro dispatch(coro h) const noexcept { return ex_->dispatch(h); }
  void post(work *w) const noexcept { ex_->post(w); }

  /// Of the executor pointed to.
  void const *address() const noexcept { return ex_; }

  explicit operator bool() const noexcept { return ex_ != nullptr; }

  /// Whether both point to the same object.
  friend bool operator==(executor_ptr a, executor_ptr b) noexcept = default;

private:
  executor_base const *ex_ = nullptr;
};

} // namespace snug::io

#endif
