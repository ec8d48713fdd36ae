// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of split (P2300R10 [exec.split]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/split.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>
#include <snug/execution/write_env.hpp>
#include <snug/std_stop_token.hpp>

#include "asks_when_connected.hpp"
#include "controlled_sender.hpp"
#include "counting_allocator.hpp"
#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// An operation that waits, in a place that outlives it.
template <class Sndr, class Env = ex::env<>> struct SNUG_TEST_STORES_ON_PURPOSE waiter {
  using receiver = recorder<Env, int>;
  outcome<int> result;
  ex::connect_result_t<Sndr &, receiver> op;

  explicit waiter(Sndr &sndr, Env env = {}) : op(ex::connect(sndr, receiver{&result, env})) {}
  void start() { ex::start(op); }
};

TEST(Split, RunsTheSenderOnceForAll) {
  int runs = 0;
  auto const sndr = ex::just(20) | ex::then([&runs](int x) noexcept { return x + ++runs; }) | ex::split;
  EXPECT_EQ(run<int>(sndr).value(), 21);
  EXPECT_EQ(run<int>(sndr | ex::then([](int const &x) noexcept { return 2 * x; })).value(), 42);
  EXPECT_EQ(run<int>(sndr).value(), 21);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ((run<int, int>(ex::when_all(sndr, sndr)).values), std::tuple(21, 21));
}

TEST(Split, StartsNothingBeforeSomebodyStarts) {
  controller control;
  {
    auto sndr = ex::split(controlled{&control});
    EXPECT_EQ(control.alive, 1);
    waiter first(sndr), never(sndr);
    EXPECT_EQ(control.starts, 0);
    first.start();
    EXPECT_EQ(control.starts, 1);
    control.set_value(3);
    EXPECT_EQ(first.result.value(), 3);
    EXPECT_EQ(never.result.completions, 0);
  }
  EXPECT_EQ(control.alive, 0);
}

TEST(Split, WhoWaitsCompletesInTheOrderOfStart) {
  controller control;
  std::vector<int> order;
  auto sndr = ex::split(controlled{&control});
  auto noting = [&](int i) { return ex::connect(sndr | ex::then([&order, i](int) { order.push_back(i); }), ignore{}); };
  auto first = noting(1), second = noting(2), third = noting(3);
  ex::start(second);
  ex::start(first);
  ex::start(third);
  EXPECT_EQ(control.starts, 1);
  control.set_value(0);
  EXPECT_EQ(order, (std::vector{2, 1, 3}));
}

TEST(Split, EveryCompletionReachesEverybody) {
  controller control;
  auto sndr = ex::split(controlled{&control});
  waiter first(sndr), second(sndr), late(sndr);
  first.start();
  second.start();
  control.set_error(7);
  late.start();
  EXPECT_EQ(first.result.int_error, 7);
  EXPECT_EQ(second.result.int_error, 7);
  EXPECT_EQ(late.result.int_error, 7);
  EXPECT_EQ(late.result.completions, 1);
  EXPECT_TRUE(run<int>(ex::split(ex::just_stopped())).stopped);
  EXPECT_TRUE(run<>(ex::split(ex::just())).values.has_value());
  auto to_string = ex::then([](auto const &value) {
    if constexpr (std::same_as<decltype(value), std::string const &>) {
      return value;
    } else {
      return std::to_string(value);
    }
  });
  EXPECT_EQ(run<std::string>(ex::split(either_sender{3}) | to_string).value(), "3");
  EXPECT_EQ(run<std::string>(ex::split(either_sender{-3}) | to_string).value(), "negative");
}

TEST(Split, TheResultsAreSharedAndNotCopied) {
  auto sndr = ex::just(std::make_unique<int>(4)) | ex::split;
  auto address = ex::then([](std::unique_ptr<int> const &p) noexcept { return &p; });
  auto const first = run<std::unique_ptr<int> const *>(sndr | address);
  auto const second = run<std::unique_ptr<int> const *>(std::as_const(sndr) | address);
  EXPECT_EQ(first.value(), second.value());
  EXPECT_EQ(**first.value(), 4);
}

