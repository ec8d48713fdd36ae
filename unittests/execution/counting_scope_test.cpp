// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of simple_counting_scope, counting_scope and the concepts of scopes ([exec.counting.scopes],
// [exec.scope.simple.counting],
// [exec.scope.concepts]).
#include <snug/execution/counting_scope.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/simple_counting_scope.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/write_env.hpp>

#include "both_scopes.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct loop_env {
  ex::run_loop *loop;
  ex::run_loop::scheduler query(ex::get_start_scheduler_t) const noexcept { return loop->get_scheduler(); }
};

template <class Scope> class AnyCountingScope : public testing::Test {};
TYPED_TEST_SUITE(AnyCountingScope, scopes);

static_assert(ex::scope_token<ex::simple_counting_scope::token> && ex::scope_token<ex::counting_scope::token>);
static_assert(ex::scope_association<ex::detail::counting_association>);
static_assert(!ex::scope_association<int> && !ex::scope_token<ex::detail::counting_association>);
static_assert(std::is_empty_v<ex::inline_scheduler>);

// [exec.scope.concepts]/2
TYPED_TEST(AnyCountingScope, AnAssociationIsOwnedByOneObjectAtATime) {
  TypeParam scope;
  auto first = scope.get_token().try_associate();
  ASSERT_TRUE(first);
  auto second = std::move(first);
  EXPECT_FALSE(first);
  EXPECT_TRUE(second);
  first = std::move(second);
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  second = first.try_associate();
  EXPECT_TRUE(second);
  EXPECT_FALSE(decltype(first)().try_associate());
  first = {};
  second = {};
  snug::this_thread::sync_wait(scope.join());
}

TYPED_TEST(AnyCountingScope, AssigningGivesUpWhatWasHeld) {
  TypeParam one;
  TypeParam other;
  auto association = one.get_token().try_associate();
  association = other.get_token().try_associate();
  EXPECT_TRUE(run<>(one.join(), inline_env{}).values.has_value());
  outcome<> result;
  auto op = ex::connect(other.join(), recorder<inline_env>{&result});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  association = {};
  EXPECT_TRUE(result.values.has_value());
}

// [exec.simple.counting.mem], from each state
TYPED_TEST(AnyCountingScope, JoiningAnUnusedScopeCompletesAtOnceWithoutScheduling) {
  TypeParam scope;
  ex::run_loop loop; // never run
  EXPECT_TRUE(run<>(scope.join(), loop_env{&loop}).values.has_value());
  EXPECT_FALSE(scope.get_token().try_associate());
}

TYPED_TEST(AnyCountingScope, JoiningAScopeThatWasUsedCompletesAtOnceWithoutScheduling) {
  TypeParam scope;
  EXPECT_TRUE(scope.get_token().try_associate());
  ex::run_loop loop;
  EXPECT_TRUE(run<>(scope.join(), loop_env{&loop}).values.has_value());
  EXPECT_TRUE(run<>(scope.join(), loop_env{&loop}).values.has_value());
}

TYPED_TEST(AnyCountingScope, JoiningWaitsForTheLastAssociation) {
  TypeParam scope;
  auto first = scope.get_token().try_associate();
  auto second = scope.get_token().try_associate();
  outcome<> result;
  auto op = ex::connect(scope.join(), recorder<inline_env>{&result});
  ex::start(op);
  first = {};
  EXPECT_EQ(result.completions, 0);
  // Open and joining: still takes some.
  auto third = scope.get_token().try_associate();
  EXPECT_TRUE(third);
  second = {};
  EXPECT_EQ(result.completions, 0);
  third = {};
  EXPECT_TRUE(result.values.has_value());
  EXPECT_EQ(result.completions, 1);
  // Joined: takes none.
  EXPECT_FALSE(scope.get_token().try_associate());
}

TYPED_TEST(AnyCountingScope, JoiningCompletesOnTheStartScheduler) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  ex::run_loop loop;
  outcome<> result;
  auto op = ex::connect(scope.join(), recorder<loop_env>{&result, {&loop}});
  ex::start(op);
  association = {};
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_EQ(result.completions, 1);
}

TYPED_TEST(AnyCountingScope, EverybodyWhoJoinsIsTold) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  outcome<> results[3];
  auto first = ex::connect(scope.join(), recorder<inline_env>{&results[0]});
  auto second = ex::connect(scope.join(), recorder<inline_env>{&results[1]});
  [[maybe_unused]] auto never_started = ex::connect(scope.join(), recorder<inline_env>{&results[2]});
  ex::start(first);
  ex::start(second);
  association = {};
  EXPECT_EQ(results[0].completions, 1);
  EXPECT_EQ(results[1].completions, 1);
  EXPECT_EQ(results[2].completions, 0);
}

