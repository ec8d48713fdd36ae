// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The way back from the environment of run_on.
#include <snug/io/task_context.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>

namespace snug::io::detail {

class env_return::promise_type {
  struct go_back {
    static constexpr bool await_ready() noexcept { return false; }
    static coro await_suspend(std::coroutine_handle<promise_type> self) noexcept {
      promise_type const &promise = self.promise();
      if (promise.from_->frames != nullptr) {
        current_frames = nullptr;
      }
      return promise.back_.dispatch(promise.continuation_);
    }
    [[noreturn]] static void await_resume() noexcept { std::terminate(); }
  };

public:
  promise_type(env_ptr from, executor_ptr back, coro continuation) noexcept
      : from_(from), back_(back), continuation_(continuation) {}

  env_return get_return_object() noexcept {
    return env_return(std::coroutine_handle<promise_type>::from_promise(*this));
  }
  static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
  static constexpr go_back final_suspend() noexcept { return {}; }
  static constexpr void return_void() noexcept {}
  [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }

  static void *operator new(std::size_t size) { return thread_frames.allocate(size); }
  static void operator delete(void *frame, std::size_t size) noexcept { thread_frames.deallocate(frame, size); }

private:
  env_ptr from_;
  executor_ptr back_;
  coro continuation_;
};

env_return env_return::make(env_ptr, executor_ptr, coro) { co_return; }

coro env_return::set(env_ptr from, executor_ptr back, coro continuation) {
  env_return made = make(from, back, continuation);
  std::swap(coroutine_, made.coroutine_);
  return coroutine_;
}

} // namespace snug::io::detail
