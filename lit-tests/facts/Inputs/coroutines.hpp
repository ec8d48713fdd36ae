// A coroutine type whose frames are allocated, and one whose callers may keep the frame in their own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#include <coroutine>
#include <snug/expect.hpp>
#include <utility>

struct pause {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept {}
};
/// Keeps an address while it waits, and is asked for it afterwards.
struct receive {
  char *into;
  long size;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept;
  long await_resume() const noexcept { return size; }
};

#if __has_cpp_attribute(clang::coro_await_elidable)
#define ELIDABLE [[clang::coro_await_elidable]]
#else
#define ELIDABLE
#endif

struct ELIDABLE task {
  struct promise_type {
    std::coroutine_handle<> next;
    long result = 0;
    task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct finish {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept { return h.promise().next; }
      void await_resume() noexcept {}
    };
    finish final_suspend() noexcept { return {}; }
    void return_value(long value) { result = value; }
    void unhandled_exception() noexcept {}
  };
  explicit task(std::coroutine_handle<promise_type> h) : h(h) {}
  task(task &&other) noexcept : h(std::exchange(other.h, nullptr)) {}
  ~task() {
    if (h)
      h.destroy();
  }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const noexcept {
    h.promise().next = caller;
    return h;
  }
  long await_resume() const noexcept { return h.promise().result; }
  std::coroutine_handle<promise_type> h;
};

void fill(char *);
long sum(const char *);
