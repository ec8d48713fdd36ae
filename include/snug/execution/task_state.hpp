// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The operation of a task: what its coroutine knows of it, and what only its receiver's type decides ([task.state]).
#ifndef SNUG_EXECUTION_TASK_STATE_HPP
#define SNUG_EXECUTION_TASK_STATE_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/task_scheduler.hpp>
#include <snug/execution/task_stop.hpp>
#include <snug/stop_token.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail {

// What an Environment says about a task, and what holds where it says nothing.
template <class Environment> struct task_allocator {
  using type = snug::detail::default_allocator<std::byte>;
};
template <class Environment>
  requires requires { typename Environment::allocator_type; }
struct task_allocator<Environment> {
  using type = typename Environment::allocator_type;
};
template <class Environment> struct task_start_scheduler {
  using type = task_scheduler;
};
template <class Environment>
  requires requires { typename Environment::start_scheduler_type; }
struct task_start_scheduler<Environment> {
  using type = typename Environment::start_scheduler_type;
};
template <class Environment> struct task_stop_source {
  using type = inplace_stop_source;
};
template <class Environment>
  requires requires { typename Environment::stop_source_type; }
struct task_stop_source<Environment> {
  using type = typename Environment::stop_source_type;
};
template <class Environment> struct task_errors {
  using type = with_exception_ptr;
};
template <class Environment>
  requires requires { typename Environment::error_types; }
struct task_errors<Environment> {
  using type = typename Environment::error_types;
};
template <class Environment, class Env> struct task_own_env {
  using type = env<>;
};
template <class Environment, class Env>
  requires requires { typename Environment::template env_type<Env>; }
struct task_own_env<Environment, Env> {
  using type = typename Environment::template env_type<Env>;
};

template <class> inline constexpr bool are_errors = false;
template <class... Errors> inline constexpr bool are_errors<completion_signatures<set_error_t(Errors)...>> = true;

// How a task completes with a value, and how its operation keeps it: a reference as a pointer.
template <class T> struct task_value {
  using signature = set_value_t(T);
  using kept = set_value_t(T);
};
template <class T>
  requires std::is_void_v<T>
struct task_value<T> {
  using signature = set_value_t();
  using kept = set_value_t();
};
template <class T>
  requires std::is_reference_v<T>
struct task_value<T> {
  using signature = set_value_t(T);
  using kept = set_value_t(std::remove_reference_t<T> *);
};

template <class T, class Errors>
using task_completions = decltype(completion_signatures<typename task_value<T>::signature>{} + Errors{} +
                                  completion_signatures<set_stopped_t()>{});

template <class Signature, class Completions> inline constexpr bool has_signature = false;
template <class Signature, class... Signatures>
inline constexpr bool has_signature<Signature, completion_signatures<Signatures...>> =
    (snug::detail::is_same<Signature, Signatures> || ...);

} // namespace snug::execution::detail

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class T, class Environment> class task_promise;

// The environment that the task's own Environment is made of.
template <class OwnEnv> class task_own_env_holder {
protected:
  template <class Op>
    requires std::is_constructible_v<OwnEnv, decltype(Op::outer_env(std::declval<Op &>()))>
  explicit task_own_env_holder(Op &op) : own_env_(Op::outer_env(op)) {}
  template <class Op> explicit task_own_env_holder(Op &) : own_env_() {}

  [[no_unique_address]] OwnEnv own_env_;
};
template <> class task_own_env_holder<env<>> {
protected:
  template <class Op> explicit task_own_env_holder(Op &) noexcept {}

  static constexpr env<> own_env_{};
};

