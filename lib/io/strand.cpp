// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The queue that copies of a strand share.
#include <snug/io/strand.hpp>

#include "resume_pool.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace snug::io {
namespace detail {

// pushed_: idle; or, while the queue is posted to the target or runs, the newest piece of work, linked to older ones,
// or null. Who finds it idle posts the queue.
class strand_queue : work {
public:
  explicit strand_queue(strand_target *target) noexcept : work{nullptr, &run_batch}, target_(target) {}
  strand_queue(strand_queue &&) = delete;

  void share() noexcept { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete this;
    }
  }

  void post(work *w) noexcept {
    std::uintptr_t before = pushed_.load(std::memory_order_relaxed);
    do {
      w->next = before == idle ? nullptr : work_in(before);
    } while (!pushed_.compare_exchange_weak(before, reinterpret_cast<std::uintptr_t>(w), std::memory_order_acq_rel,
                                            std::memory_order_relaxed));
    if (before == idle) {
      share(); // until it is idle again
      target_->post(*target_, this);
    }
  }

  bool runs_here() const noexcept {
    running const *r = innermost;
    while (r != nullptr && r->queue != this) {
      r = r->outer;
    }
    return r != nullptr;
  }

  resume_pool &resumptions() noexcept { return resumptions_; }

private:
  struct running {
    strand_queue *queue;
    running *outer;
  };
  struct destroy_target {
    void operator()(strand_target *target) const noexcept { target->destroy(target); }
  };

  static constexpr std::uintptr_t idle = 1;
  static_assert(alignof(work) > idle);

  ~strand_queue() = default;

  static work *work_in(std::uintptr_t word) noexcept { return reinterpret_cast<work *>(word); }

  // Runs what is there; what comes meanwhile has its turn after the others of the target.
  static void run_batch(work *w) noexcept {
    // Base to derived, [expr.static.cast]/11: only a strand_queue has this function.
    auto &self = *static_cast<strand_queue *>(w);
    work *newest = work_in(self.pushed_.exchange(0, std::memory_order_acq_rel));
    work *oldest = nullptr;
    while (newest != nullptr) {
      work *const older = newest->next;
      newest->next = oldest;
      oldest = newest;
      newest = older;
    }
    running here{&self, innermost};
    innermost = &here;
    while (oldest != nullptr) {
      work *const one = oldest;
      oldest = one->next;
      one->run(one);
    }
    innermost = here.outer;
    std::uintptr_t none = 0;
    if (self.pushed_.compare_exchange_strong(none, idle, std::memory_order_acq_rel)) {
      self.release();
    } else {
      self.target_->post(*self.target_, &self);
    }
  }

  static constinit thread_local running *innermost;

  std::atomic<std::uintptr_t> pushed_{idle};
  std::atomic<std::uint32_t> owners_{1};
  std::unique_ptr<strand_target, destroy_target> target_;
  resume_pool resumptions_;
};

constinit thread_local strand_queue::running *strand_queue::innermost = nullptr;

} // namespace detail

strand::strand(detail::strand_target *target) : queue_(nullptr) {
  try {
    queue_ = new detail::strand_queue(target);
  } catch (...) {
    target->destroy(target);
    throw;
  }
}

strand::strand(strand const &other) noexcept : executor_base(other), queue_(other.queue_) { queue_->share(); }

strand::~strand() { queue_->release(); }

coro strand::dispatch(coro h) const noexcept {
  if (queue_->runs_here()) {
    return h;
  }
  queue_->post(queue_->resumptions().make(h));
  return std::noop_coroutine();
}

void strand::post(work *w) const noexcept { queue_->post(w); }

bool strand::running_in_this_thread() const noexcept { return queue_->runs_here(); }

} // namespace snug::io
