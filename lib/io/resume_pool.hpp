// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Work that resumes a coroutine, for executors that are given nothing but its handle.
#ifndef SNUG_LIB_IO_RESUME_POOL_HPP
#define SNUG_LIB_IO_RESUME_POOL_HPP

#include <snug/io/work.hpp>

#include <mutex>
#include <new>
#include <utility>

namespace snug::io::detail {

// Keeps what it has allocated: there is never more than was queued at once.
class resume_pool {
public:
  resume_pool() = default;
  resume_pool(resume_pool &&) = delete;
  ~resume_pool() {
    while (free_ != nullptr) {
      delete std::exchange(free_, free_->below);
    }
  }

  // Memory that cannot be had ends the program: dispatch() may not fail.
  work *make(coro h) noexcept {
    std::unique_lock lock(mutex_);
    resumption *r = free_;
    if (r != nullptr) {
      free_ = r->below;
    } else {
      lock.unlock();
      r = new resumption(*this);
    }
    r->awaiting = h;
    return r;
  }

private:
  struct resumption : work {
    explicit resumption(resume_pool &p) noexcept : work{nullptr, &resume}, pool(p) {}

    resume_pool &pool;
    coro awaiting;
    resumption *below = nullptr;
  };

  // Base to derived, [expr.static.cast]/11: only resumptions have this function. The coroutine may destroy the pool.
  static void resume(work *w) noexcept {
    auto &self = *static_cast<resumption *>(w);
    coro const h = self.awaiting;
    {
      std::lock_guard const lock(self.pool.mutex_);
      self.below = self.pool.free_;
      self.pool.free_ = &self;
    }
    h.resume();
  }

  std::mutex mutex_;
  resumption *free_ = nullptr;
};

} // namespace snug::io::detail

#endif
