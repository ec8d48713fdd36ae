// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The scheduler of the program's own threads, as many as the machine has ([exec.par.scheduler]).
#ifndef SNUG_EXECUTION_PARALLEL_SCHEDULER_HPP
#define SNUG_EXECUTION_PARALLEL_SCHEDULER_HPP

#include <snug/config.hpp>
#include <snug/execution/parallel_backend.hpp>
#include <snug/execution/proxied_bulk.hpp>
#include <snug/execution/proxied_operation.hpp>
#include <snug/execution/receiver_proxy.hpp>
#include <snug/execution/scheduler.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

class parallel_scheduler;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

using parallel_schedule_completions =
    completion_signatures<set_value_t(), set_error_t(std::exception_ptr), set_stopped_t()>;

template <class Rcvr> class parallel_schedule_op;

template <class Rcvr>
using parallel_schedule_proxy =
    proxied_operation<parallel_schedule_op<Rcvr>, Rcvr, parallel_scheduler_replacement::receiver_proxy,
                      parallel_schedule_completions>;

template <class Rcvr> class parallel_schedule_op : public parallel_schedule_proxy<Rcvr> {
  using proxy = parallel_schedule_proxy<Rcvr>;

public:
  template <class Sndr>
  parallel_schedule_op(Sndr const &sndr, Rcvr rcvr) noexcept
      : proxy(static_cast<Rcvr &&>(rcvr)), backend_(sndr.backend()) {}

  void start() noexcept {
    proxy::open_token();
    backend_.schedule(*this, storage_, sizeof(storage_));
  }

  void complete_value() noexcept { proxy::complete_with(set_value_t{}); }

private:
  parallel_backend_share backend_;
  alignas(void *) std::byte storage_[parallel_schedule_bytes];
};

// The proxy of a bulk algorithm, and what the backend needs for it.
class parallel_bulk_proxy : public parallel_scheduler_replacement::bulk_item_receiver_proxy {
public:
  using scheduler = parallel_scheduler;

  explicit parallel_bulk_proxy(parallel_scheduler const &sch) noexcept;

protected:
  ~parallel_bulk_proxy() = default;

  void start_items(bulk_by_chunk, std::size_t shape) noexcept {
    backend_.schedule_bulk_chunked(shape, *this, storage_, sizeof(storage_));
  }
  void start_items(bulk_by_index, std::size_t shape) noexcept {
    backend_.schedule_bulk_unchunked(shape, *this, storage_, sizeof(storage_));
  }

private:
  parallel_backend_share backend_;
  alignas(void *) std::byte storage_[parallel_bulk_bytes];
};

using parallel_domain = proxied_bulk_domain<parallel_bulk_proxy>;

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

parallel_scheduler get_parallel_scheduler();

/// Schedules on the threads that all parts of a program share: those of a static_thread_pool, unless the program
/// replaces query_parallel_scheduler_backend() (<snug/execution/parallel_scheduler_replacement.hpp>).
///
/// The bulk algorithms spread their items over these threads where their sender completes on this scheduler and the
/// policy is par or par_unseq; with another policy one thread takes them all, one after the other.
///
/// Shapes:     schedule() completes with set_value_t(); with set_stopped_t() where a stop was requested before its turn
///             came; with set_error_t(std::exception_ptr) where the backend fails, which snug's own does not. Bulk
///             algorithms complete with the values of their sender, decayed, and in these two ways.
/// State:      8 bytes, and 40 bytes for each schedule operation, 24 of them for the backend; for each bulk operation
///             88 bytes, 72 of them for the backend, besides its sender, its values, the number and the callable; no
///             receiver (x86-64, Itanium ABI), held by execution/parallel_scheduler_test.cpp and
///             execution/proxied_bulk_test.cpp.
/// Threads:    completes on a thread of the backend. The callable of a bulk algorithm is called on several threads at
///             the same time, and sees the same values on all of them. sync_wait() on these threads for work of this
///             scheduler takes one away from it; once all wait like this, nothing runs what they wait for, and they
///             wait forever.
/// Errors:     the first exception of a bulk algorithm's callable becomes its error; calls that have begun end first,
///             and none begins that knows of it.
/// Lifetime:   keeps its backend alive, as do its operations; snug's own is never destroyed. What is queued when the
///             program ends may or may not run until the process is gone.
/// Complexity: to queue, what it is on a static_thread_pool, and an indirect call; to complete, two. No allocation.
/// Source:     [exec.par.scheduler]. No infallible scheduler, since a backend may complete with an error; execution
///             policies other than snug's own run one after the other.
class parallel_scheduler {
  struct attrs;
  struct schedule_sender;

public:
  using scheduler_concept = scheduler_tag;

  schedule_sender schedule() const noexcept;
  static constexpr forward_progress_guarantee query(get_forward_progress_guarantee_t) noexcept {
    return forward_progress_guarantee::parallel;
  }
  static constexpr detail::parallel_domain query(get_domain_t) noexcept { return {}; }
  static constexpr detail::parallel_domain query(get_completion_domain_t<set_value_t>) noexcept { return {}; }
  friend bool operator==(parallel_scheduler const &, parallel_scheduler const &) noexcept = default;

private:
  friend parallel_scheduler get_parallel_scheduler();
  friend detail::parallel_bulk_proxy;

  explicit parallel_scheduler(detail::parallel_backend_share backend) noexcept : backend_(backend) {}

  detail::parallel_backend_share backend_;
};

struct parallel_scheduler::attrs {
  parallel_scheduler const &sch;

  parallel_scheduler query(get_completion_scheduler_t<set_value_t>) const noexcept { return sch; }
};

struct parallel_scheduler::schedule_sender {
  using sender_concept = sender_tag;
  using in_place_self = schedule_sender;
  template <class, class Rcvr> using operation_for = detail::parallel_schedule_op<Rcvr>;
  using completion_signatures = detail::parallel_schedule_completions;

  attrs get_env() const noexcept { return {sch}; }
  detail::parallel_backend_share const &backend() const noexcept { return sch.backend_; }

  parallel_scheduler sch;
};

inline parallel_scheduler::schedule_sender parallel_scheduler::schedule() const noexcept { return {*this}; }

/// The scheduler of the program's own threads. All are equal, unless the program's backends differ.
///
/// Errors:     ends the program where query_parallel_scheduler_backend() returns null; std::bad_alloc where the backend
///             is owned and memory is out; what that function throws.
/// Source:     [exec.par.scheduler].
inline parallel_scheduler get_parallel_scheduler() {
  return parallel_scheduler(detail::parallel_backend_share::query());
}

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

inline parallel_bulk_proxy::parallel_bulk_proxy(parallel_scheduler const &sch) noexcept : backend_(sch.backend_) {}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
