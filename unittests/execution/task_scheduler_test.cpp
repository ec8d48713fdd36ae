// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of task_scheduler ([exec.task.scheduler]).
#include <snug/execution/infallible_scheduler.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/task_scheduler.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "counting_allocator.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

static_assert(ex::scheduler<ex::task_scheduler>);
static_assert(std::is_nothrow_copy_constructible_v<ex::task_scheduler>);
static_assert(std::is_nothrow_copy_assignable_v<ex::task_scheduler>);
static_assert(!std::is_convertible_v<ex::inline_scheduler, ex::task_scheduler>, "the constructor is explicit");
static_assert(!std::is_constructible_v<ex::task_scheduler, int>);

// A scheduler whose size, whose operation's size and whose life are known.
struct counters {
  int schedulers = 0;
  int operations = 0;
  int started = 0;
};
template <std::size_t Bytes> class counted_scheduler {
  template <class Rcvr> class operation : public ex::inlinable_operation_state<operation<Rcvr>, Rcvr> {
    using receiver_base = ex::inlinable_operation_state<operation, Rcvr>;

  public:
    template <class Sndr>
    operation(Sndr const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), counters_(sndr.counters_) {
      ++counters_->operations;
    }
    ~operation() { --counters_->operations; }

    void start() noexcept {
      ++counters_->started;
      auto &&rcvr = receiver_base::get_receiver();
      if (snug::get_stop_token(ex::get_env(rcvr)).stop_requested()) {
        if constexpr (!snug::unstoppable_token<snug::stop_token_of_t<ex::env_of_t<Rcvr>>>) {
          ex::set_stopped(std::move(rcvr));
        }
      } else {
        ex::set_value(std::move(rcvr));
      }
    }

  private:
    counters *counters_;
    [[maybe_unused]] unsigned char bytes_[Bytes - sizeof(void *)];
  };

  struct sender {
    using sender_concept = ex::sender_tag;
    using in_place_self = sender;
    template <class, class Rcvr> using operation_for = operation<Rcvr>;
    template <class, class... Env> static consteval auto get_completion_signatures() {
      return ex::detail::infallible_completions<Env...>();
    }
    counters *counters_;
  };

public:
  using scheduler_concept = ex::scheduler_tag;

  counted_scheduler(counters &counters, int number) noexcept : counters_(&counters), number_(number) {
    ++counters_->schedulers;
  }
  counted_scheduler(counted_scheduler const &other) noexcept : counted_scheduler(*other.counters_, other.number_) {}
  counted_scheduler &operator=(counted_scheduler const &) = default;
  ~counted_scheduler() { --counters_->schedulers; }

  sender schedule() const noexcept { return {counters_}; }
  static constexpr ex::forward_progress_guarantee query(ex::get_forward_progress_guarantee_t) noexcept {
    return ex::forward_progress_guarantee::concurrent;
  }
  friend bool operator==(counted_scheduler const &left, counted_scheduler const &right) noexcept {
    return left.number_ == right.number_;
  }

private:
  counters *counters_;
  int number_;
};
using small_scheduler = counted_scheduler<40>;
using large_scheduler = counted_scheduler<48>;

TEST(TaskScheduler, SchedulesOnItsScheduler) {
  ex::run_loop loop;
  ex::task_scheduler const sch(loop.get_scheduler());
  outcome<> result;
  auto op = ex::connect(ex::schedule(sch), recorder<ex::env<>>{&result});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_TRUE(result.values);
  EXPECT_EQ(result.completions, 1);
}

TEST(TaskScheduler, IsEqualWhereItsSchedulersAreOfOneTypeAndEqual) {
  ex::run_loop loop;
  ex::run_loop other;
  ex::task_scheduler const sch(loop.get_scheduler());
  EXPECT_EQ(sch, sch);
  EXPECT_EQ(sch, ex::task_scheduler(loop.get_scheduler()));
  EXPECT_EQ(sch, ex::task_scheduler(loop.get_scheduler(), std::allocator<int>()));
  EXPECT_NE(sch, ex::task_scheduler(other.get_scheduler()));
  EXPECT_NE(sch, ex::task_scheduler(ex::inline_scheduler()));
  EXPECT_EQ(sch, loop.get_scheduler());
  EXPECT_EQ(loop.get_scheduler(), sch);
  EXPECT_NE(sch, other.get_scheduler());
  EXPECT_NE(sch, ex::inline_scheduler());
}

