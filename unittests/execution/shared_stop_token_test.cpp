// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stop tokens that share their state ([stoptoken], [stopsource], [stopcallback]), and of std::stop_token.
#include <snug/execution/just.hpp>
#include <snug/execution/when_all.hpp>
#include <snug/shared_stop_token.hpp>
#include <snug/std_stop_token.hpp>

#include "controlled_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <concepts>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

static_assert(snug::stoppable_token<snug::stop_token> && !snug::unstoppable_token<snug::stop_token>);
static_assert(std::copyable<snug::stop_source> && std::equality_comparable<snug::stop_source>);
static_assert(std::is_nothrow_default_constructible_v<snug::stop_token>);
static_assert(!std::is_nothrow_default_constructible_v<snug::stop_source>);
static_assert(std::is_nothrow_constructible_v<snug::stop_source, snug::nostopstate_t>);
static_assert(!std::is_convertible_v<snug::nostopstate_t, snug::stop_source>);
using plain_callback = snug::stop_callback<void (*)()>;
static_assert(std::same_as<snug::stop_callback_for_t<snug::stop_token, void (*)()>, plain_callback>);
static_assert(std::same_as<plain_callback::callback_type, void (*)()>);
static_assert(!std::is_move_constructible_v<plain_callback> && !std::is_move_assignable_v<plain_callback>);
static_assert(std::is_nothrow_constructible_v<plain_callback, snug::stop_token, void (*)()>);
static_assert(std::is_nothrow_constructible_v<plain_callback, snug::stop_token const &, void (*)()>);
static_assert(!std::is_constructible_v<plain_callback, snug::stop_token, int>);
static_assert(sizeof(snug::stop_token) == 8 && sizeof(snug::stop_source) == 8 &&
              sizeof(snug::detail::stop_state) == 24);
static_assert(sizeof(plain_callback) == 48);

TEST(SharedStopToken, ATokenWithoutAStateNeverStops) {
  snug::stop_token const token;
  EXPECT_FALSE(token.stop_possible());
  EXPECT_FALSE(token.stop_requested());
  EXPECT_EQ(token, snug::stop_token());
  snug::stop_source source(snug::nostopstate);
  EXPECT_FALSE(source.stop_possible());
  EXPECT_FALSE(source.stop_requested());
  EXPECT_FALSE(source.request_stop());
  EXPECT_EQ(source.get_token(), token);
  int calls = 0;
  snug::stop_callback const callback(token, [&] { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(SharedStopToken, AllCopiesShareOneState) {
  snug::stop_source source;
  snug::stop_source const copy = source;
  snug::stop_token const token = source.get_token();
  EXPECT_EQ(copy, source);
  EXPECT_EQ(copy.get_token(), token);
  EXPECT_NE(snug::stop_source(), source);
  EXPECT_TRUE(token.stop_possible());
  EXPECT_TRUE(source.request_stop());
  EXPECT_FALSE(source.request_stop());
  EXPECT_TRUE(token.stop_requested() && copy.stop_requested());
}

TEST(SharedStopToken, AStopIsPossibleWhileThereAreSourcesOrThereWasARequest) {
  std::optional<snug::stop_source> first(std::in_place), second;
  snug::stop_token const token = first->get_token();
  second = *first;
  first.reset();
  EXPECT_TRUE(token.stop_possible());
  snug::stop_source moved = std::move(*second);
  second.reset();
  EXPECT_TRUE(token.stop_possible());
  moved = snug::stop_source(snug::nostopstate);
  EXPECT_FALSE(token.stop_possible());
  snug::stop_token requested;
  {
    snug::stop_source source;
    requested = source.get_token();
    source.request_stop();
  }
  EXPECT_TRUE(requested.stop_possible());
  EXPECT_TRUE(requested.stop_requested());
}

TEST(SharedStopToken, SourcesAndTokensSwap) {
  snug::stop_source first, second(snug::nostopstate);
  snug::stop_token one = first.get_token(), none;
  first.swap(second);
  one.swap(none);
  EXPECT_TRUE(second.stop_possible());
  EXPECT_FALSE(first.stop_possible());
  EXPECT_EQ(none, second.get_token());
  EXPECT_FALSE(one.stop_possible());
}

TEST(SharedStopToken, CallbacksRunOnceAndKeepTheStateAlive) {
  int calls = 0;
  auto count = [&] { ++calls; };
  auto source = std::make_unique<snug::stop_source>();
  snug::stop_callback first(source->get_token(), count);
  {
    snug::stop_callback gone(source->get_token(), count);
  }
  source->request_stop();
  EXPECT_EQ(calls, 1);
  snug::stop_callback late(source->get_token(), count);
  EXPECT_EQ(calls, 2);
  source.reset();
}

TEST(SharedStopToken, ACallbackThatCannotBeMadeThrows) {
  struct thrower {
    thrower() = default;
    thrower(thrower const &) { throw std::runtime_error("no"); }
    void operator()() const {}
  };
  snug::stop_source const source;
  thrower const function;
  EXPECT_THROW(snug::stop_callback<thrower>(source.get_token(), function), std::runtime_error);
}

// A callback may give up everything: the last source, the last token and itself.
TEST(SharedStopToken, ACallbackMayDestroyEverything) {
  struct all {
    std::optional<snug::stop_source> source{std::in_place};
    std::optional<snug::stop_callback<void (*)()>> callback;
  };
  static all *everything;
  everything = new all;
  everything->callback.emplace(everything->source->get_token(), [] {
    delete everything;
    everything = nullptr;
  });
  everything->source->request_stop();
  EXPECT_EQ(everything, nullptr);
}

TEST(SharedStopToken, ManyThreadsComeAndGo) {
  for (int round = 0; round != 100; ++round) {
    std::atomic<int> called = 0, seen = 0;
    snug::stop_source source;
    {
      std::jthread threads[3];
      for (auto &thread : threads) {
        thread = std::jthread([&, copy = source] {
          for (int i = 0; i != 20; ++i) {
            int mine = 0;
            {
              snug::stop_callback const callback(snug::stop_source(copy).get_token(), [&] {
                ++mine;
                ++called;
              });
            }
            seen += mine;
          }
        });
      }
      source.request_stop();
    }
    EXPECT_EQ(called, seen);
  }
}

template <class Token> struct env_of_token {
  Token token;
  Token query(snug::get_stop_token_t) const noexcept { return token; }
};

template <class Source> void stops_when_all() {
  controller control;
  Source source;
  outcome<int, int> result;
  using env = env_of_token<decltype(source.get_token())>;
  auto op = ex::connect(ex::when_all(controlled{&control}, ex::just(1)),
                        recorder<env, int, int>{&result, {source.get_token()}});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  source.request_stop();
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

TEST(SharedStopToken, StopsOperations) { stops_when_all<snug::stop_source>(); }

#ifdef __cpp_lib_jthread
static_assert(snug::stoppable_token<std::stop_token> && !snug::unstoppable_token<std::stop_token>);
static_assert(std::same_as<snug::stop_callback_for_t<std::stop_token, void (*)()>, std::stop_callback<void (*)()>>);

TEST(StdStopToken, StopsOperations) { stops_when_all<std::stop_source>(); }
#endif

} // namespace
