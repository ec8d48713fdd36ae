// A context and two executors for it: one without and one with the abstract base class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/io/async_run.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>
#include <snug/io/task.hpp>

#include <cstddef>

namespace io = snug::io;

struct context {
  io::work *first = nullptr;
  io::work **last = &first;

  void push(io::work *w) noexcept {
    *last = w;
    last = &w->next;
  }
};

struct plain_executor {
  context *ctx;

  io::coro dispatch(io::coro h) const noexcept { return h; }
  void post(io::work *w) const noexcept { ctx->push(w); }
  friend bool operator==(plain_executor, plain_executor) = default;
};

struct base_executor final : io::executor_base {
  explicit base_executor(context &c) noexcept : ctx(&c) {}

  io::coro dispatch(io::coro h) const noexcept override { return h; }
  void post(io::work *w) const noexcept override { ctx->push(w); }
  friend bool operator==(base_executor const &a, base_executor const &b) noexcept { return a.ctx == b.ctx; }

  context *ctx;
};

// The design around each handle: what executors look like there, and what the promises of root and tasks are.
template <class Handle, class Executor> struct design {
  using root_promise = typename io::root_task<Handle, Executor>::promise_type;
  using task_promise = typename io::basic_task<Handle>::promise_type;

  // What is in the promises whatever the executor: in the root the stop token; in a task the stop token, the
  // continuation and the exception.
  static constexpr std::size_t root_executor = sizeof(root_promise) - sizeof(snug::inplace_stop_token);
  static constexpr std::size_t task_executors =
      sizeof(task_promise) - sizeof(snug::inplace_stop_token) - sizeof(io::coro) - sizeof(std::exception_ptr);
};
using by_ref = design<io::executor_ref, plain_executor>;
using by_ptr = design<io::executor_ptr, base_executor>;
// One pointer to what the root holds for all: executor, stop token and frame allocator.
using by_env = design<io::env_ptr, base_executor>;
