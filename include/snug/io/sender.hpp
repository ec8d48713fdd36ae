// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks of I/O as senders, and senders awaited in tasks.
#ifndef SNUG_IO_SENDER_HPP
#define SNUG_IO_SENDER_HPP

#include <snug/config.hpp>
#include <snug/execution/affine.hpp>
#include <snug/execution/as_awaitable.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/completion_types.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/stopped_as_error.hpp>
#include <snug/execution/task_stop.hpp>
#include <snug/io/executor_scheduler.hpp>
#include <snug/io/task.hpp>
#include <snug/io/task_context.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <exception>
#include <new>
#include <system_error>
#include <type_traits>
#include <utility>

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// The executor that an environment offers to tasks of I/O: `write_env(task, prop(get_executor, ex))`.
struct get_executor_t {
  template <snug::detail::has_query<get_executor_t> Env> auto operator()(Env const &env) const noexcept {
    static_assert(noexcept(env.query(*this)), "query(get_executor_t) must be noexcept");
    return env.query(*this);
  }
  static constexpr bool query(snug::forwarding_query_t) noexcept { return true; }
};
inline constexpr get_executor_t get_executor{};

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

namespace snug::io::detail {

// lib/io/sender.cpp: whether an exception says that an operation was cancelled.
bool is_cancellation(std::exception_ptr const &error) noexcept;

} // namespace snug::io::detail

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

// A handle as an executor by value, for a task whose environment names one: whose, lives as long as the environment.
template <class H> class handle_executor {
public:
  explicit handle_executor(H handle) noexcept : handle_(handle) {}

  coro dispatch(coro h) const noexcept { return handle_.dispatch(h); }
  void post(work *w) const noexcept { handle_.post(w); }
  friend bool operator==(handle_executor a, handle_executor b) noexcept { return a.handle_ == b.handle_; }

private:
  H handle_;
};

// What a task runs on in an environment.
struct no_executor {
  template <class> static constexpr bool offers_an_executor_or_a_scheduler = false;
};
template <class Env> auto executor_of(Env const &env) noexcept {
  if constexpr (snug::detail::has_query<Env, get_executor_t>) {
    if constexpr (executor_handle<decltype(get_executor(env))>) {
      return handle_executor(get_executor(env));
    } else {
      return get_executor(env);
    }
  } else if constexpr (snug::detail::has_query<Env, execution::get_start_scheduler_t>) {
    return scheduler_executor(execution::get_start_scheduler(env));
  } else if constexpr (snug::detail::has_query<Env, execution::get_scheduler_t>) {
    return scheduler_executor(execution::get_scheduler(env));
  } else {
    static_assert(no_executor::offers_an_executor_or_a_scheduler<Env>,
                  "basic_task: the environment of the receiver offers neither get_executor nor a scheduler that the "
                  "task could run on; write_env(task, prop(get_executor, ex)) names one");
  }
}

template <class T> struct task_completions {
  using type = execution::completion_signatures<execution::set_value_t(T), execution::set_error_t(std::exception_ptr),
                                                execution::set_stopped_t()>;
};
template <> struct task_completions<void> {
  using type = execution::completion_signatures<execution::set_value_t(), execution::set_error_t(std::exception_ptr),
                                                execution::set_stopped_t()>;
};

// The executor to which a task returns that is a sender: dispatching there is completing. Not a base of the
// operation, which may be a base itself, of classes that cannot have virtual functions; so it points to it.
template <class Op> class completing_executor final : public executor_base {
public:
  explicit completing_executor(Op &op) noexcept : op_(&op) {}

  coro dispatch(coro) const noexcept override {
    op_->complete();
    return std::noop_coroutine();
  }
  void post(work *w) const noexcept override { op_->post(w); }

private:
  Op *op_;
};