TEST(Split, TheResultsLiveAsLongAsAnybodyMayLook) {
  auto const counter = std::make_shared<int>(1);
  {
    auto sndr = ex::just(counter) | ex::split;
    auto copy = sndr;
    auto moved = std::move(sndr);
    sndr = moved;
    outcome<std::shared_ptr<int>> result;
    auto op = ex::connect(std::move(copy), recorder<ex::env<>, std::shared_ptr<int>>{&result});
    auto never = ex::connect(moved, ignore{});
    ex::start(op);
    EXPECT_EQ(result.value(), counter);
    EXPECT_EQ(counter.use_count(), 3); // here, there, and in the result
  }
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(Split, ASenderThatIsNeverConnectedLeavesNothing) {
  auto const counter = std::make_shared<int>(1);
  {
    auto const sndr = ex::just(counter) | ex::split;
    EXPECT_EQ(counter.use_count(), 2);
  }
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(Split, SplitsOfSplits) {
  auto const once = ex::just(std::string("text")) | ex::split;
  auto const twice = ex::split(once);
  EXPECT_EQ(run<std::string>(twice).value(), "text");
  EXPECT_EQ(run<std::string>(once).value(), "text");
}

TEST(Split, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  EXPECT_EQ(run<int>(ex::split(foreign{4})).value(), 4);
  EXPECT_EQ(run<int>(ex::split(foreign_wrapper(ex::just(4)))).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::split(ex::just(4)))).value(), 4);
}

// Errors.

struct throws_on_copy {
  throws_on_copy() = default;
  throws_on_copy(throws_on_copy &&) noexcept = default;
  throws_on_copy(throws_on_copy const &) { throw std::runtime_error("no copy"); }
};
throws_on_copy const one;

TEST(Split, AnExceptionWhileAValueIsKeptBecomesAnErrorForAll) {
  auto const sndr = ex::just() | ex::then([]() noexcept -> throws_on_copy const & { return one; }) | ex::split;
  for (int i = 0; i != 2; ++i) {
    auto const result = run<int>(sndr | ex::then([](throws_on_copy const &) noexcept { return 1; }));
    ASSERT_TRUE(result.error);
    EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  }
}

// Throws in connect.
struct connects_throwing {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  template <class Rcvr> foreign::operation<Rcvr> connect(Rcvr) const { throw std::runtime_error("connect"); }
};

TEST(Split, AllocatesOnceFromTheAllocatorOfTheSender) {
  allocations use;
  {
    auto const sndr = ex::split(with_allocator{ex::just(5), &use});
    EXPECT_EQ(run<int>(sndr).value(), 5);
    EXPECT_EQ(run<int>(sndr).value(), 5);
    EXPECT_EQ(use.made, 1);
    auto const kept = use.bytes.load();
    EXPECT_EQ(run<int>(with_allocator{ex::just(5), &use} | ex::then([](int x) noexcept { return x + 1; }) | ex::split)
                  .value(),
              6);
    EXPECT_EQ(use.bytes, kept);
  }
  EXPECT_EQ(use.made, 2);
  EXPECT_EQ(use.bytes, 0u);
}

TEST(Split, ThrowsWhatConnectingThrows) {
  allocations use;
  EXPECT_THROW(ex::split(with_allocator{connects_throwing{}, &use}), std::runtime_error);
  EXPECT_EQ(use.made, 1);
  EXPECT_EQ(use.bytes, 0u);
}

// Stopping.

TEST(Split, WhoIsAskedToStopLeavesAndTheOthersWait) {
  controller control;
  snug::inplace_stop_source source;
  auto sndr = ex::split(controlled{&control});
  waiter first(sndr, token_env{source.get_token()});
  waiter second(sndr);
  waiter third(sndr, token_env{source.get_token()});
  first.start();
  second.start();
  third.start();
  source.request_stop();
  EXPECT_TRUE(first.result.stopped);
  EXPECT_TRUE(third.result.stopped);
  EXPECT_EQ(second.result.completions, 0);
  EXPECT_EQ(control.stop_requests, 0);
  control.set_value(8);
  EXPECT_EQ(second.result.value(), 8);
  EXPECT_EQ(first.result.completions + third.result.completions, 2);
}

TEST(Split, TheLastToLeaveStopsTheChild) {
  controller control;
  snug::inplace_stop_source source, other;
  auto sndr = ex::split(controlled{&control});
  waiter first(sndr, token_env{source.get_token()});
  waiter second(sndr, token_env{other.get_token()});
  waiter never(sndr);
  first.start();
  second.start();
  source.request_stop();
  EXPECT_EQ(control.stop_requests, 0);
  other.request_stop();
  EXPECT_EQ(control.stop_requests, 1);
  EXPECT_TRUE(first.result.stopped && second.result.stopped);
  never.start(); // gets what came of it
  EXPECT_TRUE(never.result.stopped);
  EXPECT_EQ(control.starts, 1);
}

