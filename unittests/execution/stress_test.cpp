// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Many threads at once: what ThreadSanitizer looks at. Each test does bounded work and takes well under 2 seconds there.
#include <snug/execution.hpp>
#include <snug/shared_stop_token.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// Lets threads begin together.
class starting_line {
public:
  explicit starting_line(int count) : missing_(count) {}
  void wait() noexcept {
    --missing_;
    while (missing_ > 0) {
      std::this_thread::yield();
    }
  }

private:
  std::atomic<int> missing_;
};

// Counts completions, whatever they are.
struct counts {
  using receiver_concept = ex::receiver_tag;
  std::atomic<int> *values;
  std::atomic<int> *others;
  snug::inplace_stop_token token = {};
  void set_value(auto const &...) && noexcept { ++*values; }
  void set_error(auto &&) && noexcept { ++*others; }
  void set_stopped() && noexcept { ++*others; }
  token_env get_env() const noexcept { return {token}; }
};

// Stop sources.

TEST(StressStop, OneOfManyRequestsWins) {
  for (int round = 0; round != 100; ++round) {
    snug::inplace_stop_source source;
    std::atomic<int> winners = 0, calls = 0;
    snug::inplace_stop_callback const callback(source.get_token(), [&] { ++calls; });
    starting_line line(4);
    {
      std::jthread threads[4];
      for (auto &thread : threads) {
        thread = std::jthread([&] {
          line.wait();
          winners += source.request_stop() ? 1 : 0;
        });
      }
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(calls, 1);
  }
}

// Attaching and detaching from three threads while a fourth stops: a callback that was called was called once, before
// its destructor returned, and what it wrote is visible there.
TEST(StressStop, CallbacksComeAndGoWhileAStopIsRequested) {
  for (int round = 0; round != 120; ++round) {
    snug::inplace_stop_source source;
    std::atomic<int> called = 0;
    starting_line line(4);
    int seen[3] = {};
    {
      std::jthread threads[4];
      for (int t = 0; t != 3; ++t) {
        threads[t] = std::jthread([&, t] {
          line.wait();
          for (int i = 0; i != 30; ++i) {
            int mine = 0; // plain: the destructor orders it
            {
              snug::inplace_stop_callback const outer(source.get_token(), [&] {
                ++mine;
                ++called;
              });
              snug::inplace_stop_callback const inner(source.get_token(), [] {});
            }
            EXPECT_LE(mine, 1);
            seen[t] += mine;
          }
        });
      }
      threads[3] = std::jthread([&] {
        line.wait();
        source.request_stop();
      });
    }
    EXPECT_EQ(called, seen[0] + seen[1] + seen[2]);
  }
}

// Each callback destroys itself from inside request_stop(), while others are attached and detached around it.
struct self_destroying {
  std::optional<snug::inplace_stop_callback<self_destroying>> *self;
  std::atomic<int> *calls;
  void operator()() const noexcept {
    ++*calls;
    self->reset();
  }
};

TEST(StressStop, CallbacksDestroyThemselvesWhileOthersAttach) {
  for (int round = 0; round != 100; ++round) {
    snug::inplace_stop_source source;
    std::atomic<int> calls = 0;
    std::optional<snug::inplace_stop_callback<self_destroying>> callbacks[3][10];
    starting_line line(4);
    {
      std::jthread threads[4];
      for (int t = 0; t != 3; ++t) {
        threads[t] = std::jthread([&] {
          line.wait();
          for (int i = 0; i != 20; ++i) {
            snug::inplace_stop_callback const other(source.get_token(), [] {});
          }
        });
      }
      for (auto &row : callbacks) {
        for (auto &callback : row) {
          callback.emplace(source.get_token(), self_destroying{&callback, &calls});
        }
      }
      threads[3] = std::jthread([&] {
        line.wait();
        source.request_stop();
      });
    }
    EXPECT_EQ(calls, 30);
    for (auto &row : callbacks) {
      for (auto &callback : row) {
        EXPECT_FALSE(callback.has_value());
      }
    }
  }
}

TEST(StressStop, SharedSourcesComeAndGo) {
  for (int round = 0; round != 200; ++round) {
    std::optional<snug::stop_source> source(std::in_place);
    std::atomic<int> calls = 0;
    starting_line line(3);
    std::vector<std::jthread> threads;
    for (int t = 0; t != 3; ++t) {
      threads.emplace_back([&, mine = *source, t]() mutable {
        snug::stop_callback const callback(mine.get_token(), [&] { ++calls; });
        line.wait();
        if (t == 0) {
          mine.request_stop();
        }
        auto copy = mine;
        mine = snug::stop_source(snug::nostopstate);
      });
    }
    source.reset();
    threads.clear();
    EXPECT_LE(calls, 3);
    EXPECT_GE(calls, 1);
  }
}

// Loops with a thread each.
template <std::size_t Count> class loop_threads {
public:
  loop_threads() {
    for (std::size_t i = 0; i != Count; ++i) {
      threads_[i] = std::jthread([this, i] { loops_[i].run(); });
    }
  }
  ~loop_threads() {
    for (auto &loop : loops_) {
      loop.finish();
    }
  }
  auto operator[](std::size_t i) noexcept { return loops_[i % Count].get_scheduler(); }

private:
  ex::run_loop loops_[Count];
  std::jthread threads_[Count];
};

// when_all.

TEST(StressWhenAll, ChildrenOnThreeThreadsRaceWithAStop) {
  loop_threads<3> loops;
  std::atomic<int> values = 0, others = 0;
  constexpr int rounds = 400;
  for (int round = 0; round != rounds; ++round) {
    snug::inplace_stop_source source;
    auto branch = [&](std::size_t i) {
      return ex::schedule(loops[i]) | ex::then([]() noexcept { return std::make_shared<int>(1); });
    };
    {
      auto op =
          ex::connect(ex::when_all(branch(0), branch(1), branch(2)), counts{&values, &others, source.get_token()});
      int const before = values + others;
      std::jthread stopper([&] { source.request_stop(); });
      ex::start(op);
      while (values + others == before) {
        std::this_thread::yield();
      }
      stopper.join();
    }
  }
  EXPECT_EQ(values + others, rounds);
}

TEST(StressWhenAll, AChildsErrorRacesWithTheOthersAndWithAStop) {
  loop_threads<3> loops;
  std::atomic<int> values = 0, others = 0;
  constexpr int rounds = 400;
  for (int round = 0; round != rounds; ++round) {
    snug::inplace_stop_source source;
    auto good = [&](std::size_t i) { return ex::schedule(loops[i]); };
    auto bad = ex::schedule(loops[1]) | ex::let_value([] { return ex::just_error(std::make_shared<int>(1)); });
    auto op = ex::connect(ex::when_all(good(0), bad, good(2)), counts{&values, &others, source.get_token()});
    std::jthread stopper;
    if (round % 2 == 0) {
      stopper = std::jthread([&] { source.request_stop(); });
    }
    ex::start(op);
    while (others != round + 1) {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(values, 0);
  EXPECT_EQ(others, rounds);
}

// split.

TEST(StressSplit, ManyConsumersStartStopAndLookAtOnce) {
  loop_threads<1> loops;
  for (int round = 0; round != 80; ++round) {
    std::atomic<int> values = 0, others = 0;
    constexpr int consumers = 3, each = 8;
    std::atomic<int> runs = 0;
    snug::inplace_stop_source source;
    starting_line line(consumers + 1);
    {
      auto sndr =
          ex::schedule(loops[0]) | ex::then([&]() noexcept { return std::make_shared<int>(++runs); }) | ex::split;
      using op_t = ex::connect_result_t<decltype(sndr), counts>;
      std::vector<std::unique_ptr<op_t>> ops[consumers];
      std::jthread threads[consumers + 1];
      for (int c = 0; c != consumers; ++c) {
        for (int i = 0; i != each; ++i) {
          auto const token = (c + i) % 2 == 0 ? source.get_token() : snug::inplace_stop_token();
          ops[c].emplace_back(new op_t(ex::connect(sndr, counts{&values, &others, token})));
        }
        threads[c] = std::jthread([&, c] {
          line.wait();
          for (auto &op : ops[c]) {
            ex::start(*op);
          }
        });
      }
      threads[consumers] = std::jthread([&] {
        line.wait();
        source.request_stop();
      });
      while (values + others != consumers * each) {
        std::this_thread::yield();
      }
      for (auto &thread : threads) {
        thread.join();
      }
    }
    EXPECT_LE(runs, 1);
    EXPECT_EQ(values + others, consumers * each);
    EXPECT_GE(values, runs == 1 ? consumers * each / 2 : 0);
  }
}

// Senders are copied, operations made and destroyed, and the last reference is given up on any thread.
TEST(StressSplit, WhoeverIsLastDestroysTheResults) {
  loop_threads<2> loops;
  for (int round = 0; round != 200; ++round) {
    auto const alive = std::make_shared<int>(1);
    {
      auto sndr = ex::schedule(loops[0]) | ex::then([alive]() noexcept { return alive; }) | ex::split;
      std::jthread threads[3];
      for (std::size_t t = 0; t != 3; ++t) {
        threads[t] = std::jthread([&loops, mine = sndr, t] {
          auto use = mine | ex::then([](std::shared_ptr<int> const &p) noexcept { return *p; });
          auto const result = snug::this_thread::sync_wait(ex::when_all(use, ex::schedule(loops[t])));
          EXPECT_EQ(result, std::tuple(1));
        });
      }
    }
    // The loop's thread may be leaving the completion still.
    while (alive.use_count() != 1) {
      std::this_thread::yield();
    }
  }
}

// run_loop.

TEST(StressRunLoop, ManyProducersAndOneConsumer) {
  constexpr int producers = 4, each = 1000;
  ex::run_loop loop;
  int count = 0; // of the running thread alone
  auto sndr = [&] { return ex::schedule(loop.get_scheduler()) | ex::then([&]() noexcept { ++count; }); };
  using op_t = ex::connect_result_t<decltype(sndr()), ignore>;
  std::vector<std::unique_ptr<op_t>> ops;
  for (int i = 0; i != producers * each; ++i) {
    ops.emplace_back(new op_t(ex::connect(sndr(), ignore{})));
  }
  std::jthread consumer([&] { loop.run(); });
  {
    starting_line line(producers);
    std::jthread threads[producers];
    for (int t = 0; t != producers; ++t) {
      threads[t] = std::jthread([&, t] {
        line.wait();
        for (int i = 0; i != each; ++i) {
          ex::start(*ops[static_cast<std::size_t>(t * each + i)]);
          if (i % 64 == 0) {
            std::this_thread::yield(); // lets the consumer fall asleep now and then
          }
        }
      });
    }
  }
  loop.finish();
  consumer.join();
  EXPECT_EQ(count, producers * each);
}

// Each completion pushes to the other loop: both sleep and wake all the time.
TEST(StressRunLoop, TwoLoopsPlayPingPong) {
  loop_threads<2> loops;
  int written = 0; // each thread writes it in turn
  for (int round = 0; round != 200; ++round) {
    auto add = ex::then([&]() noexcept { ++written; });
    auto there_and_back = ex::schedule(loops[0]) | add | ex::continues_on(loops[1]) | add | ex::continues_on(loops[0]) |
                          add | ex::continues_on(loops[1]) | add;
    snug::this_thread::sync_wait(std::move(there_and_back));
  }
  EXPECT_EQ(written, 800);
}

// continues_on between two loops, raced with a stop: what was kept is sent or destroyed.
TEST(StressContinuesOn, BetweenTwoLoopsWithAStop) {
  loop_threads<2> loops;
  std::atomic<int> values = 0, others = 0;
  auto const alive = std::make_shared<int>(1);
  constexpr int rounds = 400;
  for (int round = 0; round != rounds; ++round) {
    snug::inplace_stop_source source;
    auto sndr = ex::schedule(loops[0]) | ex::then([alive]() noexcept { return alive; }) | ex::continues_on(loops[1]);
    auto op = ex::connect(std::move(sndr), counts{&values, &others, source.get_token()});
    std::jthread stopper([&] { source.request_stop(); });
    ex::start(op);
    while (values + others != round + 1) {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(values + others, rounds);
  EXPECT_EQ(alive.use_count(), 1);
}

} // namespace
