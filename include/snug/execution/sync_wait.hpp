// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waits for a sender on the calling thread ([exec.sync.wait]).
#ifndef SNUG_EXECUTION_SYNC_WAIT_HPP
#define SNUG_EXECUTION_SYNC_WAIT_HPP

#include <snug/config.hpp>
#include <snug/detail/exception_ptr.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/sender.hpp>

#include <exception>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct sync_wait_child {};

/// The environment of what sync_wait waits for: the waiting thread's own loop is the scheduler.
struct sync_wait_env {
  run_loop *loop;

  constexpr run_loop::scheduler query(get_scheduler_t) const noexcept { return loop->get_scheduler(); }
  constexpr run_loop::scheduler query(get_start_scheduler_t) const noexcept { return loop->get_scheduler(); }
  constexpr run_loop::scheduler query(get_delegation_scheduler_t) const noexcept { return loop->get_scheduler(); }
};

template <class... Types> struct sync_wait_values;

template <class Signature> struct sync_wait_signature {
  using type = sync_wait_values<>;
};
template <class... Values> struct sync_wait_signature<set_value_t(Values...)> {
  using type = sync_wait_values<std::tuple<std::decay_t<Values>...>>;
};

// The tuple types of all value completions.
template <class... Tuples> struct sync_wait_values {
  template <class... Others>
  friend consteval sync_wait_values<Tuples..., Others...> operator+(sync_wait_values, sync_wait_values<Others...>) {
    return {};
  }
};

template <class Sndr, class Completions> struct sync_wait_result;
template <class Sndr, class... Signatures> struct sync_wait_result<Sndr, completion_signatures<Signatures...>> {
  template <class Tuple> static Tuple only(sync_wait_values<Tuple>);
  template <class... Tuples> static std::tuple<> only(sync_wait_values<Tuples...>);

  using all = decltype((sync_wait_values<>{} + ... + typename sync_wait_signature<Signatures>::type{}));
  using type = decltype(only(all{}));

  template <class>
  static constexpr bool has_one_value_completion =
      !std::is_same_v<all, sync_wait_values<>> && requires { []<class Tuple>(sync_wait_values<Tuple>) {}(all{}); };
};

// The root of a chain of operations. It owns its operation as every parent does, so that nothing below stores a
// receiver.
template <class Sndr, class Tuple>
class sync_wait_op : public run_loop,
                     public child_for<sync_wait_op<Sndr, Tuple>, sync_wait_child, sync_wait_env, Sndr> {
  using child = child_for<sync_wait_op, sync_wait_child, sync_wait_env, Sndr>;

public:
  constexpr explicit sync_wait_op(Sndr &&sndr) : child(static_cast<Sndr &&>(sndr)) {}

  constexpr std::optional<Tuple> wait() {
    child::start_child();
    run();
    if (error_ != nullptr) {
      std::rethrow_exception(std::move(error_));
    }
    return std::move(values_);
  }

  template <class Signal, class... Args> constexpr void complete(sync_wait_child, Signal, Args &&...args) noexcept {
    if constexpr (std::is_same_v<Signal, set_error_t>) {
      error_ = snug::detail::as_exception_ptr(static_cast<Args &&>(args)...);
    } else if constexpr (std::is_same_v<Signal, set_value_t>) {
      if constexpr (std::is_nothrow_constructible_v<Tuple, Args...>) {
        values_.emplace(static_cast<Args &&>(args)...);
      } else {
        try {
          values_.emplace(static_cast<Args &&>(args)...);
        } catch (...) {
          error_ = std::current_exception();
        }
      }
    }
    finish();
  }

  static constexpr sync_wait_env get_env(sync_wait_child, sync_wait_op &op) noexcept { return {&op}; }

private:
  std::exception_ptr error_;
  std::optional<Tuple> values_;
};

template <class Sndr>
std::optional<typename sync_wait_result<Sndr, completions_t<Sndr, sync_wait_env>>::type> wait_for(Sndr &&sndr) {
  using result = sync_wait_result<Sndr, completions_t<Sndr, sync_wait_env>>;
  static_assert(result::template has_one_value_completion<Sndr>,
                "sync_wait: the sender must complete with values in exactly one way [exec.sync.wait]");
  sync_wait_op<Sndr, typename result::type> op(static_cast<Sndr &&>(sndr));
  return op.wait();
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::this_thread::inline SNUG_ABI_NAMESPACE {

/// Starts a sender and waits, running what is scheduled on the waiting thread, until it completes.
///
/// Returns the values; std::nullopt where the sender was stopped. The sender has exactly one value shape.
/// State:      on the stack: the operation, a run_loop, the values; no receiver, no back-pointer.
/// Threads:    blocks the calling thread; the environment offers it as scheduler and as delegation scheduler.
///             Waits forever where the sender needs the thread that waits for more than this loop: called on a thread
///             of a static_thread_pool, or of the parallel_scheduler, that thread runs nothing of the pool meanwhile,
///             so that once all its threads wait like this for work of that pool, none is left to run it.
/// Errors:     rethrows a std::exception_ptr, throws std::system_error for a std::error_code, throws any other error
///             itself.
/// Source:     [exec.sync.wait].
struct sync_wait_t {
  template <execution::sender Sndr> auto operator()(Sndr &&sndr) const {
    using env = execution::detail::sync_wait_env;
    using completions = execution::detail::completions_t<Sndr, env>;
    if constexpr (!execution::detail::is_completion_signatures<completions>) {
      execution::detail::check_connect<Sndr, void, completions>::report();
    } else {
      using domain =
          typename execution::detail::completing_domain<snug::detail::remove_cvref_t<execution::env_of_t<Sndr>>,
                                                        env>::type;
      return execution::apply_sender(domain(), *this, static_cast<Sndr &&>(sndr));
    }
  }

  // Says why where nothing else does: the constraint alone would name neither the mistake nor the way out.
  template <class Sndr>
    requires(execution::enable_sender<snug::detail::remove_cvref_t<Sndr>> && !execution::sender<Sndr>)
  void operator()(Sndr &&) const {
    static_assert(can_be_copied<Sndr>, "connect: the sender is an lvalue and cannot be copied; std::move it");
  }

  /// What it does where no domain waits in a way of its own.
  template <execution::sender Sndr> static auto apply_sender(Sndr &&sndr) {
    return execution::detail::wait_for<Sndr>(static_cast<Sndr &&>(sndr));
  }

private:
  template <class> static constexpr bool can_be_copied = false;
};
inline constexpr sync_wait_t sync_wait{};

} // namespace snug::this_thread::inline SNUG_ABI_NAMESPACE

#endif
