// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a parallel_scheduler knows of its backend: a share in it, without the price of <memory>.
#ifndef SNUG_EXECUTION_PARALLEL_BACKEND_HPP
#define SNUG_EXECUTION_PARALLEL_BACKEND_HPP

#include <cstddef>
#include <cstdint>
#include <utility>

namespace snug::execution::parallel_scheduler_replacement {

struct receiver_proxy;
struct bulk_item_receiver_proxy;
struct parallel_scheduler_backend;

} // namespace snug::execution::parallel_scheduler_replacement

namespace snug::execution::detail {

/// Stands for the std::shared_ptr of a backend that query_parallel_scheduler_backend() returned.
///
/// State:      8 bytes: the address of the backend where the std::shared_ptr owns nothing, as that of snug's own backend
///             does, or of an allocated block with the std::shared_ptr and a counter, and then the lowest bit is set. So
///             nothing is counted, and no cache line shared, on behalf of a backend that lives for ever.
class parallel_backend_share {
public:
  /// A share in what query_parallel_scheduler_backend() returns; ends the program where that is null.
  static parallel_backend_share query();

  parallel_backend_share(parallel_backend_share const &other) noexcept : word_(other.word_) {
    if (is_counted()) {
      share();
    }
  }
  parallel_backend_share &operator=(parallel_backend_share other) noexcept {
    std::swap(word_, other.word_);
    return *this;
  }
  ~parallel_backend_share() {
    if (is_counted()) {
      release();
    }
  }

  // The calls of the backend, with the storage that the operation has for it.
  void schedule(parallel_scheduler_replacement::receiver_proxy &proxy, void *storage, std::size_t bytes) const noexcept;
  void schedule_bulk_chunked(std::size_t shape, parallel_scheduler_replacement::bulk_item_receiver_proxy &proxy,
                             void *storage, std::size_t bytes) const noexcept;
  void schedule_bulk_unchunked(std::size_t shape, parallel_scheduler_replacement::bulk_item_receiver_proxy &proxy,
                               void *storage, std::size_t bytes) const noexcept;

  /// Whether both are of the same backend.
  friend bool operator==(parallel_backend_share const &left, parallel_backend_share const &right) noexcept {
    return left.word_ == right.word_ || left.backend() == right.backend();
  }

private:
  static constexpr std::uintptr_t counted = 1;

  explicit parallel_backend_share(std::uintptr_t word) noexcept : word_(word) {}

  bool is_counted() const noexcept { return (word_ & counted) != 0; }

  // lib/execution/parallel_scheduler.cpp
  void share() const noexcept;
  void release() const noexcept;
  parallel_scheduler_replacement::parallel_scheduler_backend *backend() const noexcept;

  std::uintptr_t word_;
};

/// The bytes that snug's own backend needs for an operation: a node of its pool, and the proxy; for one of many items
/// also what its threads share.
inline constexpr std::size_t parallel_schedule_bytes = 3 * sizeof(void *);
inline constexpr std::size_t parallel_bulk_bytes = 9 * sizeof(void *);

} // namespace snug::execution::detail

#endif
