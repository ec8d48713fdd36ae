// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a task keeps of what surrounds it, by the storage of its executor.
#ifndef SNUG_IO_TASK_CONTEXT_HPP
#define SNUG_IO_TASK_CONTEXT_HPP

#include <snug/detail/assert.hpp>
#include <snug/detail/traits.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/executor_users.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/io_env.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <cstddef>
#include <new>
#include <type_traits>

namespace snug::io::detail {

// The context of a task as its promise keeps it: the executor that it runs on and the one that it returns to, as the
// caller of run_on may have another; and the stop token. A task that returns to another executor continues with a
// coroutine that goes there (way_back), so that all others, on their way out, look at neither.
template <executor_handle Handle> class task_context {
public:
  // Leaves it to enter() to write what every task is entered with: nobody reads it before.
  task_context() noexcept {}
  task_context(task_context &&) = delete;
  ~task_context() { SNUG_FORGET_EXECUTOR_USER(this); }

  void enter(Handle ex, inplace_stop_token stop) noexcept { enter(ex, ex, stop); }
  void enter_from(task_context const &caller) noexcept {
    entered const &from = caller.entered_;
    ::new (static_cast<void *>(&entered_)) entered{from.ex, from.ex, from.stop};
  }
  void enter(Handle ex, Handle caller_ex, inplace_stop_token stop) noexcept {
    SNUG_NOTE_EXECUTOR_USER(this, ex.address());
    ::new (static_cast<void *>(&entered_)) entered{ex, caller_ex, stop};
  }

  Handle executor() const noexcept { return entered_.ex; }
  inplace_stop_token stop() const noexcept { return entered_.stop; }

  Handle caller_executor() const noexcept { return entered_.caller_ex; }

  // When the task is done.
  void leave() const noexcept { SNUG_FORGET_EXECUTOR_USER(this); }

  // Before the task leaves its thread to others, and when it has it back.
  static constexpr void pause() noexcept {}
  struct resumer {
    constexpr explicit resumer(task_context const &) noexcept {}
    static constexpr void resume() noexcept {}
  };
  using beginner = resumer;

  static void *allocate_frame(std::size_t size) { return thread_frames.allocate(size); }
  static void deallocate_frame(void *frame, std::size_t size) noexcept { thread_frames.deallocate(frame, size); }

private:
  struct entered {
    Handle ex;
    Handle caller_ex;
    inplace_stop_token stop;
  };
  union {
    entered entered_;
  };
};

// The environment knows all of it, and the way back where that leads.
template <> class task_context<env_ptr> {
public:
  task_context() noexcept {} // as above
  task_context(task_context &&) = delete;
  ~task_context() { SNUG_FORGET_EXECUTOR_USER(this); }

  void enter(env_ptr env, [[maybe_unused]] inplace_stop_token stop) noexcept {
    SNUG_ASSERT(stop == env->stop,
                "a task whose executor is stored as env_ptr was awaited with another stop token than "
                "that of its environment, which it would not see");
    SNUG_NOTE_EXECUTOR_USER(this, env.address());
    ::new (static_cast<void *>(&env_)) env_ptr(env);
  }
  void enter_from(task_context const &caller) noexcept { ::new (static_cast<void *>(&env_)) env_ptr(caller.env_); }

  env_ptr executor() const noexcept { return env_; }
  inplace_stop_token stop() const noexcept { return env_->stop; }

  void leave() const noexcept { SNUG_FORGET_EXECUTOR_USER(this); }

  void pause() const noexcept {
    if (env_->frames != nullptr) [[unlikely]] {
      current_frames = nullptr;
    }
  }
  class resumer {
  public:
    explicit resumer(task_context const &context) noexcept : env_(context.env_) {}

    void resume() const noexcept {
      if (env_->frames != nullptr) [[unlikely]] {
        current_frames = env_->frames;
      }
    }

  private:
    env_ptr env_;
  };
  // Made before the environment is known.
  class beginner {
  public:
    explicit beginner(task_context const &context) noexcept : context_(context) {}

    void resume() const noexcept { resumer(context_).resume(); }

  private:
    task_context const &context_;
  };

  // Behind the frame stands whose it is.
  static void *allocate_frame(std::size_t size) {
    frame_allocator *const from = current_frames;
    std::size_t const whole = owner_place(size) + sizeof(frame_allocator *);
    void *const frame = from == nullptr ? thread_frames.allocate(whole) : from->allocate(whole);
    ::new (owner_of(frame, size)) frame_allocator *(from);
    return frame;
  }
  static void deallocate_frame(void *frame, std::size_t size) noexcept {
    frame_allocator *const from = *std::launder(static_cast<frame_allocator **>(owner_of(frame, size)));
    std::size_t const whole = owner_place(size) + sizeof(frame_allocator *);
    from == nullptr ? thread_frames.deallocate(frame, whole) : from->deallocate(frame, whole);
  }

private:
  static constexpr std::size_t owner_place(std::size_t size) noexcept {
    constexpr std::size_t alignment = alignof(frame_allocator *);
    return (size + alignment - 1) / alignment * alignment;
  }
  static void *owner_of(void *frame, std::size_t size) noexcept {
    return static_cast<unsigned char *>(frame) + owner_place(size);
  }

  union {
    env_ptr env_;
  };
};

// A coroutine that goes back to another executor, and ends on its way: what a task resumes whose caller has another.
class way_back {
public:
  class promise_type;

