// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of parallel_scheduler ([exec.par.scheduler]) and of snug's own backend ([exec.parschedrepl.psb]).
#include <snug/execution/continues_on.hpp>
#include <snug/execution/infallible_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/parallel_scheduler.hpp>
#include <snug/execution/parallel_scheduler_replacement.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "test_receivers.hpp"
#include "waiting_recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <exception>
#include <latch>
#include <new>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace ex = snug::execution;
namespace psr = snug::execution::parallel_scheduler_replacement;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

static_assert(ex::scheduler<ex::parallel_scheduler>);
static_assert(std::is_nothrow_copy_constructible_v<ex::parallel_scheduler>);
static_assert(!std::is_default_constructible_v<ex::parallel_scheduler>);

TEST(ParallelScheduler, AllAreEqual) {
  auto const sch = ex::get_parallel_scheduler();
  EXPECT_EQ(sch, ex::get_parallel_scheduler());
  auto copy = sch;
  copy = ex::get_parallel_scheduler();
  EXPECT_EQ(copy, sch);
}

TEST(ParallelScheduler, SaysWhereItCompletesAndHowItProgresses) {
  auto const sch = ex::get_parallel_scheduler();
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(sch))), sch);
  EXPECT_EQ(ex::get_forward_progress_guarantee(sch), ex::forward_progress_guarantee::parallel);
}

TEST(ParallelScheduler, NamesItsDomain) {
  auto const sch = ex::get_parallel_scheduler();
  using domain = decltype(ex::get_domain(sch));
  static_assert(std::same_as<decltype(ex::get_completion_domain<ex::set_value_t>(sch)), domain>);
  static_assert(
      std::same_as<decltype(ex::get_completion_domain<ex::set_value_t>(ex::get_env(ex::schedule(sch)))), domain>);
  static_assert(!std::same_as<domain, ex::default_domain>);
}

TEST(ParallelScheduler, CompletionSignaturesAreExact) {
  using sender = ex::schedule_result_t<ex::parallel_scheduler>;
  using expected =
      ex::completion_signatures<ex::set_value_t(), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>;
  static_assert(std::same_as<ex::completion_signatures_of_t<sender, ex::env<>>, expected>);
  static_assert(std::same_as<ex::completion_signatures_of_t<sender, token_env>, expected>);
  static_assert(!ex::detail::infallible_scheduler<ex::parallel_scheduler, ex::env<>>);
}

TEST(ParallelScheduler, RunsOnAThreadOfItsOwn) {
  auto const where = ex::schedule(ex::get_parallel_scheduler()) | ex::then([] { return std::this_thread::get_id(); });
  EXPECT_NE(std::get<0>(sync_wait(where).value()), std::this_thread::get_id());
}

TEST(ParallelScheduler, RunsOnSeveralThreadsAtTheSameTime) {
  if (std::thread::hardware_concurrency() < 2) {
    GTEST_SKIP() << "this machine runs one thread at a time";
  }
  auto const sch = ex::get_parallel_scheduler();
  std::latch both(2);
  auto meet = [&] { return ex::schedule(sch) | ex::then([&]() noexcept { both.arrive_and_wait(); }); };
  EXPECT_TRUE(sync_wait(ex::when_all(meet(), meet())));
}

TEST(ParallelScheduler, CompletesAsStoppedWhereAStopWasRequested) {
  auto const sndr = ex::schedule(ex::get_parallel_scheduler());
  snug::inplace_stop_source source;
  EXPECT_TRUE(run_and_wait(sndr, token_env{source.get_token()}).values);
  EXPECT_TRUE(run_and_wait(sndr, other_token_env{{source.get_token()}}).values);
  source.request_stop();
  EXPECT_TRUE(run_and_wait(sndr, token_env{source.get_token()}).stopped);
  EXPECT_TRUE(run_and_wait(sndr, other_token_env{{source.get_token()}}).stopped);
  EXPECT_TRUE(run_and_wait(sndr).values) << "nobody can ask";
}

TEST(ParallelScheduler, AnOperationOutlivesItsScheduler) {
  waited result;
  auto op = ex::connect(ex::schedule(ex::get_parallel_scheduler()), waiting_recorder<ex::env<>>{&result});
  ex::start(op);
  EXPECT_TRUE(result.wait().values);
  EXPECT_EQ(result.result.completions, 1);
}