TYPED_TEST(AnyCountingScope, AClosedScopeTakesNobody) {
  TypeParam scope;
  auto const token = scope.get_token();
  auto association = token.try_associate();
  scope.close();
  EXPECT_FALSE(token.try_associate());
  EXPECT_FALSE(association.try_associate());
  outcome<> result;
  auto op = ex::connect(scope.join(), recorder<inline_env>{&result});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  association = {};
  EXPECT_EQ(result.completions, 1);
}

TYPED_TEST(AnyCountingScope, ClosingWhileSomebodyJoinsLetsNobodyElseIn) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  outcome<> result;
  auto op = ex::connect(scope.join(), recorder<inline_env>{&result});
  ex::start(op);
  scope.close();
  EXPECT_FALSE(scope.get_token().try_associate());
  EXPECT_EQ(result.completions, 0);
  association = {};
  EXPECT_EQ(result.completions, 1);
}

TYPED_TEST(AnyCountingScope, ClosingTwiceOrAfterJoiningChangesNothing) {
  TypeParam scope;
  scope.close();
  scope.close();
  EXPECT_TRUE(run<>(scope.join(), inline_env{}).values.has_value());
  scope.close();
  EXPECT_FALSE(scope.get_token().try_associate());
}

// [exec.simple.counting.ctor]: unused, unused-and-closed and joined scopes may go …
TYPED_TEST(AnyCountingScope, MayBeDestroyedUnusedClosedOrJoined) {
  {
    TypeParam unused;
  }
  {
    TypeParam unused_and_closed;
    unused_and_closed.close();
    EXPECT_FALSE(unused_and_closed.get_token().try_associate());
  }
  {
    TypeParam joined;
    (void)joined.get_token().try_associate();
    (void)run<>(joined.join(), inline_env{});
  }
  {
    TypeParam joined_and_closed;
    (void)joined_and_closed.get_token().try_associate();
    joined_and_closed.close();
    (void)run<>(joined_and_closed.join(), inline_env{});
  }
}

// … the others may not.
template <class Scope> class CountingScopeDeathTest : public testing::Test {};
TYPED_TEST_SUITE(CountingScopeDeathTest, scopes);

TYPED_TEST(CountingScopeDeathTest, AnOpenScopeTerminates) {
  EXPECT_DEATH(
      {
        TypeParam open;
        (void)open.get_token().try_associate();
      },
      "");
}
TYPED_TEST(CountingScopeDeathTest, AClosedScopeThatWasUsedTerminates) {
  EXPECT_DEATH(
      {
        TypeParam closed;
        (void)closed.get_token().try_associate();
        closed.close();
      },
      "");
}
TYPED_TEST(CountingScopeDeathTest, AScopeInUseTerminates) {
  for (bool const close : {false, true}) {
    EXPECT_DEATH(
        {
          outcome<> result;
          std::optional<TypeParam> joining(std::in_place);
          auto association = joining->get_token().try_associate();
          auto op = ex::connect(joining->join(), recorder<inline_env>{&result});
          ex::start(op);
          if (close) {
            joining->close();
          }
          joining.reset();
        },
        "");
  }
}

// The last to be told that a scope is joined.
template <class Scope> struct destroys_scope {
  using receiver_concept = ex::receiver_tag;
  std::unique_ptr<Scope> *scope;
  int *left;
  void set_value() && noexcept {
    if (--*left == 0) {
      scope->reset();
    }
  }
  inline_env get_env() const noexcept { return {}; }
};

TYPED_TEST(AnyCountingScope, MayBeDestroyedByWhoeverJoins) {
  auto scope = std::make_unique<TypeParam>();
  int left = 2;
  auto first = ex::connect(scope->join(), destroys_scope<TypeParam>{&scope, &left});
  auto second = ex::connect(scope->join(), destroys_scope<TypeParam>{&scope, &left});
  {
    auto association = scope->get_token().try_associate();
    ex::start(first);
    ex::start(second);
  }
  EXPECT_EQ(scope, nullptr);
}

