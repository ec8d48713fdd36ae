// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shares in the backend of a parallel_scheduler.
#include <snug/detail/atomic.hpp>
#include <snug/execution/parallel_backend.hpp>
#include <snug/execution/parallel_scheduler_replacement.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <utility>

namespace snug::execution::detail {
namespace {

using parallel_scheduler_replacement::bulk_item_receiver_proxy;
using parallel_scheduler_replacement::parallel_scheduler_backend;
using parallel_scheduler_replacement::receiver_proxy;

struct shared_backend {
  std::shared_ptr<parallel_scheduler_backend> backend;
  std::size_t owners = 1;
};

// The lowest bit of either address is free.
static_assert(alignof(shared_backend) > 1 && alignof(parallel_scheduler_backend) > 1);

shared_backend &shared(std::uintptr_t word) noexcept { return *reinterpret_cast<shared_backend *>(word - 1); }

std::span<std::byte> bytes_of(void *storage, std::size_t bytes) noexcept {
  return {static_cast<std::byte *>(storage), bytes};
}

} // namespace

parallel_backend_share parallel_backend_share::query() {
  auto backend = parallel_scheduler_replacement::query_parallel_scheduler_backend();
  if (backend == nullptr) {
    std::terminate();
  }
  if (backend.use_count() == 0) {
    return parallel_backend_share(reinterpret_cast<std::uintptr_t>(backend.get()));
  }
  auto *const block = new shared_backend{std::move(backend)};
  return parallel_backend_share(reinterpret_cast<std::uintptr_t>(block) | counted);
}

void parallel_backend_share::share() const noexcept { snug::detail::add_owner(shared(word_).owners); }

void parallel_backend_share::release() const noexcept {
  if (snug::detail::last_arrival(shared(word_).owners)) {
    delete &shared(word_);
  }
}

parallel_scheduler_backend *parallel_backend_share::backend() const noexcept {
  return is_counted() ? shared(word_).backend.get() : reinterpret_cast<parallel_scheduler_backend *>(word_);
}

void parallel_backend_share::schedule(receiver_proxy &proxy, void *storage, std::size_t bytes) const noexcept {
  backend()->schedule(proxy, bytes_of(storage, bytes));
}
void parallel_backend_share::schedule_bulk_chunked(std::size_t shape, bulk_item_receiver_proxy &proxy, void *storage,
                                                   std::size_t bytes) const noexcept {
  backend()->schedule_bulk_chunked(shape, proxy, bytes_of(storage, bytes));
}
void parallel_backend_share::schedule_bulk_unchunked(std::size_t shape, bulk_item_receiver_proxy &proxy, void *storage,
                                                     std::size_t bytes) const noexcept {
  backend()->schedule_bulk_unchunked(shape, proxy, bytes_of(storage, bytes));
}

} // namespace snug::execution::detail