TEST(ParallelScheduler, WorksInAlgorithms) {
  auto const sch = ex::get_parallel_scheduler();
  auto square = [&](int x) { return ex::starts_on(sch, ex::just(x) | ex::then([](int y) noexcept { return y * y; })); };
  auto sum = ex::when_all(square(3), square(4)) | ex::then([](int a, int b) noexcept { return a + b; });
  EXPECT_EQ(std::get<0>(sync_wait(sum).value()), 25);
  auto const moved = ex::just(7) | ex::continues_on(sch) | ex::let_value([&](int &x) { return square(x); });
  EXPECT_EQ(std::get<0>(sync_wait(moved).value()), 49);
  EXPECT_TRUE(run_and_wait(foreign_wrapper(ex::schedule(sch))).values);
}

// Thousands of operations from several threads: each completes once.
TEST(ParallelScheduler, LosesNothingWhenManyThreadsFanOut) {
  constexpr int threads = 4;
  constexpr int operations = 2000;
  struct count_down {
    using receiver_concept = ex::receiver_tag;
    std::latch *left;
    std::atomic<int> *failed;
    void set_value() && noexcept { left->count_down(); }
    void set_error(std::exception_ptr) && noexcept { fail(); }
    void set_stopped() && noexcept { fail(); }
    void fail() const noexcept {
      ++*failed;
      left->count_down();
    }
  };
  struct operation {
    ex::connect_result_t<ex::schedule_result_t<ex::parallel_scheduler>, count_down> op;
    operation(ex::parallel_scheduler const &sch, count_down rcvr) : op(ex::connect(ex::schedule(sch), rcvr)) {}
  };
  std::atomic<int> failed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i != threads; ++i) {
    callers.emplace_back([&] {
      auto const sch = ex::get_parallel_scheduler();
      std::latch left(operations);
      std::deque<operation> ops;
      for (int j = 0; j != operations; ++j) {
        ex::start(ops.emplace_back(sch, count_down{&left, &failed}).op);
      }
      left.wait();
    });
  }
  for (std::thread &caller : callers) {
    caller.join();
  }
  EXPECT_EQ(failed, 0);
}

// The threads are never joined, and what is queued may or may not run.
TEST(ParallelSchedulerDeathTest, AProgramMayEndWithWorkQueued) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  auto const leave = [] {
    struct nobody {
      using receiver_concept = ex::receiver_tag;
      void set_value() && noexcept {}
      void set_error(std::exception_ptr) && noexcept {}
      void set_stopped() && noexcept {}
    };
    using op = ex::connect_result_t<ex::schedule_result_t<ex::parallel_scheduler>, nobody>;
    alignas(op) static std::array<std::byte[sizeof(op)], 1000> memory; // there until the process is gone
    for (auto &bytes : memory) {
      ex::start(*new (static_cast<void *>(bytes))
                    op(ex::connect(ex::schedule(ex::get_parallel_scheduler()), nobody{})));
    }
    std::exit(0);
  };
  EXPECT_EXIT(leave(), testing::ExitedWithCode(0), "^$");
}

// A proxy as the backend sees it.
class recording_proxy : public psr::bulk_item_receiver_proxy {
public:
  explicit recording_proxy(std::size_t items = 0) : executions_(items) {}

  void set_value() noexcept override {
    result_.result.values.emplace();
    count();
  }
  void set_error(std::exception_ptr error) noexcept override {
    result_.result.error = std::move(error);
    count();
  }
  void set_stopped() noexcept override {
    result_.result.stopped = true;
    count();
  }
  void execute(std::size_t begin, std::size_t end) noexcept override {
    ++calls_;
    longest_ = std::max<std::size_t>(longest_, end - begin);
    for (; begin != end; ++begin) {
      ++executions_[begin];
    }
    if (stop_ != nullptr) {
      stop_->request_stop();
    }
  }

  void use(snug::inplace_stop_source &stop) { token_ = stop.get_token(); }
  void stop_when_executed(snug::inplace_stop_source &stop) {
    use(stop);
    stop_ = &stop;
  }

  outcome<> const &wait() { return result_.wait(); }
  bool all_executed_once() const {
    return std::all_of(executions_.begin(), executions_.end(), [](int n) { return n == 1; });
  }
  int calls() const { return calls_; }
  std::size_t longest() const { return longest_; }

private:
  snug::inplace_stop_token query_env(snug::get_stop_token_t) const noexcept override { return token_; }

