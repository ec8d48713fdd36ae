// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starts a task from outside of any coroutine.
#ifndef SNUG_IO_ASYNC_RUN_HPP
#define SNUG_IO_ASYNC_RUN_HPP

#include <snug/config.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/task.hpp>
#include <snug/io/task_context.hpp>
#include <snug/io/task_result.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// The coroutine at the root of a chain of tasks, which async_run makes. It owns the executor that every task below
/// it points to, and goes away by itself after the last of them.
///
/// State:      in the promise the executor by value, 8 bytes for one that knows only its context, 16 for one that
///             derives from executor_base (and the vptr for one that does not, where tasks need that base); the stop
///             token, or the environment where tasks share one (x86-64, Itanium ABI), held by io/task_test.cpp.
template <executor_handle Handle, executor Executor> class root_task {
public:
  class promise_type : public detail::root_context<Handle, Executor> {
  public:
    template <class... Args>
    promise_type(Executor const &ex, inplace_stop_token stop, frame_allocator *frames, Args &...) noexcept
        : detail::root_context<Handle, Executor>(ex, stop, frames) {}

    root_task get_return_object() noexcept {
      return root_task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_never final_suspend() noexcept { return {}; }
    static constexpr void return_void() noexcept {}
    [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); } // nothing in it throws, see report

    static void *operator new(std::size_t size) { return detail::task_context<Handle>::allocate_frame(size); }
    static void operator delete(void *frame, std::size_t size) noexcept {
      detail::task_context<Handle>::deallocate_frame(frame, size);
    }
  };

  std::coroutine_handle<promise_type> coroutine() const noexcept { return coroutine_; }

private:
  explicit root_task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

// A task that is done. As a local variable of the root it destroys the task before the promise and the executor in it; a
// parameter would go after them.
template <class Handle, class T> class done_task {
  using child = task_promise<Handle, T>;

public:
  explicit done_task(std::coroutine_handle<child> coroutine) noexcept : coroutine_(coroutine) {}
  done_task(done_task &&) = delete;
  ~done_task() { coroutine_.destroy(); }

  child &promise() const noexcept { return coroutine_.promise(); }

private:
  std::coroutine_handle<child> coroutine_;
};

// Apart and with the callback by value, so that a root whose task returns keeps no registers and no stack for it.
template <class T, class OnError>
[[gnu::noinline, gnu::cold]] void report_error(task_result<T> &result, OnError on_error) noexcept {
  on_error(result.take_error());
}

// An exception that leaves a callback ends the program where it was thrown: nothing of the root is kept for it.
template <class T, class OnDone, class OnError>
void report(task_result<T> &result, OnDone &on_done, OnError &on_error) noexcept {
  if (result.has_error()) [[unlikely]] {
    report_error(result, std::move(on_error));
  } else if constexpr (std::is_void_v<T>) {
    on_done();
  } else {
    on_done(result.value());
  }
}

// Begins when the task is done, which async_run has started: to start it from here would take one more resumption.
template <class Handle, class E, class T, class OnDone, class OnError>
root_task<Handle, E> run_root(E const &, inplace_stop_token, frame_allocator *,
                              std::coroutine_handle<task_promise<Handle, T>> awaited, OnDone on_done,
                              OnError on_error) {
  done_task<Handle, T> const done(awaited);
  done.promise().context().pause();
  report<T>(done.promise(), on_done, on_error);
  co_return;
}

struct ignores_result {
  constexpr void operator()(auto &&...) const noexcept {}
};
struct ends_program {
  [[noreturn]] void operator()(std::exception_ptr error) const { std::rethrow_exception(std::move(error)); }
};

// Frames made here are the new environment's; those of the caller's afterwards again.
template <class Handle> struct frames_of_root {
  explicit constexpr frames_of_root(frame_allocator *) noexcept {}
};
template <> struct frames_of_root<env_ptr> {
  explicit frames_of_root(frame_allocator *frames) noexcept : callers(std::exchange(current_frames, frames)) {}
  frames_of_root(frames_of_root &&) = delete;
  ~frames_of_root() { current_frames = callers; }

  frame_allocator *callers;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// Starts a task on an executor. It runs at once where the caller is on that executor already.
///
/// on_done takes what the task returns, on_error the exception that leaves it; without one such an exception ends
/// the program, as does one that leaves a callback. Both run on the executor. Tasks whose executor is stored as
/// env_ptr take their frames from the given allocator.
///
/// State:      one frame from the same place as those of the tasks, see root_task, with the task and the callbacks
///             in it.
/// Threads:    may be called on any thread that may dispatch to the executor.
/// Lifetime:   the executor is copied; what it stands for, the source of the stop token and the allocator outlive
///             the task.
/// Errors:     std::bad_alloc, where there is no memory for the frame; the task is destroyed then.
template <executor Executor, executor_handle Handle, class T, class OnDone = detail::ignores_result,
          class OnError = detail::ends_program>
void async_run(Executor ex, basic_task<Handle, T> task, OnDone on_done = {}, OnError on_error = {},
               inplace_stop_token stop = {}, frame_allocator *frames = nullptr) {
  detail::frames_of_root<Handle> const guard(frames);
  auto const root =
      detail::run_root<Handle, Executor, T>(ex, stop, frames, task.coroutine(), std::move(on_done), std::move(on_error))
          .coroutine();
  auto const begun = task.release();
  begun.promise().context().enter(root.promise().handle(), root.promise().stop());
  begun.promise().continue_with(root);
  ex.dispatch(begun).resume();
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
