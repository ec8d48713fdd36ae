// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coroutines that are senders ([exec.task]).
#ifndef SNUG_EXECUTION_TASK_HPP
#define SNUG_EXECUTION_TASK_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/frame_allocation.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/affine.hpp>
#include <snug/execution/as_awaitable.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/task_state.hpp>
#include <snug/execution/with_error.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <tuple> // std::allocator_arg_t
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

template <class T, class Environment> class task;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// What senders awaited in a task see around them.
template <class T, class Environment> class task_env {
  using state = task_state_base<T, Environment>;
  using promise = task_promise<T, Environment>;

public:
  explicit task_env(promise const &around) noexcept : promise_(&around) {}

  typename state::scheduler_type query(get_start_scheduler_t) const noexcept { return promise_->scheduler(); }
  typename state::allocator_type query(get_allocator_t) const noexcept { return promise_->state().allocator(); }
  typename state::stop_token_type query(get_stop_token_t) const noexcept { return promise_->state().stop_token(); }

  template <class Query, class... Args>
    requires(forwarding_query(Query{})) && snug::detail::has_query<Environment, Query, Args...>
  decltype(auto) query(Query query, Args &&...args) const noexcept {
    return promise_->state().environment().query(query, static_cast<Args &&>(args)...);
  }

private:
  promise const *promise_;
};

// The scheduler of a task, known from start() on. Nothing where there is but one of its type.
template <class Sch> class task_start_scheduler_slot {
public:
  task_start_scheduler_slot() noexcept {}
  ~task_start_scheduler_slot() {}

  template <class... Inits> void emplace(Inits &&...inits) {
    ::new (static_cast<void *>(&scheduler_)) Sch(static_cast<Inits &&>(inits)...);
  }
  void destroy() noexcept { scheduler_.~Sch(); }
  Sch const &get() const noexcept { return scheduler_; }

private:
  union {
    Sch scheduler_;
  };
};
template <class Sch>
  requires(snug::detail::is_recreatable<Sch>)
class task_start_scheduler_slot<Sch> {
public:
  static constexpr void emplace(auto const &...) noexcept {}
  static constexpr void destroy() noexcept {}
  static constexpr Sch get() noexcept { return Sch(); }
};

// The error types of a task that a value converts to.
template <class Value, class... Errors> struct errors_made_of {
  static constexpr bool is_one = false;
};
template <class Value, class Error> struct errors_made_of<Value, Error> {
  static constexpr bool is_one = true;
  using type = Error;
};
template <class Value, class Tried, class Untried> struct find_errors_made_of;
template <class Value, class... Tried> struct find_errors_made_of<Value, void(Tried...), completion_signatures<>> {
  using type = errors_made_of<Value, Tried...>;
};
template <class Value, class... Tried, class Error, class... Untried>
struct find_errors_made_of<Value, void(Tried...), completion_signatures<set_error_t(Error), Untried...>>
    : find_errors_made_of<
          Value, std::conditional_t<std::is_convertible_v<Value, Error>, void(Tried..., Error), void(Tried...)>,
          completion_signatures<Untried...>> {};

// What co_return does, by the type of the result.
template <class Promise, class T> class task_return {
public:
  template <class V = T> void return_value(V &&value) {
    if constexpr (std::is_reference_v<T>) {
      T &&result = static_cast<V &&>(value);
      static_cast<Promise &>(*this).state().keep_value(&result);
    } else {
      static_cast<Promise &>(*this).state().keep_value(static_cast<V &&>(value));
    }
  }
};
template <class Promise, class T>
  requires std::is_void_v<T>
class task_return<Promise, T> {
public:
  void return_void() noexcept { static_cast<Promise &>(*this).state().keep_value(); }
};

