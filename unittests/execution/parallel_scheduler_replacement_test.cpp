// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of what replaces the backend of parallel_scheduler ([exec.parschedrepl]): a program of its own, which defines
// query_parallel_scheduler_backend().
#include <snug/execution/bulk.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/parallel_scheduler.hpp>
#include <snug/execution/parallel_scheduler_replacement.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

namespace ex = snug::execution;
namespace psr = snug::execution::parallel_scheduler_replacement;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {
std::shared_ptr<psr::parallel_scheduler_backend> current;
}

std::shared_ptr<psr::parallel_scheduler_backend> psr::query_parallel_scheduler_backend() { return current; }

namespace {

// Completes inside the call, after it has overwritten the storage; remembers what it was asked.
class inline_backend : public psr::parallel_scheduler_backend {
public:
  enum class completion { value, error, stopped };

  explicit inline_backend(completion how = completion::value) : how_(how) {}

  void schedule(psr::receiver_proxy &proxy, std::span<std::byte> storage) noexcept override {
    take(storage);
    token = proxy.try_query<snug::inplace_stop_token>(snug::get_stop_token);
    complete(proxy);
  }
  void schedule_bulk_chunked(std::size_t shape, psr::bulk_item_receiver_proxy &proxy,
                             std::span<std::byte> storage) noexcept override {
    take(storage);
    items = shape;
    proxy.execute(0, shape);
    complete(proxy);
  }
  void schedule_bulk_unchunked(std::size_t shape, psr::bulk_item_receiver_proxy &proxy,
                               std::span<std::byte> storage) noexcept override {
    take(storage);
    items = shape;
    for (std::size_t i = 0; i != shape; ++i) {
      proxy.execute(i, i + 1);
    }
    complete(proxy);
  }

  int calls = 0;
  std::size_t items = 0;
  std::size_t storage_bytes = 0;
  std::optional<snug::inplace_stop_token> token;

private:
  void take(std::span<std::byte> storage) {
    ++calls;
    storage_bytes = storage.size();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(storage.data()) % alignof(void *), 0U);
    std::fill(storage.begin(), storage.end(), std::byte{0xff});
  }
  void complete(psr::receiver_proxy &proxy) const noexcept {
    switch (how_) {
    case completion::value:
      return proxy.set_value();
    case completion::error:
      return proxy.set_error(std::make_exception_ptr(std::runtime_error("no threads left")));
    case completion::stopped:
      return proxy.set_stopped();
    }
  }

  completion const how_;
};

class ParallelSchedulerReplacement : public testing::Test {
protected:
  template <class... Args> static inline_backend &use(Args... args) {
    auto backend = std::make_shared<inline_backend>(args...);
    current = backend;
    return *backend;
  }
  ~ParallelSchedulerReplacement() override { current.reset(); }
};

TEST_F(ParallelSchedulerReplacement, IsAskedToSchedule) {
  inline_backend const &backend = use();
  auto const sch = ex::get_parallel_scheduler();
  EXPECT_TRUE(run<>(ex::schedule(sch)).values);
  EXPECT_EQ(backend.calls, 1);
  EXPECT_EQ(backend.storage_bytes, 24U);
  EXPECT_EQ(run<int>(ex::starts_on(sch, ex::just(3))).value(), 3);
  EXPECT_EQ(backend.calls, 2);
}

TEST_F(ParallelSchedulerReplacement, SchedulersAreEqualWhereTheirBackendsAre) {
  use();
  auto const first = ex::get_parallel_scheduler();
  auto const again = ex::get_parallel_scheduler();
  EXPECT_EQ(first, again);
  use();
  auto const second = ex::get_parallel_scheduler();
  EXPECT_NE(first, second);
  EXPECT_EQ(first, again) << "each keeps its backend";
}

TEST_F(ParallelSchedulerReplacement, SchedulersSendersAndOperationsKeepItAlive) {
  use();
  std::weak_ptr<psr::parallel_scheduler_backend> const alive = current;
  outcome<> result;
  {
    std::optional<ex::parallel_scheduler> sch(ex::get_parallel_scheduler());
    current.reset();
    EXPECT_FALSE(alive.expired());
    auto copy = *sch;
    copy = *sch;
    std::optional sndr(ex::schedule(copy));
    sch.emplace(std::move(copy));
    EXPECT_FALSE(alive.expired());
    auto op = ex::connect(*std::exchange(sndr, std::nullopt), recorder<ex::env<>>{&result});
    copy = ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(*sch)));
    sch.reset();
    EXPECT_FALSE(alive.expired());
    ex::start(op);
    EXPECT_TRUE(result.values);
  }
  EXPECT_TRUE(alive.expired());
}

TEST_F(ParallelSchedulerReplacement, MayBeOwnedByNobody) {
  inline_backend backend;
  current = std::shared_ptr<psr::parallel_scheduler_backend>(std::shared_ptr<void>(), &backend);
  auto const sch = ex::get_parallel_scheduler();
  EXPECT_EQ(sch, ex::get_parallel_scheduler());
  EXPECT_TRUE(run<>(ex::schedule(sch)).values);
  EXPECT_EQ(backend.calls, 1);
  // Owned by somebody or not: what counts is the backend.
  current = std::shared_ptr<psr::parallel_scheduler_backend>(&backend, [](void *) {});
  EXPECT_EQ(sch, ex::get_parallel_scheduler());
}