/// What the coroutine of a task knows of its operation, whatever the receiver.
template <class T, class Environment> class task_state_base {
  using errors = typename task_errors<Environment>::type;
  using promise = task_promise<T, Environment>;
  using kept_value = typename task_value<T>::kept;

public:
  using allocator_type = typename task_allocator<Environment>::type;
  using scheduler_type = typename task_start_scheduler<Environment>::type;
  using stop_token_type = decltype(std::declval<typename task_stop_source<Environment>::type &>().get_token());

  task_state_base(task_state_base &&) = delete;

  Environment const &environment() const noexcept { return environment_; }
  stop_token_type stop_token() noexcept { return ops_->stop_token(*this); }
  allocator_type allocator() noexcept { return ops_->allocator(*this); }

  template <class... Args> void keep_value(Args &&...args) {
    completion_.template keep<kept_value>(static_cast<Args &&>(args)...);
  }
  template <class Error, class Init> void keep_error(Init &&init) {
    completion_.template keep<set_error_t(Error)>(static_cast<Init &&>(init));
  }
  // The result may be there already: a local variable's destructor has thrown since.
  void keep_exception() noexcept {
    std::destroy_at(&completion_);
    std::construct_at(&completion_);
    keep_error<std::exception_ptr>(std::current_exception());
  }

  // The coroutine is suspended for the last time: its frame goes first, then the operation completes.
  void complete() noexcept {
    destroy_frame();
    ops_->complete(*this);
  }
  void stop() noexcept {
    destroy_frame();
    ops_->stop(*this);
  }

protected:
  struct operations {
    void (*complete)(task_state_base &) noexcept;
    void (*stop)(task_state_base &) noexcept;
    stop_token_type (*stop_token)(task_state_base &) noexcept;
    allocator_type (*allocator)(task_state_base &) noexcept;
  };

  template <class From>
    requires std::is_constructible_v<Environment, From const &>
  task_state_base(operations const &ops, std::coroutine_handle<promise> coroutine, From const &from)
      : ops_(&ops), coroutine_(coroutine), environment_(from) {}
  template <class From>
  task_state_base(operations const &ops, std::coroutine_handle<promise> coroutine, From const &)
      : ops_(&ops), coroutine_(coroutine), environment_() {}

  ~task_state_base() { destroy_frame(); }

  template <class Env> void resume_first(Env const &env) noexcept {
    promise &started = coroutine_.promise();
    if constexpr (requires { scheduler_type(get_start_scheduler(env)); }) {
      started.start(*this, get_start_scheduler(env));
    } else {
      static_assert(std::is_default_constructible_v<scheduler_type>,
                    "task: the environment of the receiver offers no get_start_scheduler, and the task's "
                    "start_scheduler_type cannot be made without one [task.state]");
      started.start(*this);
    }
    coroutine_.resume();
  }

  template <class Rcvr> void send(Rcvr &rcvr) noexcept {
    if constexpr (std::is_reference_v<T>) {
      dereferencing<Rcvr> to{&rcvr};
      completion_.send(to);
    } else {
      completion_.send(rcvr);
    }
  }

private:
  template <class Rcvr> struct dereferencing {
    Rcvr *rcvr;

    void set_value(std::remove_reference_t<T> *value) && noexcept {
      set_value_t{}(std::move(*rcvr), static_cast<T &&>(*value));
    }
    template <class Error> void set_error(Error &&error) && noexcept {
      set_error_t{}(std::move(*rcvr), static_cast<Error &&>(error));
    }
  };

  void destroy_frame() noexcept {
    if (coroutine_) {
      std::exchange(coroutine_, nullptr).destroy();
    }
  }

  operations const *ops_;
  std::coroutine_handle<promise> coroutine_; // null once the frame is gone
  [[no_unique_address]] Environment environment_;
  completion_storage<task_state_base, decltype(completion_signatures<kept_value>{} + errors{})> completion_;
};

/// The operation of a task: see task.
template <class T, class Environment, class Rcvr>
class task_state : public inlinable_operation_state<task_state<T, Environment, Rcvr>, Rcvr>,
                   private task_own_env_holder<typename task_own_env<Environment, env_of_t<Rcvr>>::type>,
                   private task_state_base<T, Environment>,
                   private task_stop<task_state<T, Environment, Rcvr>, typename task_stop_source<Environment>::type,
                                     stop_token_of_t<env_of_t<Rcvr>>> {
  using receiver_base = inlinable_operation_state<task_state, Rcvr>;
  using own_env = typename task_own_env<Environment, env_of_t<Rcvr>>::type;
  using base = task_state_base<T, Environment>;
  using stop = task_stop<task_state, typename task_stop_source<Environment>::type, stop_token_of_t<env_of_t<Rcvr>>>;
  friend stop;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Task>
  task_state(Task &&task, Rcvr rcvr)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), task_own_env_holder<own_env>(*this),
        base(operations, static_cast<Task &&>(task).release(), environment_source(*this)) {}

  void start() noexcept {
    auto &&rcvr = get_receiver();
    stop::open(get_stop_token(execution::get_env(rcvr)));
    base::resume_first(execution::get_env(rcvr));
  }

  // For the environment that the task makes of its receiver's: also while bases that follow the receiver's are under
  // construction, when no member function may be called ([class.base.init]/16).
  static env_of_t<Rcvr> outer_env(task_state &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }

private:
  static decltype(auto) environment_source(task_state &op) noexcept {
    if constexpr (std::is_constructible_v<Environment, own_env const &>) {
      return static_cast<own_env const &>(op.own_env_);
    } else if constexpr (std::is_constructible_v<Environment, env_of_t<Rcvr> const &>) {
      return outer_env(op);
    } else {
      return env<>();
    }
  }

  // Base to derived, [expr.static.cast]/10: only this class hands its base out with these functions.
  static task_state &of(base &self) noexcept { return static_cast<task_state &>(self); }

  void finish(bool stopped) noexcept {
    stop::close();
    auto &&rcvr = get_receiver();
    if (stopped) {
      set_stopped_t{}(std::move(rcvr));
    } else {
      base::send(rcvr);
    }
  }
  static void complete_it(base &self) noexcept {
    if (!of(self).stop::defer(false)) {
      of(self).finish(false);
    }
  }
  static void stop_it(base &self) noexcept {
    if (!of(self).stop::defer(true)) {
      of(self).finish(true);
    }
  }
  static typename base::stop_token_type token_of(base &self) noexcept {
    return of(self).stop::token(get_stop_token(outer_env(of(self))));
  }
  static typename base::allocator_type allocator_of(base &self) noexcept {
    using allocator = typename base::allocator_type;
    using env_t = env_of_t<Rcvr>;
    if constexpr (requires(env_t const &e) { allocator(get_allocator(e)); }) {
      return allocator(get_allocator(outer_env(of(self))));
    } else {
      static_assert(
          std::is_default_constructible_v<allocator>,
          "task: the environment of the receiver offers no allocator from which the task's allocator_type can "
          "be made [task.members]");
      return allocator();
    }
  }

  static constexpr typename base::operations operations{&complete_it, &stop_it, &token_of, &allocator_of};
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
