// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waits until nobody is in a counting scope any more ([exec.counting.scopes.general]).
#ifndef SNUG_EXECUTION_SCOPE_JOIN_HPP
#define SNUG_EXECUTION_SCOPE_JOIN_HPP

#include <snug/config.hpp>
#include <snug/detail/scope_count.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/late_child.hpp>
#include <snug/execution/let_traits.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sender.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct scope_join_schedule {};

// Without a start scheduler, anything: connect says so.
template <class Env> struct start_scheduler {
  using type = inline_scheduler;
};
template <class Env>
  requires requires(Env const &env) { get_start_scheduler_t{}(env); }
struct start_scheduler<Env> {
  using type = decltype(get_start_scheduler_t{}(std::declval<Env const &>()));
};
template <class Env> using start_schedule_t = schedule_result_t<typename start_scheduler<Env>::type>;

// Whether going to the scheduler of an environment may fail before it starts.
template <class Env>
inline constexpr bool schedules_nothrow =
    noexcept(execution::schedule(get_start_scheduler_t{}(std::declval<Env const &>()))) &&
    connects_nothrow<start_schedule_t<Env>, Env>;

// Whether the operation on the scheduler must be destroyed.
template <class Op, bool Needed> struct scope_join_scheduled {
  bool is_scheduled = false;
};
template <class Op> struct scope_join_scheduled<Op, false> {};

template <class Rcvr> class scope_join_op;

template <class Rcvr> struct scope_join_bases {
  using op = scope_join_op<Rcvr>;
  using receiver_base = inlinable_operation_state<op, Rcvr>;
  using child = late_child<op, scope_join_schedule, env_of_t<Rcvr>, start_schedule_t<env_of_t<Rcvr>>>;
  using children = late_children<op, child>;
  using scheduled = scope_join_scheduled<op, !children::is_trivially_destructible>;
};

template <class Rcvr>
class scope_join_op : public scope_join_bases<Rcvr>::receiver_base,
                      private snug::detail::scope_waiter,
                      public scope_join_bases<Rcvr>::children,
                      private scope_join_bases<Rcvr>::scheduled {
  using bases = scope_join_bases<Rcvr>;
  using child = typename bases::child;

public:
  using operation_state_concept = operation_state_tag;
  using bases::receiver_base::get_receiver;

  template <class Self>
  scope_join_op(Self const &self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr>)
      : bases::receiver_base(static_cast<Rcvr &&>(rcvr)), scope_waiter(*self.scope, &complete_waiter) {}

  ~scope_join_op()
    requires bases::children::is_trivially_destructible
  = default;
  ~scope_join_op() {
    if (bases::scheduled::is_scheduled) {
      this->template destroy_child<child>();
    }
  }

  void start() noexcept {
    if (scope_waiter::scope->start_join(*this)) {
      auto &&rcvr = get_receiver();
      set_value_t{}(std::move(rcvr));
    }
  }

  template <class Signal, class... Errors> void complete(scope_join_schedule, Signal, Errors &&...errors) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Errors &&>(errors)...);
  }

  static env_of_t<Rcvr> get_env(scope_join_schedule, scope_join_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }

private:
  // Base to derived, [expr.static.cast]/10: only this class hands its waiter out, with this function.
  static void complete_waiter(scope_waiter &waiter) noexcept { static_cast<scope_join_op &>(waiter).schedule(); }

  void schedule() noexcept {
    if constexpr (schedules_nothrow<env_of_t<Rcvr>>) {
      make_schedule();
    } else {
      try {
        make_schedule();
      } catch (...) {
        auto &&rcvr = get_receiver();
        set_error_t{}(std::move(rcvr), std::current_exception());
        return;
      }
    }
    this->template start_child<child>();
  }

  void make_schedule() {
    this->template make_child<child>(execution::schedule(get_start_scheduler_t{}(execution::get_env(get_receiver()))));
    if constexpr (!bases::children::is_trivially_destructible) {
      bases::scheduled::is_scheduled = true;
    }
  }
};

// Why join has no completion signatures: nobody says where it completes.
template <class Env> struct join_without_scheduler {
  template <class> static constexpr bool has_start_scheduler = false;

  static consteval void report() {
    static_assert(has_start_scheduler<Env>,
                  "join: the environment of the receiver names no scheduler to complete on (get_start_scheduler)");
  }
};

/// What join() of a counting scope returns.
///
/// Shapes:     those of the schedule operation of the receiver's start scheduler; set_error_t(std::exception_ptr) if
///             making it may throw.
/// State:      16 bytes and the schedule operation; no receiver, no back-pointer. 32 bytes with a run_loop (x86-64,
///             Itanium ABI), held by execution/counting_scope_test.cpp.
/// Threads:    completes inside start() where there is nobody to wait for, else on the start scheduler.
/// Lifetime:   the scope may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     those of the schedule operation: the scope is joined all the same.
/// Source:     [exec.counting.scopes.general]. Differs: asks for the scheduler when it needs it, not when it is
///             connected, so that connecting does not throw.
struct scope_join_sender {
  using sender_concept = sender_tag;
  using in_place_self = scope_join_sender;
  template <class, class Rcvr> using operation_for = scope_join_op<Rcvr>;

  template <class> static consteval dependent_sender_error get_completion_signatures() { return {}; }
  template <class, class Env> static consteval auto get_completion_signatures() {
    if constexpr (!std::is_invocable_v<get_start_scheduler_t, Env const &>) {
      return join_without_scheduler<Env>{};
    } else if constexpr (schedules_nothrow<Env>) {
      return completions_t<start_schedule_t<Env>, Env>{};
    } else {
      return completions_t<start_schedule_t<Env>, Env>{} + with_exception_ptr{};
    }
  }

  snug::detail::scope_count *scope;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
