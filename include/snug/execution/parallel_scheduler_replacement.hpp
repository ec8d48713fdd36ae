// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a program defines to run the work of parallel_scheduler elsewhere ([exec.parschedrepl]). Not part of
// <snug/execution.hpp>: <memory> and <span> cost more than all of it.
#ifndef SNUG_EXECUTION_PARALLEL_SCHEDULER_REPLACEMENT_HPP
#define SNUG_EXECUTION_PARALLEL_SCHEDULER_REPLACEMENT_HPP

#include <snug/execution/receiver_proxy.hpp>

#include <cstddef>
#include <memory>
#include <span>

namespace snug::execution::parallel_scheduler_replacement {

/// An execution resource that carries out the operations of parallel_scheduler.
///
/// Each function completes the proxy once, inside the call or afterwards: with set_value() on a thread of the resource
/// when the work was done, with set_error() where that was impossible, with set_stopped() where nobody wants it any
/// more, which try_query<inplace_stop_token>(get_stop_token) tells.
///
/// Threads:    called on any thread, on several at the same time.
/// Lifetime:   the storage may be used, and overwritten, until the proxy is completed; it and the proxy are gone when
///             that returns. parallel_scheduler offers 24 bytes aligned to pointers to schedule, 72 to the others.
/// Source:     [exec.parschedrepl.psb].
struct parallel_scheduler_backend {
  virtual ~parallel_scheduler_backend() = default;

  virtual void schedule(receiver_proxy &proxy, std::span<std::byte> storage) noexcept = 0;

  /// Before set_value(), each of the items 0 to shape is part of one call of execute().
  virtual void schedule_bulk_chunked(std::size_t shape, bulk_item_receiver_proxy &proxy,
                                     std::span<std::byte> storage) noexcept = 0;

  /// The same, with calls of execute() for one item each.
  virtual void schedule_bulk_unchunked(std::size_t shape, bulk_item_receiver_proxy &proxy,
                                       std::span<std::byte> storage) noexcept = 0;
};

/// The backend of every parallel_scheduler that get_parallel_scheduler() returns from now on; kept alive by them and
/// their operations.
///
/// A program replaces it by defining it. snug's own is a static_thread_pool with as many threads as the machine runs at
/// the same time, made by the first call and never destroyed: what is queued when the program ends may or may not run,
/// next to the destructors of objects with static lifetime, until the process is gone; who needs the work done waits
/// for it before main() returns. It allocates nothing where the storage is large enough, and completes with an error
/// only where it is too small and memory is out.
///
/// Errors:     what the first call needs to start threads is thrown from it: std::system_error, std::bad_alloc.
/// Source:     [exec.parschedrepl.query].
std::shared_ptr<parallel_scheduler_backend> query_parallel_scheduler_backend();

} // namespace snug::execution::parallel_scheduler_replacement

#endif
