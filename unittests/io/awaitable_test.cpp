// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is an io_awaitable, and what is none.
#include <snug/io/awaitable.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>

#include <concepts>
#include <coroutine>

namespace io = snug::io;

namespace {

// Takes every storage.
template <class Suspension> struct any_handle {
  bool await_ready() const noexcept;
  template <io::executor_handle Handle>
  Suspension await_suspend(io::coro h, Handle ex, snug::inplace_stop_token stop) const noexcept;
  int await_resume() const noexcept;
};
static_assert(io::io_awaitable<any_handle<io::coro>, io::executor_ref>);
static_assert(io::io_awaitable<any_handle<void>, io::executor_ptr>);
static_assert(io::io_awaitable<any_handle<bool>, io::env_ptr>);
static_assert(io::io_awaitable<any_handle<std::coroutine_handle<int>>, io::env_ptr>);
static_assert(!io::io_awaitable<any_handle<int>, io::env_ptr>);
static_assert(!io::io_awaitable<any_handle<void>, int>);
static_assert(std::same_as<io::io_await_result_t<any_handle<void>>, int>);

// Takes one.
struct only_ref {
  bool await_ready() const noexcept;
  void await_suspend(io::coro h, io::executor_ref ex, snug::inplace_stop_token stop) const noexcept;
  void await_resume() const noexcept;
};
static_assert(io::io_awaitable<only_ref, io::executor_ref>);
static_assert(io::io_awaitable<only_ref, io::executor_ptr> && io::io_awaitable<only_ref, io::env_ptr>,
              "since they convert");
struct only_env {
  bool await_ready() const noexcept;
  void await_suspend(io::coro h, io::env_ptr env, snug::inplace_stop_token stop) const noexcept;
  void await_resume() const noexcept;
};
static_assert(io::io_awaitable<only_env, io::env_ptr> && !io::io_awaitable<only_env, io::executor_ref>);
static_assert(!io::io_awaitable<std::suspend_always, io::executor_ref>, "which is not handed its caller's context");

} // namespace
