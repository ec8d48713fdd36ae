// Google Benchmark: static_thread_pool beside the thread pool of Boost.Asio, in one run, for the same tasks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/execution.hpp>

#include <benchmark/benchmark.h>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <new>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace ex = snug::execution;

constexpr int threads = 2;

// --- the two pools, behind one interface ----------------------------------------------------------------------------

// A task is started in a slot that outlives it. With snug the operation lives in the slot, with Asio nothing does.
template <class F> class snug_pool {
  struct ignore {
    using receiver_concept = ex::receiver_tag;
    void set_value() && noexcept {}
    void set_stopped() && noexcept {}
  };
  using task = decltype(ex::schedule(std::declval<ex::static_thread_pool::scheduler>()) | ex::then(std::declval<F>()));
  using op = ex::connect_result_t<task, ignore>;

public:
  explicit snug_pool(int count = threads) : pool_(static_cast<unsigned>(count)) {}

  class slot {
    friend snug_pool;
    static_assert(std::is_trivially_destructible_v<op>);
    alignas(op) std::byte bytes_[sizeof(op)];
  };

  void start(slot &where, F f) {
    ex::start(*new (static_cast<void *>(where.bytes_))
                  op(ex::connect(ex::schedule(pool_.get_scheduler()) | ex::then(std::move(f)), ignore{})));
  }

private:
  ex::static_thread_pool pool_;
};

template <class F> class asio_pool {
public:
  explicit asio_pool(int count = threads) : pool_(static_cast<std::size_t>(count)) {}
  ~asio_pool() { pool_.join(); }

  struct slot {};

  void start(slot &, F f) { boost::asio::post(pool_, std::move(f)); }

private:
  boost::asio::thread_pool pool_;
};

// --- counting what has run, without threads meeting in one word -----------------------------------------------------

class tally {
public:
  void count() noexcept {
    std::atomic<int> &mine = shards_[shard()].count;
    mine.store(mine.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }
  void wait_for(int all) noexcept {
    while (sum() != all) {
      std::this_thread::yield();
    }
    for (auto &each : shards_) {
      each.count.store(0, std::memory_order_relaxed);
    }
  }

private:
  struct alignas(64) shard_t {
    std::atomic<int> count = 0;
  };
  static std::size_t shard() noexcept {
    static std::atomic<std::size_t> next = 0;
    thread_local std::size_t const mine = next++ % 64;
    return mine;
  }
  int sum() const noexcept {
    int sum = 0;
    for (auto const &each : shards_) {
      sum += each.count.load(std::memory_order_acquire);
    }
    return sum;
  }

  shard_t shards_[64];
};

void report(benchmark::State &state, std::size_t tasks) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tasks));
}

// --- a million empty tasks ------------------------------------------------------------------------------------------

constexpr int million = 1000000;

struct count_one {
  tally *done;
  void operator()() const noexcept { done->count(); }
};

template <template <class> class Pool> void from_outside(benchmark::State &state) {
  Pool<count_one> pool;
  std::vector<typename Pool<count_one>::slot> slots(million);
  tally done;
  for (auto _ : state) {
    for (auto &slot : slots) {
      pool.start(slot, count_one{&done});
    }
    done.wait_for(million);
  }
  report(state, million);
}

// Of one type, so that one pool runs both the task that starts a million and each of these.
template <template <class> class Pool> struct starter {
  struct task {
    starter *self;
    bool starts;
    void operator()() const noexcept {
      if (starts) {
        for (auto &slot : self->slots) {
          self->pool.start(slot, task{self, false});
        }
      } else {
        self->done.count();
      }
    }
  };

  Pool<task> pool;
  std::vector<typename Pool<task>::slot> slots = std::vector<typename Pool<task>::slot>(million);
  typename Pool<task>::slot first;
  tally done;
};

template <template <class> class Pool> void from_inside(benchmark::State &state) {
  starter<Pool> all;
  for (auto _ : state) {
    all.pool.start(all.first, {&all, true});
    all.done.wait_for(million);
  }
  report(state, million);
}

// --- fork and join: a binary tree whose nodes add up what is below them ---------------------------------------------

constexpr int tree_depth = 18;
constexpr std::size_t tree_nodes = (std::size_t{1} << tree_depth) - 1;

template <template <class> class Pool> struct fork_join {
  struct task {
    fork_join *self;
    std::size_t index;
    void operator()() const noexcept { self->run(index); }
  };
  struct node {
    typename Pool<task>::slot slot;
    std::atomic<int> pending = 0;
    int sum = 0;
  };

  void run(std::size_t index) noexcept {
    std::size_t const left = 2 * index + 1;
    if (left < tree_nodes) {
      nodes[index].pending.store(2, std::memory_order_relaxed);
      pool.start(nodes[left].slot, {this, left});
      pool.start(nodes[left + 1].slot, {this, left + 1});
      return;
    }
    nodes[index].sum = 1;
    join(index);
  }
  void join(std::size_t index) noexcept {
    while (index != 0) {
      index = (index - 1) / 2;
      if (nodes[index].pending.fetch_sub(1, std::memory_order_acq_rel) != 1) {
        return;
      }
      nodes[index].sum = 1 + nodes[2 * index + 1].sum + nodes[2 * index + 2].sum;
    }
    done.store(true, std::memory_order_release);
    done.notify_one();
  }

  Pool<task> pool;
  std::vector<node> nodes = std::vector<node>(tree_nodes);
  std::atomic<bool> done = false;
};

