// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The way back from another executor.
#include <snug/io/task_context.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>

namespace snug::io::detail {

class way_back::promise_type {
  struct go_back {
    static constexpr bool await_ready() noexcept { return false; }
    static coro await_suspend(std::coroutine_handle<promise_type> self) noexcept {
      promise_type const &promise = self.promise();
      if (promise.frames_ != nullptr) {
        current_frames = nullptr;
      }
      return promise.back_.dispatch(promise.continuation_);
    }
    [[noreturn]] static void await_resume() noexcept { std::terminate(); }
  };

public:
  promise_type(frame_allocator *frames, executor_ref back, coro continuation) noexcept
      : frames_(frames), back_(back), continuation_(continuation) {}

  way_back get_return_object() noexcept { return way_back(std::coroutine_handle<promise_type>::from_promise(*this)); }
  static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
  static constexpr go_back final_suspend() noexcept { return {}; }
  static constexpr void return_void() noexcept {}
  [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }

  static void *operator new(std::size_t size) { return thread_frames.allocate(size); }
  static void operator delete(void *frame, std::size_t size) noexcept { thread_frames.deallocate(frame, size); }

private:
  frame_allocator *frames_; // of the environment that is left
  executor_ref back_;
  coro continuation_;
};

way_back way_back::make(frame_allocator *, executor_ref, coro) { co_return; }

coro way_back::set(frame_allocator *frames, executor_ref back, coro continuation) {
  way_back made = make(frames, back, continuation);
  std::swap(coroutine_, made.coroutine_);
  return coroutine_;
}

} // namespace snug::io::detail
