// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Awaits a task on another executor.
#ifndef SNUG_IO_RUN_ON_HPP
#define SNUG_IO_RUN_ON_HPP

#include <snug/config.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/io_env.hpp>
#include <snug/io/task.hpp>
#include <snug/io/task_context.hpp>
#include <snug/stop_token.hpp>

#include <utility>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class Handle, class T, class E> class run_on_awaitable {
public:
  run_on_awaitable(E const &ex, basic_task<Handle, T> &&awaited) : there_(ex), awaited_(std::move(awaited)) {}
  run_on_awaitable(run_on_awaitable &&) = delete;

  static constexpr bool await_ready() noexcept { return false; }
  coro await_suspend(coro continuation, Handle caller, inplace_stop_token stop) {
    auto &first = awaited_.coroutine().promise();
    first.continue_with(there_.enter(first.context(), continuation, caller, stop, frames_of(caller)));
    return there_.dispatch(awaited_.coroutine());
  }
  T await_resume() { return awaited_.await_resume(); }

private:
  static constexpr frame_allocator *frames_of(auto const &) noexcept { return nullptr; }
  static frame_allocator *frames_of(env_ptr env) noexcept { return env->frames; }

  bounded_context<Handle, E> there_;
  basic_task<Handle, T> awaited_;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// Awaits a task on another executor and comes back: `co_await run_on(other, read_file());`.
///
/// The task and all that it awaits run on the other executor, with the caller's stop token; the caller goes on where
/// it was, with the result or the exception.
///
/// State:      the executor by value and the task, in the frame of the caller; an environment more where tasks share
///             one.
/// Threads:    dispatches to the executor, and back to the caller's.
/// Lifetime:   what the executor stands for outlives the task.
template <executor Executor, executor_handle Handle, class T>
detail::run_on_awaitable<Handle, T, Executor> run_on(Executor const &ex, basic_task<Handle, T> task) {
  return {ex, std::move(task)};
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
