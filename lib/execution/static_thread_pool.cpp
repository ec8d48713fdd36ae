// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The threads of a static_thread_pool, and how they share work.
#include <snug/detail/atomic.hpp>
#include <snug/detail/thread_pool.hpp>

#include "inject_queue.hpp"
#include "work_deque.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>

namespace snug::detail {

// Each thread has a deque of its own: what it submits goes there, the newest is run first, the oldest is what others
// take. What other threads submit goes through one queue; a thread that takes from it takes several at once.
//
// A thread that finds nothing is *searching* for a while, and then sleeps. No wake-up is lost:
// - who goes to sleep first asks to be woken, then looks everywhere once more;
// - who has queued something then looks whether somebody asked;
// both sequentially consistent, so that one of them sees the other. While a thread is searching nobody asks on behalf
// of those who sleep: the last one that stops searching because it found something does, and looks once more as well.
class thread_pool {
public:
  explicit thread_pool(std::uint32_t threads);
  thread_pool(thread_pool &&) = delete;
  ~thread_pool() { stop_and_join(); }

  std::uint32_t size() const noexcept { return size_; }
  void submit(thread_pool_node &node) noexcept;
  void request_stop() noexcept;

private:
  struct worker;

  void stop_and_join() noexcept;
  void run(worker &self) noexcept;
  thread_pool_node *next(worker &self) noexcept;
  thread_pool_node *search(worker &self) noexcept;
  thread_pool_node *look_around(worker &self) noexcept;
  thread_pool_node *take_injected(worker &self) noexcept;
  void submit_here(worker &self, thread_pool_node &node) noexcept;
  void share_older_half(worker &self) noexcept;
  void stop_searching() noexcept;
  bool has_work() const noexcept;

  static constinit thread_local worker *current;

  inject_queue injected_;
  alignas(64) std::atomic<bool> stopping_{false};
  std::uint32_t const size_;
  alignas(64) std::atomic<std::uint32_t> searching_{0};
  std::atomic<std::uint32_t> sleepers_{0}; // asleep, or just about to be
  std::unique_ptr<worker[]> const workers_;
};

struct thread_pool::worker {
  work_deque deque;
  thread_pool *pool = nullptr;
  std::uint32_t turns = 0;
  std::thread thread;
};

constinit thread_local thread_pool::worker *thread_pool::current = nullptr;

namespace {

// So many turns of a thread's own work, then one of everybody's: whoever resubmits itself keeps nobody waiting for
// ever.
constexpr std::uint32_t turns_of_its_own = 64;
// How often a searching thread looks everywhere before it sleeps: about a microsecond, less than what waking it takes.
constexpr int searches = 20;
// How many nodes a thread takes at once from the queue of all.
constexpr std::size_t batch = 64;

void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb");
#endif
}

} // namespace

thread_pool::thread_pool(std::uint32_t threads)
    : size_(std::max<std::uint32_t>(threads, 1)), workers_(std::make_unique<worker[]>(size_)) {
  try {
    for (std::uint32_t i = 0; i != size_; ++i) {
      worker &self = workers_[i];
      self.pool = this;
      self.thread = std::thread([this, &self] { run(self); });
    }
  } catch (...) {
    stop_and_join(); // those that run already
    throw;
  }
}

// All threads look at all workers, so that the first of these goes after the last of those.
void thread_pool::stop_and_join() noexcept {
  request_stop();
  for (std::uint32_t i = 0; i != size_; ++i) {
    if (workers_[i].thread.joinable()) {
      workers_[i].thread.join();
    }
  }
}

void thread_pool::request_stop() noexcept {
  injected_.close();
  stopping_.store(true, std::memory_order_seq_cst);
  injected_.wake_all();
}

void thread_pool::submit(thread_pool_node &node) noexcept {
  if (worker *const self = current; self != nullptr && self->pool == this) {
    submit_here(*self, node);
  } else if (!injected_.push(node, node)) {
    node.run(node, true);
  }
}

// The pool is alive until its threads have come to an end, this one too.
void thread_pool::submit_here(worker &self, thread_pool_node &node) noexcept {
  while (!self.deque.push(node)) {
    share_older_half(self);
  }
  injected_.wake_one();
}

void thread_pool::share_older_half(worker &self) noexcept {
  std::array<thread_pool_node *, work_deque::capacity / 2> nodes;
  std::size_t const count = self.deque.take_older_half(nodes);
  if (count == 0) {
    return;
  }
  for (std::size_t i = 1; i != count; ++i) {
    nodes[i]->next = nodes[i - 1];
  }
  if (!injected_.push(*nodes[count - 1], *nodes[0])) {
    for (std::size_t i = 0; i != count; ++i) {
      nodes[i]->run(*nodes[i], true);
    }
  }
}

void thread_pool::run(worker &self) noexcept {
  current = &self;
  while (thread_pool_node *const node = next(self)) {
    node->run(*node, stopping_.load(std::memory_order_relaxed));
  }
  current = nullptr;
}

// Null where the pool was asked to stop and this thread has nothing left.
thread_pool_node *thread_pool::next(worker &self) noexcept {
  if (++self.turns % turns_of_its_own == 0) {
    if (thread_pool_node *const node = take_injected(self)) {
      return node;
    }
    if (thread_pool_node *const node = self.deque.steal()) {
      return node;
    }
  }
  if (thread_pool_node *const node = self.deque.pop()) {
    return node;
  }
  return search(self);
}