TEST(TaskScheduler, CopiesShareASchedulerThatIsNotSmall) {
  counters use;
  {
    std::optional<ex::task_scheduler> first(std::in_place, small_scheduler(use, 1));
    EXPECT_EQ(use.schedulers, 1);
    ex::task_scheduler second(*first);
    ex::task_scheduler third(small_scheduler(use, 3));
    EXPECT_EQ(use.schedulers, 2);
    EXPECT_EQ(second, *first);
    EXPECT_NE(third, *first);
    third = second;
    EXPECT_EQ(use.schedulers, 1);
    EXPECT_EQ(third, small_scheduler(use, 1));
    first.reset();
    third = ex::task_scheduler(std::move(second));
    EXPECT_EQ(third, second) << "moving copies";
    EXPECT_TRUE(run<>(ex::schedule(third)).values);
    EXPECT_EQ(use.schedulers, 1);
  }
  EXPECT_EQ(use.schedulers, 0);
}

TEST(TaskScheduler, SaysWhereItCompletesAndHowItProgresses) {
  ex::run_loop loop;
  ex::task_scheduler const sch(loop.get_scheduler());
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(ex::schedule(sch))), sch);
  EXPECT_EQ(ex::get_forward_progress_guarantee(sch), ex::get_forward_progress_guarantee(loop.get_scheduler()));
  EXPECT_EQ(ex::get_forward_progress_guarantee(ex::task_scheduler(ex::inline_scheduler())),
            ex::forward_progress_guarantee::weakly_parallel);
  counters use;
  EXPECT_EQ(ex::get_forward_progress_guarantee(ex::task_scheduler(small_scheduler(use, 1))),
            ex::forward_progress_guarantee::concurrent);
}

TEST(TaskScheduler, CompletionSignaturesAreExact) {
  using sender = ex::schedule_result_t<ex::task_scheduler>;
  static_assert(
      std::same_as<ex::completion_signatures_of_t<sender, ex::env<>>, ex::completion_signatures<ex::set_value_t()>>);
  static_assert(std::same_as<ex::completion_signatures_of_t<sender, token_env>,
                             ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>>);
  static_assert(ex::detail::infallible_scheduler<ex::task_scheduler, ex::env<>>);
}

template <class Sch> class TaskSchedulerOf : public testing::Test {
protected:
  counters use;
  Sch inner{use, 1};
};
using both_sizes = testing::Types<small_scheduler, large_scheduler>;
TYPED_TEST_SUITE(TaskSchedulerOf, both_sizes);

TYPED_TEST(TaskSchedulerOf, PassesTheStopTokenOn) {
  ex::task_scheduler const sch(this->inner);
  snug::inplace_stop_source source;
  EXPECT_TRUE(run<>(ex::schedule(sch), token_env{source.get_token()}).values);
  EXPECT_TRUE(run<>(ex::schedule(sch), other_token_env{{source.get_token()}}).values);
  source.request_stop();
  EXPECT_TRUE(run<>(ex::schedule(sch), token_env{source.get_token()}).stopped);
  EXPECT_TRUE(run<>(ex::schedule(sch), other_token_env{{source.get_token()}}).stopped);
  EXPECT_TRUE(run<>(ex::schedule(sch)).values) << "nobody can ask";
}

TYPED_TEST(TaskSchedulerOf, TheOperationOfTheSchedulerIsGoneBeforeItCompletes) {
  ex::task_scheduler const sch(this->inner);
  int operations = -1;
  EXPECT_TRUE(run<>(ex::schedule(sch) | ex::then([&]() noexcept { operations = this->use.operations; })).values);
  EXPECT_EQ(operations, 0);
  EXPECT_EQ(this->use.started, 1);
}

