// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What runs coroutines, and what tasks store of it.
#ifndef SNUG_IO_EXECUTOR_HPP
#define SNUG_IO_EXECUTOR_HPP

#include <snug/detail/assert.hpp>
#include <snug/detail/traits.hpp>
#include <snug/io/executor_users.hpp>
#include <snug/io/work.hpp>

#include <concepts>
#include <type_traits>

namespace snug::io {

namespace detail {

template <class E>
concept runs_coroutines = requires(E const &ex, coro h, work *w) {
  { ex.dispatch(h) } noexcept -> snug::detail::same_as<coro>;
  { ex.post(w) } noexcept;
};

} // namespace detail

/// The base of executors that a task can point to with 8 bytes (executor_ptr).
///
/// dispatch() returns what to resume now so that a coroutine runs on the executor: the coroutine itself where the
/// caller is there already, std::noop_coroutine() after having queued it. post() queues in every case. Neither can
/// fail: what is queued brings its own memory.
/// State:      a pointer to the functions, 8 bytes in each executor (x86-64, Itanium ABI).
class executor_base {
public:
  executor_base() = default;
  executor_base(executor_base const &) = default;
  executor_base &operator=(executor_base const &) = default;
#ifdef NDEBUG
  virtual ~executor_base() = default; // not {}, which would set the vptr of what is gone
#else
  virtual ~executor_base() {
    SNUG_ASSERT(detail::is_executor_unused(this),
                "an executor was destroyed too early: a task that has not completed points to it and will dispatch to "
                "it; keep the executor until then, as async_run and run_on do, which own a copy");
  }
#endif

  virtual coro dispatch(coro h) const noexcept = 0;
  virtual void post(work *w) const noexcept = 0;

  friend bool operator==(executor_base const &, executor_base const &) noexcept { return true; }
};

/// The executor_handle_concept of a handle.
struct executor_handle_tag {};

namespace detail {

template <class H>
concept names_itself_handle = requires { typename H::executor_handle_concept; };

} // namespace detail

/// What a task stores of its executor: executor_ref, executor_ptr or env_ptr. A default-constructed one stands for
/// none.
template <class H>
concept executor_handle = snug::detail::same_as<typename H::executor_handle_concept, executor_handle_tag> &&
                          std::is_trivially_copyable_v<H> && std::default_initializable<H> &&
                          std::equality_comparable<H> && detail::runs_coroutines<H>;

/// A small object that stands for an execution context; passed, returned and stored by value. Equal ones run on the
/// same context. A handle is none: it dangles once the executor that it stands for is gone.
///
/// One whose context has to be told that there are tasks has a nested class task_guard, constructed from it: each chain of
/// tasks holds one from its start on the executor until whoever awaits it goes on.
template <class E>
concept executor = !executor_handle<E> && std::copyable<E> && std::equality_comparable<E> && detail::runs_coroutines<E>;

namespace detail {

template <class E> struct task_guard {
  constexpr explicit task_guard(E const &) noexcept {}
};
template <class E>
  requires requires { typename E::task_guard; }
struct task_guard<E> : E::task_guard {
  using E::task_guard::task_guard;
};

} // namespace detail

} // namespace snug::io

#endif
