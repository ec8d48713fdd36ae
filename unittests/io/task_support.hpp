// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tests of tasks share: the storages that they are run with, and awaitables for all of them.
#ifndef SNUG_UNITTESTS_IO_TASK_SUPPORT_HPP
#define SNUG_UNITTESTS_IO_TASK_SUPPORT_HPP

#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>
#include <snug/io/task.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include "manual_context.hpp"

#include <gtest/gtest.h>

namespace snug_test {

using all_handles = testing::Types<snug::io::executor_ref, snug::io::executor_ptr, snug::io::env_ptr>;

struct handle_names {
  template <class Handle> static std::string GetName(int) {
    return std::is_same_v<Handle, snug::io::executor_ref>   ? "executor_ref"
           : std::is_same_v<Handle, snug::io::executor_ptr> ? "executor_ptr"
                                                            : "env_ptr";
  }
};

// What an awaitable was handed.
struct handed {
  snug::io::coro coroutine;
  snug::io::executor_ref executor;
  snug::inplace_stop_token stop;

  void resume() const { executor.dispatch(coroutine).resume(); }
};

// Leaves the coroutine to the test.
class parked {
public:
  explicit parked(handed &to) noexcept : to_(&to) {}

  static constexpr bool await_ready() noexcept { return false; }
  void await_suspend(snug::io::coro h, snug::io::executor_ref ex, snug::inplace_stop_token stop) const noexcept {
    *to_ = {h, ex, stop};
  }
  static constexpr void await_resume() noexcept {}

private:
  handed *to_;
};

// Goes on when the executor runs it: an I/O that does nothing.
class yield : private snug::io::work {
public:
  static constexpr bool await_ready() noexcept { return false; }
  template <snug::io::executor_handle Handle>
  void await_suspend(snug::io::coro h, Handle ex, snug::inplace_stop_token) noexcept {
    h_ = h;
    run = [](snug::io::work *w) { static_cast<yield *>(w)->h_.resume(); };
    ex.post(this);
  }
  static constexpr void await_resume() noexcept {}

private:
  snug::io::coro h_;
};

} // namespace snug_test

#endif
