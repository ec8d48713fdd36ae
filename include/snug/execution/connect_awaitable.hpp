// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Connects an awaitable with a receiver: the operation is a coroutine that awaits it ([exec.connect]).
#ifndef SNUG_EXECUTION_CONNECT_AWAITABLE_HPP
#define SNUG_EXECUTION_CONNECT_AWAITABLE_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// Suspends the coroutine for good and completes its receiver. Refers to temporaries of the co_await expression.
template <class Signal, class... Values> class complete_suspended;
template <class Signal> class complete_suspended<Signal> {
public:
  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> static void await_suspend(std::coroutine_handle<Promise> self) noexcept {
    Signal{}(std::move(self.promise().receiver()));
  }
  [[noreturn]] static void await_resume() noexcept { __builtin_unreachable(); }
};
template <class Signal, class Value> class complete_suspended<Signal, Value> {
public:
  explicit complete_suspended(Value &&value) noexcept : value_(static_cast<Value &&>(value)) {}

  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> self) noexcept {
    Signal{}(std::move(self.promise().receiver()), static_cast<Value &&>(value_));
  }
  [[noreturn]] static void await_resume() noexcept { __builtin_unreachable(); }

private:
  Value &&value_;
};

template <class Awaitable, class Rcvr> class connect_awaitable_promise;

/// The operation state of an awaitable.
///
/// State:      a handle; the coroutine frame holds the awaitable, its awaiter and the receiver, and nothing that leads
///             back here.
/// Threads:    completes where the awaitable resumes its coroutine.
/// Lifetime:   the frame, and with it the awaitable, lives as long as the state.
/// Errors:     an exception of the await expression becomes set_error_t(std::exception_ptr).
/// Source:     [exec.connect]/3-5.
template <class Awaitable, class Rcvr> class connect_awaitable_op {
public:
  using operation_state_concept = operation_state_tag;

  template <class A>
  connect_awaitable_op(A &&awaitable, Rcvr &&rcvr)
      : coroutine_(connect_awaitable_promise<Awaitable, Rcvr>::await(static_cast<A &&>(awaitable), rcvr)) {}
  connect_awaitable_op(connect_awaitable_op &&) = delete;
  ~connect_awaitable_op() { coroutine_.destroy(); }

  void start() noexcept { coroutine_.resume(); }

private:
  std::coroutine_handle<> coroutine_;
};

template <class Awaitable, class Rcvr>
class connect_awaitable_promise : public with_await_transform<connect_awaitable_promise<Awaitable, Rcvr>> {
  struct frame : std::coroutine_handle<> {
    using promise_type = connect_awaitable_promise;
  };

public:
  connect_awaitable_promise(Awaitable &, Rcvr &rcvr) noexcept : rcvr_(std::move(rcvr)) {}

  // The receiver moves into the promise before the first suspension; nobody reads the reference afterwards.
  static frame await(Awaitable awaitable, Rcvr &) {
    using result = await_result_t<Awaitable, connect_awaitable_promise>;
    std::exception_ptr error;
    try {
      if constexpr (std::is_void_v<result>) {
        co_await static_cast<Awaitable &&>(awaitable);
        co_await complete_suspended<set_value_t>();
      } else {
        co_await complete_suspended<set_value_t, result>(co_await static_cast<Awaitable &&>(awaitable));
      }
    } catch (...) {
      error = std::current_exception();
    }
    co_await complete_suspended<set_error_t, std::exception_ptr>(std::move(error));
  }

  frame get_return_object() noexcept { return {std::coroutine_handle<connect_awaitable_promise>::from_promise(*this)}; }
  static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
  [[noreturn]] static std::suspend_always final_suspend() noexcept { std::terminate(); }
  [[noreturn]] static void unhandled_exception() noexcept { std::terminate(); }
  [[noreturn]] static void return_void() noexcept { std::terminate(); }

  std::coroutine_handle<> unhandled_stopped() noexcept {
    set_stopped_t{}(std::move(rcvr_));
    return std::noop_coroutine();
  }

  env_of_t<Rcvr> get_env() const noexcept { return execution::get_env(rcvr_); }
  Rcvr &receiver() noexcept { return rcvr_; }

private:
  [[no_unique_address]] Rcvr rcvr_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