thread_pool_node *thread_pool::take_injected(worker &self) noexcept {
  std::array<thread_pool_node *, batch> nodes;
  std::size_t const count = injected_.take(nodes.data(), std::min(batch, self.deque.room() + 1));
  if (count == 0) {
    return nullptr;
  }
  if (count > 1) {
    // The oldest is taken first here, too.
    std::reverse(nodes.begin() + 1, nodes.begin() + static_cast<std::ptrdiff_t>(count));
    self.deque.push(&nodes[1], count - 1);
    injected_.wake_one();
  }
  return nodes[0];
}

thread_pool_node *thread_pool::look_around(worker &self) noexcept {
  if (thread_pool_node *const node = take_injected(self)) {
    return node;
  }
  std::size_t const own = static_cast<std::size_t>(&self - workers_.get());
  for (std::size_t i = 1; i != size_; ++i) {
    if (thread_pool_node *const node = workers_[(own + i) % size_].deque.steal()) {
      return node;
    }
  }
  return nullptr;
}

bool thread_pool::has_work() const noexcept {
  return !injected_.empty() ||
         std::any_of(workers_.get(), workers_.get() + size_, [](worker const &w) { return !w.deque.empty(); });
}

thread_pool_node *thread_pool::search(worker &self) noexcept {
  for (;;) {
    // More than half of the threads need not look at the same time.
    int left = searching_.fetch_add(1, std::memory_order_seq_cst) * 2 < size_ ? searches : 1;
    for (; left != 0; --left) {
      if (thread_pool_node *const node = look_around(self)) {
        stop_searching();
        return node;
      }
      if (stopping_.load(std::memory_order_seq_cst) && injected_.empty()) {
        searching_.fetch_sub(1, std::memory_order_seq_cst);
        return nullptr;
      }
      pause();
    }
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    searching_.fetch_sub(1, std::memory_order_seq_cst);
    injected_.ask_to_be_woken();
    if (!has_work()) {
      injected_.sleep();
    }
    sleepers_.fetch_sub(1, std::memory_order_seq_cst);
  }
}

void thread_pool::stop_searching() noexcept {
  if (searching_.fetch_sub(1, std::memory_order_seq_cst) == 1 && sleepers_.load(std::memory_order_seq_cst) != 0) {
    injected_.ask_to_be_woken();
    if (has_work()) {
      injected_.wake_one();
    }
  }
}

void thread_pool_node::submit() noexcept { pool->submit(*this); }

void thread_pool_bulk::prepare(std::size_t items, std::uint32_t threads) noexcept {
  // More chunks than threads: they are not equally long, nor are threads equally free.
  constexpr std::size_t chunks_for_each = 16;
  items_ = items;
  chunks_ = static_cast<std::uint32_t>(std::min<std::size_t>(items, threads * chunks_for_each));
  wanted_ = std::min(threads, chunks_);
}

void thread_pool_bulk::run_here(std::size_t items) noexcept {
  prepare(items, pool_->size());
  present_ = 1;
  if (wanted_ > 1) {
    wanted_ -= 2;
    present_ = 2;
    thread_pool_node::submit();
  }
  work();
  leave();
}

void thread_pool_bulk::submit(std::size_t items) noexcept {
  prepare(items, pool_->size());
  wanted_ -= wanted_ != 0 ? 1 : 0;
  present_ = 1;
  thread_pool_node::submit();
}

void thread_pool_bulk::join(thread_pool_node &node, bool stopped) noexcept {
  auto &job = static_cast<thread_pool_bulk &>(node);
  if (stopped) {
    if (load_acquire(job.present_) == 1 && load_acquire(job.next_chunk_) == 0) {
      job.calls_->finish(job, true);
    } else {
      job.leave();
    }
    return;
  }
  if (job.wanted_ != 0 && load_acquire(job.next_chunk_) < job.chunks_) {
    --job.wanted_;
    __atomic_fetch_add(&job.present_, 1, __ATOMIC_RELAXED);
    node.pool = job.pool_;
    node.submit();
  }
  job.work();
  job.leave();
}

void thread_pool_bulk::work() noexcept {
  std::size_t const length = chunks_ != 0 ? items_ / chunks_ : 0;
  std::size_t const longer = chunks_ != 0 ? items_ % chunks_ : 0;
  for (;;) {
    std::uint32_t const chunk = __atomic_fetch_add(&next_chunk_, 1, __ATOMIC_RELAXED);
    if (chunk >= chunks_) {
      return;
    }
    std::size_t const begin = chunk * length + std::min<std::size_t>(chunk, longer);
    calls_->run(*this, begin, begin + length + (chunk < longer ? 1 : 0));
  }
}

void thread_pool_bulk::leave() noexcept {
  if (last_arrival(present_)) {
    calls_->finish(*this, false);
  }
}

void thread_pool_bulk::skip_the_rest() noexcept { store_release(next_chunk_, chunks_); }

thread_pool *make_thread_pool(std::uint32_t threads) { return new thread_pool(threads); }
void request_stop(thread_pool &pool) noexcept { pool.request_stop(); }
void destroy_thread_pool(thread_pool *pool) noexcept { delete pool; }
std::uint32_t threads_of(thread_pool const &pool) noexcept { return pool.size(); }
std::uint32_t hardware_threads() noexcept { return std::max(std::thread::hardware_concurrency(), 1U); }

} // namespace snug::detail
