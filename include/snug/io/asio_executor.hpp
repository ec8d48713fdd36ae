// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Executors of Boost.Asio as executors of tasks. No other header includes Asio, and none includes this one.
#ifndef SNUG_IO_ASIO_EXECUTOR_HPP
#define SNUG_IO_ASIO_EXECUTOR_HPP

#include <snug/io/executor.hpp>
#include <snug/io/frame_allocator.hpp>

#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/require.hpp>

#include <coroutine>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::io {

namespace detail {

// What Asio wraps work in lies where frames do.
template <class T> struct asio_memory {
  using value_type = T;

  asio_memory() = default;
  template <class U> asio_memory(asio_memory<U> const &) noexcept {}

  T *allocate(std::size_t count) {
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    return static_cast<T *>(thread_frames.allocate(count * sizeof(T)));
  }
  void deallocate(T *memory, std::size_t count) noexcept { thread_frames.deallocate(memory, count * sizeof(T)); }

  template <class U> friend bool operator==(asio_memory const &, asio_memory<U> const &) noexcept { return true; }
  // What C++17 asks for, and Asio makes use of.
  template <class U> friend bool operator!=(asio_memory const &, asio_memory<U> const &) noexcept { return false; }
};

// The executor that queues in every case.
template <class Executor> auto asio_queueing(Executor const &ex) {
  namespace asio = boost::asio;
  return asio::prefer(asio::require(ex, asio::execution::blocking.never),
                      asio::execution::allocator(asio_memory<void>()));
}
template <class Executor> using asio_queueing_t = std::decay_t<decltype(asio_queueing(std::declval<Executor>()))>;

} // namespace detail

/// Stands for an executor of Boost.Asio: `async_run(asio_executor(asio_context.get_executor()), session(…));`.
///
/// Takes the executors of io_context and thread_pool, those of strand, any_io_executor, and whatever else models Asio's
/// execution::executor and can be required never to block. A task on such an executor awaits sockets and timers of any
/// context of snug, whoever runs that, and is resumed here.
/// State:      the functions, 8 bytes, and Asio's executor; 16 bytes for one of an io_context (x86-64, Itanium ABI), held
///             by io/asio_executor_test.cpp.
/// Threads:    everything may be called on any thread.
/// Lifetime:   the execution context outlives the tasks, and somebody runs it until they are done: Asio drops what is
///             queued when a context is destroyed, and tasks that are never resumed leak. While a chain of tasks is on
///             the executor, run() of an io_context does not return for want of work, nor join() of a thread_pool. Put
///             a strand of Asio inside, not a strand of snug around: that does not know of such contexts.
/// Errors:     ends the program where there is no memory, as executors cannot fail; so do exceptions of Asio's executor.
/// Complexity: queueing takes one block of memory for Asio's operation, from the frames that the thread keeps: none is
///             allocated in a steady state, held by io/allocations_test.cpp. Asio's strand and any_io_executor ask for
///             memory themselves, once and twice, which Asio keeps on threads that run a context alone. An executor that
///             does not tell whether it runs on this thread, like any_io_executor, is dispatched to by queueing.
template <class Executor> class asio_executor final : public executor_base {
  static_assert(boost::asio::execution::is_executor<Executor>::value,
                "asio_executor: Executor does not model boost::asio::execution::executor");

public:
  explicit asio_executor(Executor const &ex) : ex_(detail::asio_queueing(ex)) {}

  /// h itself where Asio runs something of the executor on this thread; elsewhere h is queued.
  coro dispatch(coro h) const noexcept override {
    if constexpr (requires { ex_.running_in_this_thread(); }) {
      if (ex_.running_in_this_thread()) {
        return h;
      }
    }
    ex_.execute([h] { h.resume(); });
    return std::noop_coroutine();
  }
  void post(work *w) const noexcept override {
    ex_.execute([w] { w->run(w); });
  }

  friend bool operator==(asio_executor const &a, asio_executor const &b) noexcept { return a.ex_ == b.ex_; }

  /// Work that the context counts, see executor.
  class task_guard {
    static auto tracked(detail::asio_queueing_t<Executor> const &ex) {
      return boost::asio::prefer(ex, boost::asio::execution::outstanding_work.tracked);
    }

  public:
    explicit task_guard(asio_executor const &ex) : tracked_(tracked(ex.ex_)) {}

  private:
    std::decay_t<decltype(tracked(std::declval<detail::asio_queueing_t<Executor> const &>()))> tracked_;
  };

private:
  detail::asio_queueing_t<Executor> ex_;
};

} // namespace snug::io

#endif