TYPED_TEST(TaskSchedulerOf, AnOperationNeedNotBeStarted) {
  ex::task_scheduler const sch(this->inner);
  outcome<> result;
  {
    auto op = ex::connect(ex::schedule(sch), recorder<ex::env<>>{&result});
    EXPECT_EQ(this->use.operations, 0);
  }
  EXPECT_EQ(result.completions, 0);
}

TYPED_TEST(TaskSchedulerOf, AnOperationKeepsTheSchedulerAlive) {
  outcome<> result;
  {
    std::optional<ex::task_scheduler> sch(std::in_place, this->inner);
    auto op = ex::connect(ex::schedule(*sch), recorder<ex::env<>>{&result});
    sch.reset();
    EXPECT_EQ(this->use.schedulers, 2);
    ex::start(op);
    EXPECT_TRUE(result.values);
  }
  EXPECT_EQ(this->use.schedulers, 1);
}

TYPED_TEST(TaskSchedulerOf, AllocatesWithTheAllocatorItWasGiven) {
  constexpr int for_operation = std::same_as<TypeParam, large_scheduler> || SNUG_STORE_RECEIVERS ? 1 : 0;
  allocations memory;
  {
    ex::task_scheduler const sch(this->inner, counting_allocator<int>(memory));
    EXPECT_EQ(memory.made, 1) << "for the scheduler, which is not small";
    std::size_t const held = memory.bytes;
    outcome<> result;
    {
      auto op = ex::connect(ex::schedule(sch), recorder<ex::env<>>{&result});
      EXPECT_EQ(memory.made, 1 + for_operation);
      memory.fail = true;
      ex::start(op);
      EXPECT_TRUE(result.values) << "start() allocates nothing";
    }
    EXPECT_EQ(memory.bytes, held);
  }
  EXPECT_EQ(memory.bytes, 0U);
}

TEST(TaskScheduler, AllocatesNothingForSmallSchedulersWithSmallOperations) {
  allocations memory;
  memory.fail = true;
  // An allocator with a state shares the eight bytes with the scheduler, so that only an empty scheduler fits.
  ex::task_scheduler const sch(ex::inline_scheduler{}, counting_allocator<int>(memory));
  EXPECT_TRUE(run<>(ex::schedule(sch)).values);
  EXPECT_EQ(memory.made, 0);
  ex::run_loop loop;
  EXPECT_THROW(ex::task_scheduler(loop.get_scheduler(), counting_allocator<int>(memory)), std::bad_alloc);
}

TEST(TaskScheduler, WhereMemoryIsOutConnectThrows) {
  counters use;
  allocations memory;
  ex::task_scheduler const sch(large_scheduler(use, 1), counting_allocator<int>(memory));
  std::size_t const held = memory.bytes;
  memory.fail = true;
  outcome<> result;
  EXPECT_THROW(ex::connect(ex::schedule(sch), recorder<ex::env<>>{&result}), std::bad_alloc);
  EXPECT_EQ(result.completions, 0);
  EXPECT_EQ(memory.bytes, held);
}

// A scheduler of people who never heard of in-place construction or inlinable receivers.
struct foreign_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  struct sender {
    using sender_concept = ex::sender_tag;
    using completion_signatures = ex::completion_signatures<ex::set_value_t()>;
    template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
      using operation_state_concept = ex::operation_state_tag;
      Rcvr rcvr;
      void start() noexcept { ex::set_value(std::move(rcvr)); }
    };
    template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
  };
  static sender schedule() noexcept { return {}; }
  friend bool operator==(foreign_scheduler, foreign_scheduler) noexcept = default;
};

// A scheduler that cannot fail as long as nobody can ask it to stop.
struct fails_where_stoppable {
  using scheduler_concept = ex::scheduler_tag;
  struct sender {
    using sender_concept = ex::sender_tag;
    template <class, class Env> static consteval auto get_completion_signatures() {
      if constexpr (snug::unstoppable_token<snug::stop_token_of_t<Env>>) {
        return ex::completion_signatures<ex::set_value_t()>{};
      } else {
        return ex::completion_signatures<ex::set_value_t(), ex::set_error_t(int)>{};
      }
    }
    template <class Rcvr> foreign_scheduler::sender::operation<Rcvr> connect(Rcvr rcvr) const {
      return {std::move(rcvr)};
    }
  };
  static sender schedule() noexcept { return {}; }
  friend bool operator==(fails_where_stoppable, fails_where_stoppable) noexcept = default;
};

