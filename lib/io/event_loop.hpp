// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is behind an io_context: queues, the threads that run it, timers, and the epoll instance.
#ifndef SNUG_LIB_IO_EVENT_LOOP_HPP
#define SNUG_LIB_IO_EVENT_LOOP_HPP

#include "descriptor.hpp"
#include "name_service.hpp"
#include "resume_pool.hpp"
#include "timer_heap.hpp"
#include "work_queue.hpp"
#include <snug/io/detail/timer_node.hpp>
#include <snug/io/work.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace snug::io::detail {

// Each thread in run() has a queue of its own, which takes what that thread posts. While the thread is alone this is all
// there is; with others it gives the queue away before each piece of work. Everything that threads share is under one
// mutex, which a lone thread takes when its queue is empty and every 61st turn.
//
// One thread at a time asks the system what is ready; the other idle ones sleep until there is work, or until they
// are to ask in its place.
//
// run() returns when no work is queued, no operation is outstanding, and no thread runs work that might start one. Each
// thread counts the operations that it starts and finishes, and adds its sum to that of all when it next takes the
// mutex; until then it counts as active.
class event_loop {
public:
  event_loop();
  event_loop(event_loop &&) = delete;
  ~event_loop();

  enum class waiting { no, yes };
  std::size_t run(std::size_t most, waiting wait, clock::time_point until = clock::time_point::max()) noexcept;
  void stop() noexcept;
  bool stopped() const noexcept { return stopped_.load(std::memory_order_acquire); }
  void restart() noexcept;

  void post(work *w) noexcept;
  bool running_here() const noexcept { return find_runner() != nullptr; }

  // Somebody waits: run() does not return. Finished comes after the post() of what waited.
  void operation_started() noexcept;
  void operation_finished() noexcept;

  // Takes one of the completions without suspension that a piece of work has; none are left where it is someone else's
  // turn. Threads outside of run() have as many as they like.
  static bool may_complete_at_once() noexcept;

  // Timers. Not inserted while the loop is being destroyed, nor where the node is stopping.
  bool insert(timer_node &node) noexcept;
  // Whether the node was linked; otherwise the loop has called it, or will.
  bool erase(timer_node &node) noexcept;
  // The same, and keeps it from being inserted.
  bool erase_for_good(timer_node &node) noexcept;
  // As erase(), but where the loop has called the node it is no longer in there, unless it is this thread.
  bool erase_or_wait(timer_node &node) noexcept;

  // Descriptors.
  descriptor *make_descriptor(int fd) noexcept; // null where there is no memory; the caller still owns fd then
  void retire(descriptor &d) noexcept;
  bool watch(descriptor &d) noexcept; // errors in errno
  bool closing() const noexcept { return closing_.load(std::memory_order_acquire); }

  // Leaves the descriptor to whoever owns it now.
  void forget(int fd) noexcept;

  name_service &names() noexcept { return names_; }
  resume_pool &resumptions() noexcept { return resumptions_; }

private:
  struct runner;

  runner *find_runner() const noexcept;
  void post_from_elsewhere(work *w) noexcept;
  work *next(runner &self, waiting wait, clock::time_point until) noexcept;
  work *next_shared(runner &self, waiting wait, clock::time_point until) noexcept;
  void ask_system(std::unique_lock<std::mutex> &lock, runner &self, bool sleep, clock::time_point until) noexcept;
  void expire_timers(std::unique_lock<std::mutex> &lock) noexcept;
  void expire(std::unique_lock<std::mutex> &lock, timer_node &node) noexcept;
  void cancel_everything() noexcept;

  bool done() const noexcept;
  void take_from(runner &self) noexcept;
  void stop_all() noexcept;
  void wake_one() noexcept;
  void interrupt() noexcept;
  void unlink(descriptor &d) noexcept;

  // At an offset known once the program is loaded, for which there is always room: read at each post.
  [[gnu::tls_model("initial-exec")]] static constinit thread_local runner *current;

  std::atomic<bool> stopped_{false};
  std::atomic<bool> alone_{true}; // at most one thread in run()
  std::atomic<bool> closing_{false};
  int epoll_ = -1;
  int wakeup_ = -1; // an eventfd, never read: each write is an edge

  std::mutex mutex_; // of all that follows
  std::condition_variable idle_threads_;
  work_queue shared_;
  timer_heap timers_;
  timer_node const *expiring_ = nullptr; // whose function is running,
  runner *expirer_ = nullptr;            // and on which thread
  std::ptrdiff_t outstanding_ = 0;       // operations, but for what active threads have not added yet
  std::size_t runners_ = 0;
  std::size_t active_ = 0; // of them, those that run work
  std::size_t idle_ = 0;   // of them, those asleep in idle_threads_
  runner *asking_ = nullptr;
  bool asleep_ = false; // asking_ waits in the system, and nobody has interrupted it
  clock::time_point asleep_until_{};
  descriptor *live_ = nullptr; // doubly linked
  descriptor *free_ = nullptr;

  resume_pool resumptions_;
  name_service names_; // its thread ends first
};

} // namespace snug::io::detail

#endif
