// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Executors of I/O as schedulers of std::execution, and the reverse.
#ifndef SNUG_IO_EXECUTOR_SCHEDULER_HPP
#define SNUG_IO_EXECUTOR_SCHEDULER_HPP

#include <snug/config.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/work.hpp>

#include <coroutine>
#include <new>
#include <utility>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class E, class Rcvr>
class executor_schedule_op : public execution::inlinable_operation_state<executor_schedule_op<E, Rcvr>, Rcvr>,
                             private work {
  using receiver_base = execution::inlinable_operation_state<executor_schedule_op, Rcvr>;

public:
  template <class Sndr>
  executor_schedule_op(Sndr const &sndr, Rcvr rcvr) noexcept
      : receiver_base(static_cast<Rcvr &&>(rcvr)), work{nullptr, &complete}, ex_(sndr.executor) {}

  void start() noexcept { ex_.post(this); }

private:
  // Base to derived, [expr.static.cast]/11: only this class hands its base out, with this function.
  static void complete(work *w) noexcept {
    auto &&rcvr = static_cast<executor_schedule_op *>(w)->get_receiver();
    execution::set_value_t{}(std::move(rcvr));
  }

  E ex_;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// Schedules on an executor, or on what a handle stands for: `as_scheduler(context.get_executor())`.
///
/// Shapes:     schedule() completes with set_value_t(): what is posted is run, whatever the stop token says.
/// State:      the executor; a schedule operation 16 bytes more, and no receiver. 24 bytes for executor_ptr (x86-64,
///             Itanium ABI), held by io/sender_test.cpp.
/// Threads:    completes where the executor runs what is posted to it.
/// Lifetime:   what the executor stands for outlives its operations.
/// Errors:     none; no allocation.
template <class E> class executor_scheduler {
  struct attrs {
    E executor;

    executor_scheduler query(execution::get_completion_scheduler_t<execution::set_value_t>) const noexcept {
      return executor_scheduler(executor);
    }
  };
  struct schedule_sender {
    using sender_concept = execution::sender_tag;
    using in_place_self = schedule_sender;
    template <class, class Rcvr> using operation_for = detail::executor_schedule_op<E, Rcvr>;
    using completion_signatures = execution::completion_signatures<execution::set_value_t()>;

    attrs get_env() const noexcept { return {executor}; }

    E executor;
  };

public:
  using scheduler_concept = execution::scheduler_tag;

  explicit executor_scheduler(E const &ex) noexcept : ex_(ex) {}

  schedule_sender schedule() const noexcept { return {ex_}; }
  executor_scheduler query(execution::get_completion_scheduler_t<execution::set_value_t>) const noexcept {
    return *this;
  }
  friend bool operator==(executor_scheduler const &a, executor_scheduler const &b) noexcept { return a.ex_ == b.ex_; }

private:
  E ex_;
};

/// The scheduler of an executor, or of a handle.
template <class E>
  requires executor<E> || executor_handle<E>
executor_scheduler<E> as_scheduler(E const &ex) noexcept {
  return executor_scheduler<E>(ex);
}

/// An executor that schedules on any scheduler: what a task runs on whose environment offers only a scheduler.
///
/// State:      the scheduler; for each piece of work an operation, in memory that is used again.
/// Threads:    never runs anything inside dispatch(): only the scheduler knows where it is.
/// Errors:     ends the program where there is no memory, as executors cannot fail; work is run, where its scheduling
///             fails or is stopped, on the thread that says so.
template <execution::scheduler Sch> class scheduler_executor {
public:
  explicit scheduler_executor(Sch sch) noexcept : sch_(static_cast<Sch &&>(sch)) {}

  coro dispatch(coro h) const noexcept {
    start([](void *address) { coro::from_address(address).resume(); }, h.address());
    return std::noop_coroutine();
  }
  void post(work *w) const noexcept {
    start(
        [](void *address) {
          auto *const posted = static_cast<work *>(address);
          posted->run(posted);
        },
        w);
  }
  friend bool operator==(scheduler_executor const &a, scheduler_executor const &b) noexcept { return a.sch_ == b.sch_; }

private:
  using function = void(void *);

  class operation {
    struct receiver {
      using receiver_concept = execution::receiver_tag;

      void set_value() && noexcept { self->run(); }
      void set_error(auto &&) && noexcept { self->run(); }
      void set_stopped() && noexcept { self->run(); }

      operation *self;
    };

  public:
    operation(Sch const &sch, function *call, void *argument)
        : call_(call), argument_(argument), op_(execution::connect(execution::schedule(sch), receiver{this})) {}

    void start() noexcept { execution::start(op_); }

  private:
    void run() noexcept {
      function *const call = call_;
      void *const argument = argument_;
      this->~operation();
      detail::thread_frames.deallocate(this, sizeof(operation));
      call(argument);
    }

    function *call_;
    void *argument_;
    execution::connect_result_t<execution::schedule_result_t<Sch const &>, receiver> op_;
  };

  void start(function *call, void *argument) const noexcept {
    static_assert(alignof(operation) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
                  "scheduler_executor: the scheduler's operation needs more alignment than frames have");
    void *const memory = detail::thread_frames.allocate(sizeof(operation));
    (::new (memory) operation(sch_, call, argument))->start();
  }

  Sch sch_;
};

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