// The environment of join
TYPED_TEST(AnyCountingScope, JoinGoesWhereTheEnvironmentSays) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  ex::run_loop loop;
  std::thread thread([&] { loop.run(); });
  std::thread leaver([&] { association = {}; });
  snug::this_thread::sync_wait(ex::starts_on(loop.get_scheduler(), scope.join()));
  leaver.join();
  loop.finish();
  thread.join();
  EXPECT_TRUE(snug::this_thread::sync_wait(ex::write_env(scope.join(), inline_env{})).has_value());
}

TYPED_TEST(AnyCountingScope, JoinIsStoppedWhereSchedulingIs) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  snug::inplace_stop_source source;
  source.request_stop();
  ex::run_loop loop;
  using env = ex::env<loop_env, token_env>;
  outcome<> result;
  auto op = ex::connect(scope.join(), recorder<env>{&result, env(loop_env{&loop}, token_env{source.get_token()})});
  ex::start(op);
  association = {};
  loop.finish();
  loop.run();
  EXPECT_TRUE(result.stopped);
}

} // namespace

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// Schedules like inline_scheduler, but connecting throws, or the operation holds something to give back.
struct clumsy_scheduler {
  using scheduler_concept = ex::scheduler_tag;

  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    std::shared_ptr<int> held;
    void start() noexcept { ex::set_value(std::move(rcvr)); }
  };
  struct sndr {
    using sender_concept = ex::sender_tag;
    using completion_signatures = ex::completion_signatures<ex::set_value_t()>;
    std::shared_ptr<int> held;
    template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const {
      if (!held) {
        throw std::runtime_error("no operation");
      }
      return {std::move(rcvr), held};
    }
  };
  sndr schedule() const noexcept { return {held}; }
  bool operator==(clumsy_scheduler const &) const = default;

  std::shared_ptr<int> held;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

