// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coroutines of I/O.
#ifndef SNUG_IO_TASK_HPP
#define SNUG_IO_TASK_HPP

#include <snug/config.hpp>
#include <snug/detail/assert.hpp>
#include <snug/detail/traits.hpp>
#include <snug/io/awaitable.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>
#include <snug/io/task_context.hpp>
#include <snug/io/task_result.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::execution {

struct sender_tag;

} // namespace snug::execution

namespace snug::io::inline SNUG_ABI_NAMESPACE {

template <executor_handle Handle, class T = void> class basic_task;

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

// Defined in <snug/io/sender.hpp>: the operation of a task that is a sender, its completions, and what awaits a
// sender.
template <class Handle, class T, class Rcvr> class task_operation;
template <class T> struct task_completions;
template <class Sndr> struct awaited_sender;
template <class Handle> class task_env;

// What an awaiter keeps lies in the frame and is stored at each suspension: a small temporary itself costs least.
template <class A>
using kept_awaitable_t =
    std::conditional_t<!std::is_reference_v<A> && std::is_trivially_copyable_v<A> && sizeof(A) <= 64, A,
                       std::remove_reference_t<A> &>;

// Awaits an io_awaitable on behalf of a task.
template <class Promise, class A> class io_awaiter {
  using resumer = typename Promise::context_type::resumer;

public:
  io_awaiter(std::remove_reference_t<A> &awaited, Promise &promise) noexcept
      : awaited_(awaited), resumer_(promise.context()) {}

  bool await_ready() noexcept(noexcept(std::declval<A &>().await_ready())) { return awaited_.await_ready(); }
  auto await_suspend(std::coroutine_handle<Promise> h) noexcept(
      noexcept(awaited_.await_suspend(h, h.promise().context().executor(), h.promise().context().stop()))) {
    auto const &context = h.promise().context();
    context.pause();
    return awaited_.await_suspend(h, context.executor(), context.stop());
  }
  decltype(auto) await_resume() noexcept(noexcept(std::declval<A &>().await_resume())) {
    resumer_.resume();
    return awaited_.await_resume();
  }

private:
  kept_awaitable_t<A> awaited_;
  [[no_unique_address]] resumer resumer_;
};

// Awaits a task that nobody else has: takes it over.
template <class Child> class task_awaiter {
public:
  explicit task_awaiter(std::coroutine_handle<Child> child) noexcept : child_(child) {}
  task_awaiter(task_awaiter &&) = delete;
  ~task_awaiter() { child_.destroy(); }

  static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> coro await_suspend(std::coroutine_handle<Promise> h) noexcept {
    child_.promise().enter_from(h.promise().context(), h);
    return child_;
  }
  decltype(auto) await_resume() { return child_.promise().take(); }

private:
  std::coroutine_handle<Child> child_;
};

template <class Handle> class task_promise_base {
public:
  using context_type = task_context<Handle>;

private:
  // The first resumption, on the thread that the task runs on.
  struct begin : context_type::beginner {
    using context_type::beginner::beginner;

    static constexpr bool await_ready() noexcept { return false; }
    static constexpr void await_suspend(coro) noexcept {}
    constexpr void await_resume() const noexcept { this->resume(); }
  };

  class end {
  public:
    static constexpr bool await_ready() noexcept { return false; }
    template <class Promise> coro await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      task_promise_base const &promise = self.promise();
      promise.context_.leave();
      return promise.continuation_;
    }
    [[noreturn]] static void await_resume() noexcept { std::terminate(); }
  };

public:
  task_promise_base() noexcept {}
  task_promise_base(task_promise_base &&) = delete;

  begin initial_suspend() noexcept { return begin(context_); }
  static constexpr end final_suspend() noexcept { return {}; }

  static void *operator new(std::size_t size) { return task_context<Handle>::allocate_frame(size); }
  static void operator delete(void *frame, std::size_t size) noexcept {
    task_context<Handle>::deallocate_frame(frame, size);
  }

  task_context<Handle> &context() noexcept { return context_; }
  task_context<Handle> const &context() const noexcept { return context_; }
  void enter_from(task_context<Handle> const &caller, coro continuation) noexcept {
    context_.enter_from(caller);
    continue_with(continuation);
  }
  void continue_with(coro continuation) noexcept { ::new (static_cast<void *>(&continuation_)) coro(continuation); }

private:
  task_context<Handle> context_;
  union {
    coro continuation_; // not written before there is one
  };
};