  way_back() noexcept = default;
  way_back(way_back &&) = delete;
  ~way_back() {
    if (coroutine_) {
      coroutine_.destroy();
    }
  }

  coro set(frame_allocator *frames, executor_ref back, coro continuation);

private:
  explicit way_back(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}
  static way_back make(frame_allocator *frames, executor_ref back, coro continuation);

  std::coroutine_handle<promise_type> coroutine_;
};

// An executor without the base class, for those who point to one.
template <executor E> class based_executor final : public executor_base {
public:
  based_executor(E const &ex) : ex_(ex) {}

  coro dispatch(coro h) const noexcept override { return ex_.dispatch(h); }
  void post(work *w) const noexcept override { ex_.post(w); }
  friend bool operator==(based_executor const &a, based_executor const &b) { return a.ex_ == b.ex_; }

private:
  [[no_unique_address]] E ex_;
};

// An executor as it is stored by value where a Handle is to stand for it.
template <class Handle, class E>
using stored_executor_t =
    std::conditional_t<snug::detail::is_same<Handle, executor_ref> || snug::detail::is_derived_from<E, executor_base>,
                       E, based_executor<E>>;

// The beginning of a chain of tasks: the executor by value, and what else the tasks find through their handles.
template <executor_handle Handle, class E> class root_context {
public:
  root_context(E const &ex, inplace_stop_token stop, [[maybe_unused]] frame_allocator *frames) noexcept
      : guard_(ex), ex_(ex), stop_(stop) {
    SNUG_ASSERT(frames == nullptr, "a frame allocator was given to tasks that have no environment to find it in: they "
                                   "store their executor as executor_ref or executor_ptr, not as env_ptr");
  }
  root_context(root_context &&) = delete;

  Handle handle() const noexcept { return ex_; }
  inplace_stop_token stop() const noexcept { return stop_; }

private:
  [[no_unique_address]] task_guard<E> guard_; // goes last
  stored_executor_t<Handle, E> ex_;
  inplace_stop_token stop_;
};
template <class E> class root_context<env_ptr, E> {
public:
  root_context(E const &ex, inplace_stop_token stop, frame_allocator *frames) noexcept
      : guard_(ex), ex_(ex), env_{executor_ptr(ex_), stop, frames} {}
  root_context(root_context &&) = delete;

  env_ptr handle() const noexcept { return env_; }
  inplace_stop_token stop() const noexcept { return env_.stop; }

private:
  [[no_unique_address]] task_guard<E> guard_; // goes last
  stored_executor_t<env_ptr, E> ex_;
  io_env env_;
};

// The context of a task that returns to somebody with another executor.
template <executor_handle Handle, class E> class bounded_context {
public:
  using back_type = Handle;

  explicit bounded_context(E const &ex) : guard_(ex), ex_(ex) {}
  bounded_context(bounded_context &&) = delete;

  coro dispatch(coro h) const noexcept { return ex_.dispatch(h); }
  void post(work *w) const noexcept { ex_.post(w); }
  // What to continue with.
  coro enter(task_context<Handle> &context, coro continuation, Handle back, inplace_stop_token stop,
             frame_allocator *) {
    context.enter(ex_, back, stop);
    return return_.set(nullptr, context.caller_executor(), continuation);
  }

private:
  [[no_unique_address]] task_guard<E> guard_;
  stored_executor_t<Handle, E> ex_;
  way_back return_;
};
template <class E> class bounded_context<env_ptr, E> {
public:
  using back_type = executor_ptr;

  explicit bounded_context(E const &ex) : guard_(ex), ex_(ex) {}
  bounded_context(bounded_context &&) = delete;

  coro dispatch(coro h) const noexcept { return ex_.dispatch(h); }
  void post(work *w) const noexcept { ex_.post(w); }
  coro enter(task_context<env_ptr> &context, coro continuation, executor_ptr back, inplace_stop_token stop,
             frame_allocator *frames) {
    env_ = {executor_ptr(ex_), stop, frames};
    context.enter(env_, stop);
    return return_.set(frames, back, continuation);
  }

private:
  [[no_unique_address]] task_guard<E> guard_;
  stored_executor_t<env_ptr, E> ex_;
  io_env env_;
  way_back return_;
};

} // namespace snug::io::detail

#endif