template <class T, class Environment> class task_promise : public task_return<task_promise<T, Environment>, T> {
  using state_t = task_state_base<T, Environment>;
  using errors = typename task_errors<Environment>::type;

  // Completes the operation from a coroutine that is suspended for good.
  struct complete {
    static constexpr bool await_ready() noexcept { return false; }
    static void await_suspend(std::coroutine_handle<task_promise> self) noexcept { self.promise().state_->complete(); }
    static constexpr void await_resume() noexcept {}
  };

public:
  task_promise() noexcept = default;
  ~task_promise() {
    if (state_ != nullptr) {
      scheduler_.destroy();
    }
  }

  task<T, Environment> get_return_object() noexcept;

  static constexpr std::suspend_always initial_suspend() noexcept { return {}; }
  static constexpr complete final_suspend() noexcept { return {}; }

  void unhandled_exception() noexcept {
    if constexpr (has_signature<set_error_t(std::exception_ptr), errors>) {
      state_->keep_exception();
    } else {
      std::terminate();
    }
  }
  // The frame goes, and the promise with it.
  std::coroutine_handle<> unhandled_stopped() noexcept {
    state_->stop();
    return std::noop_coroutine();
  }

  template <class E> complete yield_value(with_error<E> error) {
    using found = typename find_errors_made_of<typename with_error<E>::type, void(), errors>::type;
    static_assert(found::is_one, "co_yield with_error: the error must convert to exactly one of the task's error_types "
                                 "[task.promise]");
    if constexpr (found::is_one) {
      state_->template keep_error<typename found::type>(std::move(error.error));
    }
    return {};
  }

  template <sender Sndr> decltype(auto) await_transform(Sndr &&sndr) {
    if constexpr (unawaitable_sender<Sndr, task_promise>) {
      check_await<Sndr, completions_t<Sndr, awaiter_env_t<task_promise>>>::report();
      return std::suspend_never();
    } else if constexpr (snug::detail::is_same<typename state_t::scheduler_type, inline_scheduler>) {
      return as_awaitable(static_cast<Sndr &&>(sndr), *this);
    } else {
      return as_awaitable(execution::affine(static_cast<Sndr &&>(sndr)), *this);
    }
  }

  task_env<T, Environment> get_env() const noexcept { return task_env<T, Environment>(*this); }

  static void *operator new(std::size_t size) {
    using allocator = typename task_allocator<Environment>::type;
    return snug::detail::frame_allocation<allocator>::allocate(size, allocator());
  }
  template <class Alloc, class... Args>
  static void *operator new(std::size_t size, std::allocator_arg_t, Alloc alloc, Args &&...) {
    return snug::detail::frame_allocation<Alloc>::allocate(size, alloc);
  }
  template <class This, class Alloc, class... Args>
  static void *operator new(std::size_t size, This const &, std::allocator_arg_t, Alloc alloc, Args &&...) {
    return snug::detail::frame_allocation<Alloc>::allocate(size, alloc);
  }
  static void operator delete(void *frame, std::size_t size) noexcept { snug::detail::deallocate_frame(frame, size); }

  template <class... Schedulers> void start(state_t &state, Schedulers &&...from) {
    scheduler_.emplace(static_cast<Schedulers &&>(from)...);
    state_ = &state;
  }
  state_t &state() const noexcept { return *state_; }
  decltype(auto) scheduler() const noexcept { return scheduler_.get(); }

private:
  state_t *state_ = nullptr; // from start() on
  [[no_unique_address]] task_start_scheduler_slot<typename state_t::scheduler_type> scheduler_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// A coroutine that is a sender: it runs when it is started, completes with what it returns, and goes on, after each
/// co_await, on the scheduler that it was started on.
///
/// In the coroutine `co_await sender` yields what the sender completes with and throws its error; a sender that stops
/// stops the task, as an exception that cannot be caught would; `co_yield with_error(e)` ends it with an error. An
/// Environment may name an allocator_type, a start_scheduler_type (inline_scheduler: go on wherever a sender completes), a
/// stop_source_type, error_types, and answer queries of the senders that are awaited; it is made of the receiver's
/// environment, through env_type<Env> where it names one. A coroutine takes the memory for its frame from the allocator
/// that follows std::allocator_arg among its parameters.
///
/// Shapes:     set_value_t(T), set_value_t() for void; error_types, which are set_error_t(std::exception_ptr) unless the
///             Environment says otherwise; set_stopped_t().
/// State:      a handle, a pointer to functions that know the receiver, the Environment, and the result or the error; a
///             stop source and a callback where the receiver's stop token is of another type and may ask. No receiver, no
///             back-pointer. 32 bytes for task<int>; in the frame the scheduler and a pointer to the state, 24 bytes, and a
///             pointer behind it for its allocator (x86-64, Itanium ABI), held by execution/task_test.cpp.
/// Threads:    runs inside start() until it first awaits what is not there yet; completes on its scheduler.
/// Lifetime:   the frame is destroyed before the task completes, and with a task that is never started.
/// Errors:     an exception that leaves the coroutine becomes set_error_t(std::exception_ptr), or ends the program where
///             error_types has none.
/// Source:     [exec.task]. Differs: the default allocator is not std::allocator but one like it; the stop source follows
///             the receiver's token from start() on, not from the first question, which several threads might ask at once;
///             where that token never asks, there is none.
template <class T = void, class Environment = env<>> class [[nodiscard]] task {
  using errors = typename detail::task_errors<Environment>::type;

  static_assert(std::is_void_v<T> || std::is_reference_v<T> ||
                    (std::is_object_v<T> && !std::is_array_v<T> && std::same_as<T, std::remove_cv_t<T>>),
                "task: the result is void, a reference or an object type without const and volatile [task.class]");
  static_assert(std::is_class_v<Environment>, "task: the Environment is a class [task.class]");
  static_assert(detail::are_errors<errors>,
                "task: error_types is written completion_signatures<set_error_t(Error)...> [task.class]");

public:
  using sender_concept = sender_tag;
  using in_place_self = task;
  template <class, class Rcvr> using operation_for = detail::task_state<T, Environment, Rcvr>;

  using allocator_type = typename detail::task_allocator<Environment>::type;
  using start_scheduler_type = typename detail::task_start_scheduler<Environment>::type;
  using stop_source_type = typename detail::task_stop_source<Environment>::type;
  using stop_token_type = decltype(std::declval<stop_source_type &>().get_token());
  using error_types = errors;
  using promise_type = detail::task_promise<T, Environment>;

  task(task &&other) noexcept : coroutine_(other.release()) {}
  ~task() {
    if (coroutine_) {
      coroutine_.destroy();
    }
  }

  /// A task completes on the scheduler that it is started on, unless its Environment says otherwise.
  task affine() && noexcept
    requires std::same_as<start_scheduler_type, task_scheduler>
  {
    return static_cast<task &&>(*this);
  }

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return detail::task_completions<T, error_types>{};
  }

private:
  template <class, class, class> friend class detail::task_state;
  friend promise_type;

  explicit task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> release() noexcept { return std::exchange(coroutine_, nullptr); }

  std::coroutine_handle<promise_type> coroutine_;
};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class T, class Environment> task<T, Environment> task_promise<T, Environment>::get_return_object() noexcept {
  return task<T, Environment>(std::coroutine_handle<task_promise>::from_promise(*this));
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