template <class Handle, class T> class task_promise : public task_promise_base<Handle>, public task_result<T> {
public:
  basic_task<Handle, T> get_return_object() noexcept;

  // For senders alone, with whose header it is complete.
  template <class H = Handle> task_env<H> get_env() const noexcept { return task_env<H>(this->context()); }
  [[noreturn]] static coro unhandled_stopped() noexcept { std::terminate(); } // awaited_sender lets none through

  template <class U> task_awaiter<task_promise<Handle, U>> await_transform(basic_task<Handle, U> &&awaited) noexcept {
    return task_awaiter<task_promise<Handle, U>>(awaited.release());
  }
  template <class A> decltype(auto) await_transform(A &&awaited) {
    if constexpr (io_awaitable<A, Handle>) {
      return io_awaiter<task_promise, A>(awaited, *this);
    } else {
      return awaited_sender<A>::in(static_cast<A &&>(awaited), *this);
    }
  }
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// A coroutine that does I/O: it begins when it is awaited, on the executor and with the stop token of whoever
/// awaits it, and resumes that one when it is done. Handle says how it stores the executor.
///
/// In the coroutine `co_await` takes io_awaitables, other tasks among them, and senders. async_run starts a task
/// from outside; run_on awaits one on another executor; with <snug/io/sender.hpp> a task is a sender, too.
///
/// State:      8 bytes. In the frame the executor of the task and that of its caller, 32 bytes as executor_ref, 16
///             as executor_ptr; the stop token, 8 bytes; or all of that in the 8 bytes of env_ptr; the continuation,
///             8 bytes; and the result, with an exception in the same bytes, or 8 bytes for the exception alone
///             where T is void (x86-64, Itanium ABI), held by io/task_test.cpp. A frame stays in that of the
///             coroutine that awaits the call at once, where the compiler can do that (Clang from 20 on); others
///             come from thread_frames, or from the frame allocator of the environment.
/// Threads:    runs on its executor, one thread at a time.
/// Lifetime:   destroys the coroutine with itself, started or not; not while it runs.
/// Errors:     an exception that leaves the coroutine is rethrown where it is awaited.
/// Complexity: starting and completing are one indirect jump each.
template <executor_handle Handle, class T> class [[nodiscard, SNUG_CORO_AWAIT_ELIDABLE]] basic_task {
  static_assert(std::is_void_v<T> || std::is_reference_v<T> ||
                    (std::is_object_v<T> && !std::is_array_v<T> && std::is_same_v<T, std::remove_cv_t<T>>),
                "basic_task: the result is void, a reference or an object type without const and volatile");

public:
  using promise_type = detail::task_promise<Handle, T>;
  using handle_type = Handle;

  using sender_concept = execution::sender_tag;
  using in_place_self = basic_task;
  template <class, class Rcvr> using operation_for = detail::task_operation<Handle, T, Rcvr>;
  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return typename detail::task_completions<T>::type{};
  }

  /// No coroutine.
  basic_task() noexcept = default;
  basic_task(basic_task &&other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  basic_task &operator=(basic_task other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~basic_task() {
    if (coroutine_) {
      coroutine_.destroy();
    }
  }

  // The io_awaitable.
  static constexpr bool await_ready() noexcept { return false; }
  coro await_suspend(coro continuation, Handle ex, inplace_stop_token stop) noexcept {
    SNUG_ASSERT(coroutine_ && !coroutine_.done(), "a task was awaited that was moved from, or is done already");
    promise_type &promise = coroutine_.promise();
    promise.context().enter(ex, stop);
    promise.continue_with(continuation);
    return coroutine_;
  }
  T await_resume() { return coroutine_.promise().take(); }

  /// The coroutine, for those who start it in another way than by awaiting it.
  std::coroutine_handle<promise_type> coroutine() const noexcept { return coroutine_; }
  /// Gives it to somebody who destroys it.
  std::coroutine_handle<promise_type> release() noexcept {
    SNUG_ASSERT(coroutine_ && !coroutine_.done(), "a task was awaited that was moved from, or is done already");
    return std::exchange(coroutine_, nullptr);
  }

private:
  friend promise_type;

  explicit basic_task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

/// The task for every day: half of the memory of executor_ref, and at each suspension as few instructions, held by
/// machine/io-suspension.asm.cpp.
/// env_ptr needs least memory of all, but looks for its frame allocator each time.
template <class T = void> using task = basic_task<executor_ptr, T>;

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class Handle, class T> basic_task<Handle, T> task_promise<Handle, T>::get_return_object() noexcept {
  return basic_task<Handle, T>(std::coroutine_handle<task_promise>::from_promise(*this));
}

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

#endif
