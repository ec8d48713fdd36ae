// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a thread pool runs: nodes and jobs of many items, linked through themselves; nothing is allocated for them.
#ifndef SNUG_DETAIL_THREAD_POOL_HPP
#define SNUG_DETAIL_THREAD_POOL_HPP

#include <cstddef>
#include <cstdint>

namespace snug::detail {

// Threads that run nodes. Made and taken down by its owner, a static_thread_pool; everybody else hands work in.
class thread_pool;

// One piece of work, 16 bytes: before it is submitted it knows its pool, afterwards only what to run and who is next.
// The same in both receiver modes.
struct thread_pool_node {
  // Stopped: the pool was asked to stop before the node's turn came.
  using function = void(thread_pool_node &, bool stopped) noexcept;

  constexpr thread_pool_node(thread_pool &pool, function *function) noexcept : pool(&pool), run(function) {}
  thread_pool_node(thread_pool_node &&) = delete;

  /// Has the pool call the function once, on one of its threads; inside submit() where the pool was asked to stop.
  /// Any thread may submit. The node may have run, and node and pool be gone, before submit returns.
  void submit() noexcept;

  union {
    thread_pool *pool;
    thread_pool_node *next;
  };
  function *run;
};

// Many calls of one function, spread over the threads of a pool: whoever is free takes the next chunk of items. There
// is one node for all threads; each that comes submits it again for the next one.
class thread_pool_bulk : private thread_pool_node {
public:
  struct functions {
    // Items from begin to before end; on several threads at a time.
    void (*run)(thread_pool_bulk &, std::size_t begin, std::size_t end) noexcept;
    // The last call; the job may be destroyed inside it. Stopped: the pool was asked to stop before the job began, and
    // nothing was run.
    void (*finish)(thread_pool_bulk &, bool stopped) noexcept;
  };

  constexpr thread_pool_bulk(thread_pool &pool, functions const &calls) noexcept
      : thread_pool_node(pool, &join), calls_(&calls), pool_(&pool) {}

  /// Runs the items on the calling thread and on those of the pool that are free; on the calling thread alone where the
  /// pool was asked to stop. Finishes on the last of them.
  void run_here(std::size_t items) noexcept;

  /// Runs the items on threads of the pool. Finishes on the last of them, as stopped where the pool was asked to stop
  /// before the first began; inside submit() where that was before the call.
  void submit(std::size_t items) noexcept;

  /// Leaves out the chunks that nobody has begun. Called by the functions of the job.
  void skip_the_rest() noexcept;

private:
  static void join(thread_pool_node &node, bool stopped) noexcept;
  void prepare(std::size_t items, std::uint32_t threads) noexcept;
  void work() noexcept;
  void leave() noexcept;

  functions const *calls_;
  thread_pool *pool_;
  std::size_t items_ = 0;
  std::uint32_t chunks_ = 0;
  std::uint32_t next_chunk_ = 0; // of the chunks that nobody has begun, the first
  std::uint32_t present_ = 0;    // threads in work() and the node where it is queued: the last one finishes
  std::uint32_t wanted_ = 0;     // threads that may still join; of whoever holds the node
};

thread_pool *make_thread_pool(std::uint32_t threads);
void request_stop(thread_pool &pool) noexcept;
/// Asks the pool to stop and waits for its threads.
void destroy_thread_pool(thread_pool *pool) noexcept;
std::uint32_t threads_of(thread_pool const &pool) noexcept;
/// What the machine runs at the same time, at least 1.
std::uint32_t hardware_threads() noexcept;

} // namespace snug::detail

#endif