TEST(Split, AChildThatDoesNotStopServesWhoComesLater) {
  controller control;
  control.reaction = controller::on_stop::counts;
  snug::inplace_stop_source source;
  auto sndr = ex::split(controlled{&control});
  waiter first(sndr, token_env{source.get_token()});
  waiter second(sndr);
  first.start();
  source.request_stop();
  EXPECT_EQ(control.stop_requests, 1);
  EXPECT_TRUE(first.result.stopped);
  second.start();
  EXPECT_EQ(control.starts, 1);
  control.set_value(9);
  EXPECT_EQ(second.result.value(), 9);
}

TEST(Split, AStopBeforeTheStartIsAnswered) {
  controller control;
  snug::inplace_stop_source source;
  source.request_stop();
  auto sndr = ex::split(controlled{&control});
  waiter stopped(sndr, token_env{source.get_token()});
  stopped.start();
  EXPECT_TRUE(stopped.result.stopped);
  EXPECT_EQ(control.starts, 0);
  waiter waits(sndr);
  waits.start();
  control.set_value(1);
  // A result that is there is worth more than a stop.
  waiter late(sndr, token_env{source.get_token()});
  late.start();
  EXPECT_EQ(late.result.value(), 1);
}

TEST(Split, AStopAfterTheCompletionIsNothing) {
  controller control;
  snug::inplace_stop_source source;
  auto sndr = ex::split(controlled{&control});
  waiter waits(sndr, token_env{source.get_token()});
  waits.start();
  control.set_value(1);
  source.request_stop();
  EXPECT_EQ(waits.result.value(), 1);
  EXPECT_EQ(waits.result.completions, 1);
  EXPECT_EQ(control.stop_requests, 0);
}

TEST(Split, TheChildOutlivesEverybodyWhoLeft) {
  controller control;
  control.reaction = controller::on_stop::counts;
  snug::inplace_stop_source source;
  outcome<int> result;
  start_and_destroy(result, ex::split(controlled{&control}), token_env{source.get_token()});
  source.request_stop();
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(control.alive, 1); // and nobody else
  control.set_value(1);
  EXPECT_EQ(control.alive, 0);
}

TEST(Split, OperationsMayBeDestroyedByTheirCompletion) {
  std::string const text("long enough to be allocated on the heap");
  outcome<std::string> result;
  start_and_destroy(result, ex::just(text) | ex::split);
  EXPECT_EQ(result.value(), text);
  controller control;
  outcome<int> first, second, stopped;
  snug::inplace_stop_source source;
  {
    auto sndr = ex::split(controlled{&control});
    start_and_destroy(first, sndr);
    start_and_destroy(stopped, sndr, token_env{source.get_token()});
    start_and_destroy(second, std::move(sndr), token_env{snug::inplace_stop_token()});
  }
  source.request_stop();
  EXPECT_TRUE(stopped.stopped);
  control.set_value(4);
  EXPECT_EQ(first.value() + second.value(), 8);
  EXPECT_EQ(control.alive, 0);
}

TEST(Split, ACompletionMayStartAnotherOperation) {
  controller control;
  auto sndr = ex::split(controlled{&control});
  waiter second(sndr);
  auto first = ex::connect(sndr | ex::then([&](int) { second.start(); }), ignore{});
  ex::start(first);
  control.set_value(6);
  EXPECT_EQ(second.result.value(), 6);
}

TEST(Split, TheChildSeesItsOwnTokenAndNothingElse) {
  auto token = ex::split(ex::read_env(snug::get_stop_token) | ex::then([](auto t) noexcept { return t; }));
  EXPECT_TRUE((run<snug::never_stop_token>(token, token_env{}).values.has_value())); // it cannot stop
  snug::inplace_stop_source source;
  source.request_stop();
  auto polls = ex::split(polling{1});
  EXPECT_TRUE(run<int>(polls, token_env{source.get_token()}).stopped);
  EXPECT_EQ(run<int>(polls).value(), 1); // the child's source was never asked
  static_assert(!ex::sender_in<decltype(ex::read_env(ex::get_scheduler)), ex::env<>>);
  EXPECT_EQ(
      run<int>(ex::split(ex::write_env(ex::read_env(ex::get_start_scheduler), ex::prop(ex::get_start_scheduler, 3))))
          .value(),
      3);
}