TEST_F(ParallelSchedulerReplacement, MayFail) {
  use(inline_backend::completion::error);
  auto const sndr = ex::schedule(ex::get_parallel_scheduler());
  auto const result = run<>(sndr);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
  EXPECT_THROW(sync_wait(sndr | ex::then([] { ADD_FAILURE() << "nothing was scheduled"; })), std::runtime_error);
}

TEST_F(ParallelSchedulerReplacement, IsAskedForTheItemsOfBulkAlgorithms) {
  inline_backend const &backend = use();
  auto const sndr = ex::schedule(ex::get_parallel_scheduler()) | ex::then([] { return 2; });
  int sum = 0;
  auto add = [&](int i, int by) noexcept { sum += i * by; };
  EXPECT_EQ(run<int>(sndr | ex::bulk(ex::par, 10, add)).value(), 2);
  EXPECT_EQ(std::exchange(sum, 0), 90);
  EXPECT_EQ(backend.calls, 2) << "to schedule, and for the items";
  EXPECT_EQ(backend.items, 10U);
  EXPECT_EQ(backend.storage_bytes, 72U);
  run<int>(sndr | ex::bulk_unchunked(ex::par_unseq, 10, add));
  EXPECT_EQ(std::exchange(sum, 0), 90);
  EXPECT_EQ(backend.items, 10U);
  // Where the items may not run at the same time, all of them are one.
  run<int>(sndr | ex::bulk(ex::seq, 10, add));
  EXPECT_EQ(std::exchange(sum, 0), 90);
  EXPECT_EQ(backend.items, 1U);
  run<int>(sndr | ex::bulk_unchunked(ex::unseq, 10, add));
  EXPECT_EQ(std::exchange(sum, 0), 90);
  EXPECT_EQ(backend.items, 1U);
}

TEST_F(ParallelSchedulerReplacement, MayFailAfterItHasExecutedItems) {
  struct bulk_fails : inline_backend {
    void schedule_bulk_chunked(std::size_t shape, psr::bulk_item_receiver_proxy &proxy,
                               std::span<std::byte>) noexcept override {
      proxy.execute(0, shape / 2);
      proxy.set_error(std::make_exception_ptr(std::runtime_error("half")));
    }
  };
  current = std::make_shared<bulk_fails>();
  int calls = 0;
  auto const sndr = ex::schedule(ex::get_parallel_scheduler()) | ex::bulk(ex::par, 10, [&](int) { ++calls; });
  EXPECT_THROW(sync_wait(sndr), std::runtime_error);
  EXPECT_EQ(calls, 5);
}

TEST_F(ParallelSchedulerReplacement, MayStopWithoutBeingAsked) {
  use(inline_backend::completion::stopped);
  auto const sndr = ex::schedule(ex::get_parallel_scheduler());
  EXPECT_TRUE(run<>(sndr).stopped);
  EXPECT_FALSE(sync_wait(sndr));
}

TEST_F(ParallelSchedulerReplacement, SeesTheStopTokenOfTheReceiver) {
  inline_backend const &backend = use();
  auto const sndr = ex::schedule(ex::get_parallel_scheduler());
  snug::inplace_stop_source source;
  run<>(sndr, token_env{source.get_token()});
  EXPECT_EQ(backend.token, source.get_token());
  run<>(sndr);
  ASSERT_TRUE(backend.token);
  EXPECT_FALSE(backend.token->stop_possible());
}

// Asks for a stop between two queries for the token, which yield the same.
TEST_F(ParallelSchedulerReplacement, SeesAStopOfATokenOfAnyType) {
  struct stopping_backend : inline_backend {
    void schedule(psr::receiver_proxy &proxy, std::span<std::byte>) noexcept override {
      auto const before = proxy.try_query<snug::inplace_stop_token>(snug::get_stop_token);
      EXPECT_TRUE(before && before->stop_possible() && !before->stop_requested());
      source.request_stop();
      EXPECT_TRUE(before->stop_requested());
      EXPECT_EQ(before, proxy.try_query<snug::inplace_stop_token>(snug::get_stop_token));
      proxy.set_stopped();
    }
    snug::inplace_stop_source source;
  };
  auto const backend = std::make_shared<stopping_backend>();
  current = backend;
  auto const sndr = ex::schedule(ex::get_parallel_scheduler());
  EXPECT_TRUE(run<>(sndr, other_token_env{{backend->source.get_token()}}).stopped);
}

using ParallelSchedulerReplacementDeathTest = ParallelSchedulerReplacement;
TEST_F(ParallelSchedulerReplacementDeathTest, WithoutABackendTheProgramEnds) {
  auto const ask = [] {
    std::set_terminate([] {
      std::fputs("terminated", stderr);
      std::_Exit(3);
    });
    (void)ex::get_parallel_scheduler();
  };
  EXPECT_EXIT(ask(), testing::ExitedWithCode(3), "terminated");
}

} // namespace