  void count() {
    ++result_.result.completions;
    result_.done.count_down();
  }

  snug::inplace_stop_token token_;
  snug::inplace_stop_source *stop_ = nullptr;
  std::vector<std::atomic<int>> executions_;
  std::atomic<int> calls_ = 0;
  std::atomic<std::size_t> longest_ = 0;
  waited result_;
};

TEST(ReceiverProxy, AnswersTheQueriesItKnows) {
  snug::inplace_stop_source source;
  recording_proxy proxy;
  proxy.use(source);
  EXPECT_EQ(proxy.try_query<snug::inplace_stop_token>(snug::get_stop_token), source.get_token());
  EXPECT_EQ(proxy.try_query<int>(snug::get_stop_token), std::nullopt);
  EXPECT_EQ(proxy.try_query<snug::never_stop_token>(snug::get_stop_token), std::nullopt);
  EXPECT_EQ(proxy.try_query<int>(ex::get_scheduler), std::nullopt);
}

TEST(ParallelSchedulerBackend, DoesWithoutStorage) {
  auto const backend = psr::query_parallel_scheduler_backend();
  alignas(void *) std::array<std::byte, 128> bytes;
  for (std::span<std::byte> const storage : {std::span<std::byte>(), std::span<std::byte>(bytes).subspan(1)}) {
    recording_proxy one;
    backend->schedule(one, storage);
    EXPECT_TRUE(one.wait().values);
    recording_proxy chunks(100);
    backend->schedule_bulk_chunked(100, chunks, storage);
    EXPECT_TRUE(chunks.wait().values);
    EXPECT_TRUE(chunks.all_executed_once());
    recording_proxy items(100);
    backend->schedule_bulk_unchunked(100, items, storage);
    EXPECT_TRUE(items.wait().values);
    EXPECT_TRUE(items.all_executed_once());
  }
}

TEST(ParallelSchedulerBackend, ExecutesEachItemOnce) {
  auto const backend = psr::query_parallel_scheduler_backend();
  alignas(void *) std::array<std::byte, ex::detail::parallel_bulk_bytes> storage;
  for (std::size_t const items : {0U, 1U, 2U, 3U, 1000U}) {
    recording_proxy chunked(items);
    backend->schedule_bulk_chunked(items, chunked, storage);
    EXPECT_TRUE(chunked.wait().values);
    EXPECT_TRUE(chunked.all_executed_once()) << items;
    EXPECT_LE(chunked.calls(), static_cast<int>(items));
    recording_proxy unchunked(items);
    backend->schedule_bulk_unchunked(items, unchunked, storage);
    EXPECT_TRUE(unchunked.wait().values);
    EXPECT_TRUE(unchunked.all_executed_once()) << items;
    EXPECT_EQ(unchunked.calls(), static_cast<int>(items));
    EXPECT_LE(unchunked.longest(), 1U);
  }
}

TEST(ParallelSchedulerBackend, LeavesItemsThatNobodyWantsAnyMore) {
  auto const backend = psr::query_parallel_scheduler_backend();
  alignas(void *) std::array<std::byte, ex::detail::parallel_bulk_bytes> storage;
  snug::inplace_stop_source before;
  before.request_stop();
  recording_proxy none(1000);
  none.use(before);
  backend->schedule_bulk_chunked(1000, none, storage);
  EXPECT_TRUE(none.wait().stopped);
  EXPECT_EQ(none.calls(), 0);
  // Each thread looks before each of its chunks.
  snug::inplace_stop_source meanwhile;
  recording_proxy some(1000);
  some.stop_when_executed(meanwhile);
  backend->schedule_bulk_chunked(1000, some, storage);
  EXPECT_TRUE(some.wait().stopped);
  EXPECT_GE(some.calls(), 1);
  EXPECT_FALSE(some.all_executed_once());
}

// The virtual functions, the backend, and 24 bytes for what the backend queues.
static_assert(sizeof(ex::parallel_scheduler) == 8);
static_assert(size_of_op<ex::schedule_result_t<ex::parallel_scheduler>> == 40);
static_assert(size_of_op<ex::schedule_result_t<ex::parallel_scheduler>, ignore_behind_pointer> == 48);

} // namespace