struct std_env {
  std::stop_token token;
  std::stop_token query(snug::get_stop_token_t) const noexcept { return token; }
};

TEST(Split, ListensToAnyStoppableToken) {
  controller control;
  std::stop_source source;
  auto sndr = ex::split(controlled{&control});
  waiter waits(sndr, std_env{source.get_token()});
  waits.start();
  source.request_stop();
  EXPECT_TRUE(waits.result.stopped);
  EXPECT_EQ(control.stop_requests, 1);
}

// Threads.

TEST(Split, CompletesOnTheThreadOfTheChild) {
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  auto const where =
      ex::schedule(loop.get_scheduler()) | ex::then([] { return std::this_thread::get_id(); }) | ex::split;
  auto const both = snug::this_thread::sync_wait(ex::when_all(where, where));
  EXPECT_EQ(both, std::tuple(thread.get_id(), thread.get_id()));
  auto const inside = where | ex::then([](auto const &) { return std::this_thread::get_id(); });
  EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(inside).value()), std::this_thread::get_id());
  loop.finish();
  thread.join();
}

// Types.

TEST(Split, CompletionSignaturesAreExact) {
  static_assert(completes_in<decltype(ex::split(ex::just(1))), ex::env<>, ex::set_value_t(int const &)>);
  static_assert(completes_in<decltype(ex::split(ex::just_error(1))), ex::env<>, ex::set_error_t(int const &)>);
  static_assert(
      completes_in<decltype(ex::split(ex::just(1))), token_env, ex::set_value_t(int const &), ex::set_stopped_t()>);
  static_assert(
      completes_in<decltype(ex::split(polling{1})), ex::env<>, ex::set_value_t(int const &), ex::set_stopped_t()>);
  auto lvalue = []() noexcept -> throws_on_copy const & { return one; };
  static_assert(completes_in<decltype(ex::just() | ex::then(lvalue) | ex::split), ex::env<>,
                             ex::set_value_t(throws_on_copy const &), ex::set_error_t(std::exception_ptr const &)>);
  static_assert(ex::dependent_sender<decltype(ex::split(ex::just(1)))>);
  static_assert(!ex::dependent_sender<decltype(ex::split(polling{1}))>);
  // A run_loop's operation can stop under the token of the split, whatever its receivers have.
  using scheduled = decltype(ex::split(std::declval<ex::run_loop::scheduler>().schedule()));
  static_assert(completes_in<scheduled, ex::env<>, ex::set_value_t(), ex::set_stopped_t()>);
  static_assert(std::copyable<scheduled>);
  // Connecting only counts.
  static_assert(noexcept(ex::connect(std::declval<scheduled>(), ignore{})));
}

template <class Sndr>
inline constexpr std::size_t shared_size = sizeof(ex::detail::split_state<Sndr, snug::detail::default_allocator<void>>);
struct ignore_with_token : ignore {
  token_env get_env() const noexcept { return {}; }
};
using split_just = decltype(ex::split(ex::just(1)));
using loop_sender = ex::schedule_result_t<ex::run_loop::scheduler>;

static_assert(sizeof(split_just) == 8);
// A link or a reference, and a function.
static_assert(size_of_op<split_just> == 16);
// … a callback, and the reference.
static_assert(size_of_op<split_just, ignore_with_token> == 56);
// The child's value, the kept value, 4 bytes of count, 4 of padding, 8 for who waits.
static_assert(shared_size<decltype(ex::just(1))> == (SNUG_STORE_RECEIVERS ? 32 : 24));
// The child's node of 16 bytes, a source of 13, which of two completions in 2, 1 of padding, 4 of count, 4, 8.
static_assert(shared_size<loop_sender> == (SNUG_STORE_RECEIVERS ? 56 : 48));
// A string of the child, a kept one, and a byte to tell whether it is there.
static_assert(shared_size<decltype(ex::just(std::string()))> ==
              2 * sizeof(std::string) + 16 + (SNUG_STORE_RECEIVERS ? 8 : 0));

TEST(Split, TheChildMayAskForItsTokenWhileItIsConnected) {
  bool asked = true;
  allocations use; // filled memory says that a stop was requested
  auto sndr =
      ex::split(with_allocator{ex::when_all(asks_when_connected<is_stop_requested>{} |
                                                ex::then([&](bool was_requested) noexcept { asked = was_requested; }),
                                            ex::just_stopped()),
                               &use});
  EXPECT_TRUE(run<>(sndr).stopped);
  EXPECT_FALSE(asked);
}

} // namespace
