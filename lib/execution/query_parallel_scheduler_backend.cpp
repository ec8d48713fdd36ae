// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// snug's own backend of parallel_scheduler. Nothing else is in this file: it is not linked into a program that defines
// query_parallel_scheduler_backend() itself.
#include <snug/detail/atomic.hpp>
#include <snug/detail/thread_pool.hpp>
#include <snug/execution/parallel_backend.hpp>
#include <snug/execution/parallel_scheduler_replacement.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <span>

namespace snug::execution::parallel_scheduler_replacement {
namespace {

using snug::detail::thread_pool;
using snug::detail::thread_pool_bulk;
using snug::detail::thread_pool_node;

bool is_stopped(receiver_proxy const &proxy) noexcept {
  auto const token = proxy.try_query<inplace_stop_token>(get_stop_token);
  return token && token->stop_requested();
}

void complete(receiver_proxy &proxy, bool stopped) noexcept {
  if (stopped) {
    proxy.set_stopped();
  } else {
    proxy.set_value();
  }
}

bool fits(std::span<std::byte> storage, std::size_t size, std::size_t alignment) noexcept {
  return storage.size() >= size && reinterpret_cast<std::uintptr_t>(storage.data()) % alignment == 0;
}

// Both are gone before the proxy is completed: their storage is, when that returns.
class scheduled : thread_pool_node {
public:
  static void submit(thread_pool &pool, receiver_proxy &proxy, std::span<std::byte> storage) noexcept {
    if (fits(storage, sizeof(scheduled), alignof(scheduled))) {
      (::new (storage.data()) scheduled(pool, &run, proxy))->thread_pool_node::submit();
    } else if (auto *const self = new (std::nothrow) scheduled(pool, &run_allocated, proxy)) {
      self->thread_pool_node::submit();
    } else {
      proxy.set_error(std::make_exception_ptr(std::bad_alloc()));
    }
  }

private:
  scheduled(thread_pool &pool, function *function, receiver_proxy &proxy) noexcept
      : thread_pool_node(pool, function), proxy_(proxy) {}

  static void run(thread_pool_node &node, bool stopped) noexcept {
    receiver_proxy &proxy = static_cast<scheduled &>(node).proxy_;
    complete(proxy, stopped || is_stopped(proxy));
  }
  static void run_allocated(thread_pool_node &node, bool stopped) noexcept {
    auto *const self = static_cast<scheduled *>(&node);
    receiver_proxy &proxy = self->proxy_;
    delete self;
    complete(proxy, stopped || is_stopped(proxy));
  }

  receiver_proxy &proxy_;
};

// Items that are executed by chunks, or by chunks and in them one by one.
class scheduled_bulk : thread_pool_bulk {
public:
  template <bool OneByOne>
  static void submit(thread_pool &pool, std::size_t shape, bulk_item_receiver_proxy &proxy,
                     std::span<std::byte> storage) noexcept {
    if (fits(storage, sizeof(scheduled_bulk), alignof(scheduled_bulk))) {
      (::new (storage.data()) scheduled_bulk(pool, calls<OneByOne, false>, proxy))->thread_pool_bulk::submit(shape);
    } else if (auto *const self = new (std::nothrow) scheduled_bulk(pool, calls<OneByOne, true>, proxy)) {
      self->thread_pool_bulk::submit(shape);
    } else {
      proxy.set_error(std::make_exception_ptr(std::bad_alloc()));
    }
  }

private:
  scheduled_bulk(thread_pool &pool, functions const &calls, bulk_item_receiver_proxy &proxy) noexcept
      : thread_pool_bulk(pool, calls), proxy_(proxy) {}

  // Looks once for each chunk whether it is still wanted.
  template <bool OneByOne> static void execute(thread_pool_bulk &bulk, std::size_t begin, std::size_t end) noexcept {
    auto &self = static_cast<scheduled_bulk &>(bulk);
    if (is_stopped(self.proxy_)) {
      snug::detail::store_release(self.is_cut_short_, true);
      self.skip_the_rest();
    } else if constexpr (OneByOne) {
      for (; begin != end; ++begin) {
        self.proxy_.execute(begin, begin + 1);
      }
    } else {
      self.proxy_.execute(begin, end);
    }
  }
  template <bool Allocated> static void finish(thread_pool_bulk &bulk, bool stopped) noexcept {
    auto *const self = static_cast<scheduled_bulk *>(&bulk);
    bulk_item_receiver_proxy &proxy = self->proxy_;
    stopped = stopped || snug::detail::load_acquire(self->is_cut_short_);
    if constexpr (Allocated) {
      delete self;
    }
    complete(proxy, stopped);
  }

  template <bool OneByOne, bool Allocated>
  static constexpr functions calls = {.run = &execute<OneByOne>, .finish = &finish<Allocated>};

  bulk_item_receiver_proxy &proxy_;
  bool is_cut_short_ = false;
};

static_assert(sizeof(scheduled) <= detail::parallel_schedule_bytes && alignof(scheduled) <= alignof(void *));
static_assert(sizeof(scheduled_bulk) <= detail::parallel_bulk_bytes && alignof(scheduled_bulk) <= alignof(void *));

class pool_backend final : public parallel_scheduler_backend {
public:
  void schedule(receiver_proxy &proxy, std::span<std::byte> storage) noexcept override {
    scheduled::submit(pool_, proxy, storage);
  }
  void schedule_bulk_chunked(std::size_t shape, bulk_item_receiver_proxy &proxy,
                             std::span<std::byte> storage) noexcept override {
    scheduled_bulk::submit<false>(pool_, shape, proxy, storage);
  }
  void schedule_bulk_unchunked(std::size_t shape, bulk_item_receiver_proxy &proxy,
                               std::span<std::byte> storage) noexcept override {
    scheduled_bulk::submit<true>(pool_, shape, proxy, storage);
  }

private:
  thread_pool &pool_ = *snug::detail::make_thread_pool(snug::detail::hardware_threads());
};

// Never destroyed, whoever uses it while objects with static lifetime are.
parallel_scheduler_backend &own_backend() {
  static auto *const backend = new pool_backend();
  return *backend;
}

} // namespace

// Weak, too: the program's own may come later in the command line than the library.
[[gnu::weak]] std::shared_ptr<parallel_scheduler_backend> query_parallel_scheduler_backend() {
  // Owns nothing, so that nothing is counted.
  return {std::shared_ptr<void>(), &own_backend()};
}

} // namespace snug::execution::parallel_scheduler_replacement