TEST(TaskScheduler, TakesSchedulersThatKnowNothingOfInlining) {
  EXPECT_TRUE(run<>(ex::schedule(ex::task_scheduler(foreign_scheduler()))).values);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::schedule(ex::task_scheduler(foreign_scheduler())) |
                                     ex::then([]() noexcept { return 4; })))
                .value(),
            4);
}

TEST(TaskScheduler, TakesSchedulersThatCannotFailWhereNobodyStopsThem) {
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<>(ex::schedule(ex::task_scheduler(fails_where_stoppable())), token_env{source.get_token()}).values);
}

TEST(TaskScheduler, TakesItselfWithoutAnotherLayer) {
  ex::task_scheduler sch(ex::inline_scheduler{});
  ex::task_scheduler const copy(sch);
  EXPECT_EQ(copy, ex::inline_scheduler());
}

TEST(TaskScheduler, WorksInAlgorithms) {
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  ex::task_scheduler const sch(loop.get_scheduler());
  auto where = [&] { return ex::starts_on(sch, ex::just() | ex::then([] { return std::this_thread::get_id(); })); };
  auto const [first, second] = snug::this_thread::sync_wait(ex::when_all(where(), where())).value();
  EXPECT_EQ(first, thread.get_id());
  EXPECT_EQ(second, thread.get_id());
  loop.finish();
  thread.join();
}

// Two operations that are proxies, in one: each finds itself.
TEST(TaskScheduler, OperationsOfSeveralMayBePartsOfOne) {
  counters use;
  ex::task_scheduler const first(small_scheduler(use, 1));
  ex::task_scheduler const second(ex::inline_scheduler{});
  EXPECT_TRUE(run<>(ex::starts_on(first, ex::schedule(second))).values);
  EXPECT_TRUE(run<>(ex::starts_on(second, ex::starts_on(first, ex::schedule(first)))).values);
  EXPECT_EQ(use.started, 3);
  snug::inplace_stop_source source;
  source.request_stop();
  EXPECT_TRUE(run<>(ex::starts_on(second, ex::schedule(first)), token_env{source.get_token()}).stopped);
}

TEST(TaskScheduler, MayBeUsedOnManyThreads) {
  ex::run_loop loop;
  std::thread runner([&] { loop.run(); });
  counters use;
  {
    ex::task_scheduler const sch(loop.get_scheduler());
    ex::task_scheduler const shared(small_scheduler(use, 1));
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i) {
      threads.emplace_back([sch, shared] {
        for (int j = 0; j != 200; ++j) {
          snug::this_thread::sync_wait(ex::schedule(sch));
          ex::task_scheduler const copy(shared);
        }
      });
    }
    for (std::thread &thread : threads) {
      thread.join();
    }
  }
  EXPECT_EQ(use.schedulers, 0);
  loop.finish();
  runner.join();
}

// A cache line: what tells how to complete, the scheduler, and 40 bytes for the scheduler's operation.
static_assert(sizeof(ex::task_scheduler) == 16);
static_assert(size_of_op<ex::schedule_result_t<ex::task_scheduler>> == 64);
static_assert(size_of_op<ex::schedule_result_t<ex::task_scheduler>, ignore_behind_pointer> == 72);
// What lives in the 40 bytes: operations of 40 bytes, which are those without a receiver of 48 bytes with one.
template <class Sch>
constexpr bool fits = ex::detail::task_schedule_base::fits<ex::detail::task_schedule_late_child<Sch>>;
static_assert(fits<ex::inline_scheduler> && fits<ex::run_loop::scheduler> && fits<foreign_scheduler>);
static_assert(fits<small_scheduler> == !SNUG_STORE_RECEIVERS && !fits<large_scheduler>);

} // namespace
