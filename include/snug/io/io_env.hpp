// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a chain of tasks has in common, and the storage of it in one pointer.
#ifndef SNUG_IO_IO_ENV_HPP
#define SNUG_IO_IO_ENV_HPP

#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/stop_token.hpp>

namespace snug::io {

class frame_allocator;

/// What every task of a chain sees around it.
///
/// State:      24 bytes (x86-64, Itanium ABI), held by io/executor_test.cpp.
struct io_env {
  executor_ptr executor{};
  inplace_stop_token stop{};
  frame_allocator *frames = nullptr; // null: the thread's own
};

/// Points to the environment that a chain of tasks shares.
///
/// State:      8 bytes (x86-64, Itanium ABI), held by io/executor_test.cpp.
/// Lifetime:   the environment outlives it.
/// Complexity: dispatch() loads the pointer to the environment, that to the executor, its vptr, and the function: a
///             chain of four.
class env_ptr {
public:
  using executor_handle_concept = executor_handle_tag;

  env_ptr() = default;
  env_ptr(io_env const &env) noexcept : env_(&env) {}

  coro dispatch(coro h) const noexcept { return env_->executor.dispatch(h); }
  void post(work *w) const noexcept { env_->executor.post(w); }

  operator executor_ptr() const noexcept { return env_->executor; }
  operator executor_ref() const noexcept { return env_->executor; }
  io_env const &operator*() const noexcept { return *env_; }
  io_env const *operator->() const noexcept { return env_; }
  /// Of the executor in the environment.
  void const *address() const noexcept { return env_->executor.address(); }

  explicit operator bool() const noexcept { return env_ != nullptr; }

  /// Whether both point to the same environment.
  friend bool operator==(env_ptr a, env_ptr b) noexcept = default;

private:
  io_env const *env_ = nullptr;
};

} // namespace snug::io

#endif