// The operation of a task that is a sender.
template <class Handle, class T, class Rcvr>
class task_operation : public execution::inlinable_operation_state<task_operation<Handle, T, Rcvr>, Rcvr>,
                       private execution::detail::task_stop<task_operation<Handle, T, Rcvr>, inplace_stop_source,
                                                            stop_token_of_t<execution::env_of_t<Rcvr>>> {
  using receiver_base = execution::inlinable_operation_state<task_operation, Rcvr>;
  using stop_base =
      execution::detail::task_stop<task_operation, inplace_stop_source, stop_token_of_t<execution::env_of_t<Rcvr>>>;
  friend stop_base;
  using executor_t = decltype(executor_of(std::declval<execution::env_of_t<Rcvr> const &>()));
  using context_t = bounded_context<Handle, executor_t>;
  friend completing_executor<task_operation>;

public:
  using operation_state_concept = execution::operation_state_tag;
  using receiver_base::get_receiver;

  template <class Task>
  task_operation(Task &&task, Rcvr rcvr) noexcept
      : receiver_base(static_cast<Rcvr &&>(rcvr)), task_(static_cast<Task &&>(task)) {}
  task_operation(task_operation &&) = delete;
  ~task_operation() {
    task_ = {};
    if (is_started_) {
      context_.~context_t();
    }
  }

  void start() noexcept {
    auto &&rcvr = get_receiver();
    auto const env = execution::get_env(rcvr);
    ::new (static_cast<void *>(&context_)) context_t(executor_of(env));
    is_started_ = true;
    auto const outer_token = get_stop_token(env);
    inplace_stop_token const token = stop_base::token(outer_token);
    auto const coroutine = task_.coroutine();
    auto &promise = coroutine.promise();
    try {
      promise.continue_with(context_.enter(promise.context(), std::noop_coroutine(),
                                           static_cast<executor_base const &>(returning_), token, nullptr));
    } catch (...) {
      execution::set_error_t{}(std::move(rcvr), std::current_exception());
      return;
    }
    stop_base::open(outer_token);
    context_.dispatch(coroutine).resume();
  }

private:
  // The coroutine is suspended for the last time.
  void complete() noexcept {
    auto &promise = task_.coroutine().promise();
    bool const stopped =
        promise.has_error() && promise.context().stop().stop_requested() && is_cancellation(promise.error());
    if (!stop_base::defer(stopped)) {
      finish(stopped);
    }
  }
  void post(work *w) const noexcept { context_.post(w); }

  void finish(bool stopped) noexcept {
    stop_base::close();
    auto &&rcvr = get_receiver();
    auto &promise = task_.coroutine().promise();
    // The frame goes first, and what is in it with it.
    if (stopped) {
      task_ = {};
      execution::set_stopped_t{}(std::move(rcvr));
    } else if (promise.has_error()) {
      std::exception_ptr error = promise.take_error();
      task_ = {};
      execution::set_error_t{}(std::move(rcvr), std::move(error));
    } else if constexpr (std::is_void_v<T>) {
      task_ = {};
      execution::set_value_t{}(std::move(rcvr));
    } else if constexpr (std::is_reference_v<T>) {
      T &&value = promise.value();
      task_ = {};
      execution::set_value_t{}(std::move(rcvr), static_cast<T &&>(value));
    } else {
      finish_with_value(rcvr, promise);
    }
  }
  template <class R, class Promise> void finish_with_value(R &rcvr, Promise &promise) noexcept {
    if constexpr (std::is_nothrow_move_constructible_v<T>) {
      T value(promise.value());
      task_ = {};
      execution::set_value_t{}(std::move(rcvr), std::move(value));
    } else {
      // In the frame, which then stays as long as the operation: moving it might throw.
      execution::set_value_t{}(std::move(rcvr), promise.value());
    }
  }

  union {
    context_t context_; // from start() on
  };
  completing_executor<task_operation> returning_{*this};
  bool is_started_ = false;
  basic_task<Handle, T> task_;
};

// What senders awaited in a task see around them.
template <class Handle> class task_env {
public:
  explicit task_env(task_context<Handle> const &context) noexcept : context_(&context) {}

  executor_scheduler<Handle> query(execution::get_start_scheduler_t) const noexcept {
    return executor_scheduler<Handle>(context_->executor());
  }
  executor_scheduler<Handle> query(execution::get_scheduler_t) const noexcept {
    return executor_scheduler<Handle>(context_->executor());
  }
  Handle query(get_executor_t) const noexcept { return context_->executor(); }
  inplace_stop_token query(get_stop_token_t) const noexcept { return context_->stop(); }

private:
  task_context<Handle> const *context_;
};

// An awaiter that lets go of the frames of the environment while it waits.
template <class Context, class Awaiter> class letting_go {
  using resumer = typename Context::resumer;

public:
  template <class Make>
  letting_go(Context const &context, Make &&make) : context_(context), resumer_(context), awaiter_(make()) {}
  letting_go(letting_go &&) = delete;

  bool await_ready() { return awaiter_.await_ready(); }
  template <class Promise> auto await_suspend(std::coroutine_handle<Promise> h) {
    context_.pause();
    return awaiter_.await_suspend(h);
  }
  decltype(auto) await_resume() {
    resumer_.resume();
    return awaiter_.await_resume();
  }

private:
  Context const &context_;
  [[no_unique_address]] resumer resumer_;
  Awaiter awaiter_;
};

// A task has no third way to end: what was stopped has failed with the error of what is cancelled.
template <class Sndr> struct awaited_sender {
  template <class Promise> static auto in(Sndr &&sndr, Promise &promise) {
    using env = execution::env_of_t<Promise>;
    if constexpr (execution::detail::awaiter<execution::detail::awaiter_t<Sndr>, Promise>) {
      return wrap(promise, [&]() -> decltype(auto) { return awaiter_of(static_cast<Sndr &&>(sndr)); });
    } else if constexpr (execution::sends_stopped<Sndr, env>) {
      return wrap(promise, [&] {
        return execution::as_awaitable(
            execution::affine(execution::stopped_as_error(static_cast<Sndr &&>(sndr),
                                                          std::make_error_code(std::errc::operation_canceled))),
            promise);
      });
    } else {
      return wrap(promise,
                  [&] { return execution::as_awaitable(execution::affine(static_cast<Sndr &&>(sndr)), promise); });
    }
  }

private:
  template <class Promise, class Make> static auto wrap(Promise &promise, Make &&make) {
    return letting_go<typename Promise::context_type, decltype(make())>(promise.context(), make);
  }
  template <class Awaitable> static decltype(auto) awaiter_of(Awaitable &&awaitable) {
    if constexpr (requires { static_cast<Awaitable &&>(awaitable).operator co_await(); }) {
      return static_cast<Awaitable &&>(awaitable).operator co_await();
    } else {
      return static_cast<Awaitable &&>(awaitable);
    }
  }
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

#endif