namespace {

TYPED_TEST(AnyCountingScope, AnExceptionOfTheSchedulerBecomesAnError) {
  TypeParam scope;
  auto association = scope.get_token().try_associate();
  outcome<> result;
  using env = ex::prop<ex::get_start_scheduler_t, clumsy_scheduler>;
  auto op = ex::connect(scope.join(), recorder<env>{&result});
  ex::start(op);
  association = {};
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_FALSE(scope.get_token().try_associate());
}

TYPED_TEST(AnyCountingScope, TheScheduleOperationIsDestroyed) {
  auto const held = std::make_shared<int>(1);
  using env = ex::prop<ex::get_start_scheduler_t, clumsy_scheduler>;
  for (bool const in_use : {true, false}) {
    TypeParam scope;
    outcome<> result;
    auto association = in_use ? scope.get_token().try_associate() : ex::detail::counting_association();
    {
      auto op = ex::connect(scope.join(), recorder<env>{&result, {{}, {held}}});
      ex::start(op);
      association = {};
      EXPECT_TRUE(result.values.has_value());
    }
    result = {};
    EXPECT_EQ(held.use_count(), 1);
  }
}

TYPED_TEST(AnyCountingScope, JoinCompletesAsSchedulingDoes) {
  TypeParam scope;
  using join = decltype(scope.join());
  static_assert(ex::dependent_sender<join>);
  static_assert(completes_in<join, inline_env, ex::set_value_t()>);
  static_assert(completes_in<join, loop_env, ex::set_value_t()>);
  static_assert(completes_in<join, ex::env<loop_env, token_env>, ex::set_value_t(), ex::set_stopped_t()>);
  static_assert(completes_in<join, ex::prop<ex::get_start_scheduler_t, clumsy_scheduler>, ex::set_value_t(),
                             ex::set_error_t(std::exception_ptr)>);
  static_assert(noexcept(ex::connect(scope.join(), recorder<inline_env>{})));
}

// [exec.scope.counting]
TEST(CountingScope, AsksWhatItWrapsToStop) {
  ex::counting_scope scope;
  auto const token = scope.get_token();
  EXPECT_EQ(run<int>(token.wrap(polling{3})).value(), 3);
  scope.request_stop();
  EXPECT_TRUE(run<int>(token.wrap(polling{3})).stopped);
  // Asking to stop does not close.
  EXPECT_TRUE(token.try_associate());
  scope.request_stop();
  (void)run<>(scope.join(), inline_env{});
  scope.request_stop();
}

TEST(CountingScope, WrappingThrowsOnlyWhereCopyingDoes) {
  ex::counting_scope scope;
  auto const token = scope.get_token();
  auto moved = ex::just(1);
  static_assert(noexcept(token.wrap(std::move(moved))));
  auto const copied = ex::just(std::string("ab"));
  static_assert(!noexcept(token.wrap(copied)));
  EXPECT_EQ(run<std::string>(token.wrap(copied)).value(), "ab");
}

TEST(SimpleCountingScope, LeavesSendersAsTheyAre) {
  ex::simple_counting_scope scope;
  auto sndr = ex::just(1);
  EXPECT_EQ(&scope.get_token().wrap(sndr), &sndr);
  static_assert(std::same_as<decltype(scope.get_token().wrap(std::move(sndr))), decltype(sndr) &&>);
}

TEST(CountingScope, MayBeDestroyedWhileItAsksToStop) {
  auto scope = std::make_unique<ex::counting_scope>();
  int left = 1;
  auto op = ex::connect(scope->join(), destroys_scope<ex::counting_scope>{&scope, &left});
  auto association = scope->get_token().try_associate();
  ex::start(op);
  auto token = std::get<0>(*snug::this_thread::sync_wait(scope->get_token().wrap(ex::read_env(snug::get_stop_token))));
  struct leave {
    std::optional<snug::inplace_stop_callback<leave>> *callback;
    ex::detail::counting_association *association;
    void operator()() const noexcept {
      auto *const mine = association;
      callback->reset();
      *mine = {};
    }
  };
  std::optional<snug::inplace_stop_callback<leave>> callback;
  callback.emplace(token, leave{&callback, &association});
  scope->request_stop();
  EXPECT_EQ(scope, nullptr);
}

// One thread joins, others come and go.
TYPED_TEST(AnyCountingScope, ManyThreadsComeAndGoWhileSomeJoin) {
  for (int round = 0; round != 50; ++round) {
    int used = 0;
    int entered[3] = {};
    {
      TypeParam scope;
      auto const token = scope.get_token();
      ASSERT_TRUE(token.try_associate());
      std::vector<std::thread> threads;
      for (int &count : entered) {
        threads.emplace_back([&scope, &count, token, round] {
          for (int i = 0; i != 20; ++i) {
            if (auto const association = token.try_associate()) {
              auto const more = association.try_associate();
              ++count; // read after the join
            }
            if (round % 3 == 0 && i == 10) {
              scope.close();
            }
          }
        });
      }
      snug::this_thread::sync_wait(scope.join());
      used = 0;
      EXPECT_FALSE(token.try_associate());
      for (int const count : entered) {
        used += count;
      }
      std::thread other([&] { snug::this_thread::sync_wait(scope.join()); });
      snug::this_thread::sync_wait(scope.join());
      other.join();
      for (std::thread &thread : threads) {
        thread.join();
      }
    }
    int after = 0;
    for (int const count : entered) {
      after += count;
    }
    EXPECT_EQ(used, after); // nobody got in after the join
  }
}

// Whoever joins destroys the scope at once, though another thread is only just leaving it.
TYPED_TEST(AnyCountingScope, TheScopeMayGoAsSoonAsEverybodyWhoJoinsKnows) {
  for (int round = 0; round != 100; ++round) {
    std::optional<TypeParam> scope(std::in_place);
    auto association = scope->get_token().try_associate();
    std::thread leaver([&] { association = {}; });
    std::thread joiner([&] { snug::this_thread::sync_wait(scope->join()); });
    snug::this_thread::sync_wait(scope->join());
    joiner.join();
    scope.reset();
    leaver.join();
  }
}

TEST(CountingScopes, SizesAreWhatTheySay) {
  EXPECT_EQ(sizeof(ex::simple_counting_scope), 2 * sizeof(void *));
  EXPECT_EQ(sizeof(ex::counting_scope), 4 * sizeof(void *));
  EXPECT_EQ(sizeof(ex::simple_counting_scope::token), sizeof(void *));
  EXPECT_EQ(sizeof(ex::counting_scope::token), sizeof(void *));
  EXPECT_EQ(sizeof(ex::detail::counting_association), sizeof(void *));
  using join = decltype(std::declval<ex::counting_scope &>().join());
  EXPECT_EQ(sizeof(join), sizeof(void *));
  // The receiver is empty.
  struct waits : ignore {
    struct env {
      static ex::run_loop::scheduler query(ex::get_start_scheduler_t) noexcept {
        static ex::run_loop loop;
        return loop.get_scheduler();
      }
    };
    static env get_env() noexcept { return {}; }
  };
#if SNUG_STORE_RECEIVERS
  EXPECT_EQ((size_of_op<join, waits>), 40U);
#else
  EXPECT_EQ((size_of_op<join, waits>), 32U);
#endif
}

} // namespace
