// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Awaiters, a coroutine type and a count of allocations that the tests of awaitables and coroutines share.
#ifndef SNUG_UNITTESTS_EXECUTION_COROUTINE_SUPPORT_HPP
#define SNUG_UNITTESTS_EXECUTION_COROUTINE_SUPPORT_HPP

#include <snug/config.hpp>
#include <snug/execution/with_awaitable_senders.hpp>

#include <coroutine>
#include <exception>
#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// An awaiter that is ready and yields its value.
template <class T> struct ready {
  T value;

  static constexpr bool await_ready() noexcept { return true; }
  static constexpr void await_suspend(std::coroutine_handle<>) noexcept {}
  constexpr T await_resume() noexcept { return static_cast<T &&>(value); }
};
template <class T> ready(T) -> ready<T>;

// An awaiter that leaves the coroutine's handle to the test.
struct parked {
  std::coroutine_handle<> *place;

  static constexpr bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) const noexcept { *place = handle; }
  static constexpr void await_resume() noexcept {}
};

// A coroutine that awaits senders and runs when the test resumes it, with an environment of the test's choice.
template <class Env = snug::execution::env<>> class coroutine {
public:
  struct promise_type : snug::execution::with_awaitable_senders<promise_type> {
    promise_type()
      requires std::default_initializable<Env>
    = default;
    // Coroutines that take their environment as the first argument.
    promise_type(Env const &first, auto &&...) : env(first) {}

    coroutine get_return_object() noexcept {
      return coroutine(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
    static constexpr std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }
    void return_void() noexcept {}
    std::coroutine_handle<> unhandled_stopped() noexcept {
      was_stopped = true;
      return std::noop_coroutine();
    }
    Env const &get_env() const noexcept { return env; }

    [[no_unique_address]] Env env;
    std::exception_ptr error;
    bool was_stopped = false;
  };

  coroutine(coroutine &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~coroutine() {
    if (handle_) {
      handle_.destroy();
    }
  }

  // Runs it to its end or to where it waits for somebody else.
  coroutine &&run() && {
    handle_.resume();
    return std::move(*this);
  }
  void run() & { handle_.resume(); }

  bool is_done() const { return handle_.done(); }
  bool was_stopped() const { return handle_.promise().was_stopped; }
  void rethrow() const {
    if (handle_.promise().error != nullptr) {
      std::rethrow_exception(handle_.promise().error);
    }
  }

private:
  explicit coroutine(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}

  std::coroutine_handle<promise_type> handle_;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