template <template <class> class Pool> void forks_and_joins(benchmark::State &state) {
  fork_join<Pool> tree;
  for (auto _ : state) {
    tree.done = false;
    tree.pool.start(tree.nodes[0].slot, {&tree, 0});
    tree.done.wait(false, std::memory_order_acquire);
    if (tree.nodes[0].sum != tree_nodes) {
      state.SkipWithError("the tree lost a node");
      break;
    }
  }
  report(state, tree_nodes);
}

// --- ping-pong: two pools of one thread each hand a task to each other ----------------------------------------------

constexpr int rounds = 10000;

template <template <class> class Pool> struct ping_pong {
  struct task {
    ping_pong *self;
    int left;
    void operator()() const noexcept {
      if (left == 0) {
        self->done.store(true, std::memory_order_release);
        self->done.notify_one();
      } else {
        self->pools[left % 2].start(self->slots[left % 2], {self, left - 1});
      }
    }
  };

  Pool<task> pools[2] = {Pool<task>(1), Pool<task>(1)};
  typename Pool<task>::slot slots[2];
  std::atomic<bool> done = false;
};

template <template <class> class Pool> void ping_pongs(benchmark::State &state) {
  ping_pong<Pool> game;
  for (auto _ : state) {
    game.done = false;
    game.pools[0].start(game.slots[0], {&game, rounds - 1});
    game.done.wait(false, std::memory_order_acquire);
  }
  report(state, rounds);
}

// --- bulk: one call for each of a million numbers --------------------------------------------------------------------

int scaled(int value) noexcept { return value * 3 + 1; }

void bulk_by_snug(benchmark::State &state) {
  ex::static_thread_pool pool(threads);
  std::vector<int> numbers(million);
  for (auto _ : state) {
    snug::this_thread::sync_wait(
        ex::schedule(pool.get_scheduler()) |
        ex::bulk(ex::par, numbers.size(), [&numbers](std::size_t i) noexcept { numbers[i] = scaled(numbers[i]); }));
    benchmark::ClobberMemory();
  }
  report(state, million);
}

// As many chunks, each posted, and the last one tells the waiting thread.
void bulk_by_asio(benchmark::State &state) {
  constexpr int chunks = 16 * threads;
  boost::asio::thread_pool pool(threads);
  std::vector<int> numbers(million);
  for (auto _ : state) {
    std::latch done(chunks);
    for (int chunk = 0; chunk != chunks; ++chunk) {
      boost::asio::post(pool, [&, chunk]() noexcept {
        std::size_t const length = numbers.size() / chunks;
        for (std::size_t i = static_cast<std::size_t>(chunk) * length, end = i + length; i != end; ++i) {
          numbers[i] = scaled(numbers[i]);
        }
        done.count_down();
      });
    }
    done.wait();
    benchmark::ClobberMemory();
  }
  report(state, million);
  pool.join();
}
static_assert(million % (16 * threads) == 0);

// The time that passes, and the CPU time of all threads: what else the machine does is in the first alone.
void on_all_threads(benchmark::internal::Benchmark *each) {
  each->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK(from_outside<asio_pool>)->Name("a million tasks from outside/asio")->Apply(on_all_threads);
BENCHMARK(from_outside<snug_pool>)->Name("a million tasks from outside/snug")->Apply(on_all_threads);
BENCHMARK(from_inside<asio_pool>)->Name("a million tasks from a task/asio")->Apply(on_all_threads);
BENCHMARK(from_inside<snug_pool>)->Name("a million tasks from a task/snug")->Apply(on_all_threads);
BENCHMARK(forks_and_joins<asio_pool>)->Name("fork and join 2^18 tasks/asio")->Apply(on_all_threads);
BENCHMARK(forks_and_joins<snug_pool>)->Name("fork and join 2^18 tasks/snug")->Apply(on_all_threads);
BENCHMARK(ping_pongs<asio_pool>)->Name("ping-pong 10000 times/asio")->Apply(on_all_threads);
BENCHMARK(ping_pongs<snug_pool>)->Name("ping-pong 10000 times/snug")->Apply(on_all_threads);

BENCHMARK(bulk_by_asio)->Name("bulk over a million numbers/asio")->Apply(on_all_threads);
BENCHMARK(bulk_by_snug)->Name("bulk over a million numbers/snug")->Apply(on_all_threads);

} // namespace
