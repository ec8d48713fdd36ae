// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stop tokens ([stoptoken.never], [stopsource.inplace], [stoptoken.inplace], [stopcallback.inplace]).
#include <snug/stop_token.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

namespace {

static_assert(snug::stoppable_token<snug::never_stop_token> && snug::unstoppable_token<snug::never_stop_token>);
static_assert(snug::stoppable_token<snug::inplace_stop_token> && !snug::unstoppable_token<snug::inplace_stop_token>);
static_assert(!snug::stoppable_token<int>);

static_assert(sizeof(snug::inplace_stop_source) == 2 * sizeof(void *));
static_assert(sizeof(snug::inplace_stop_token) == sizeof(void *));
struct shares_padding : snug::inplace_stop_source {
  char a = 0, b = 0, c = 0;
};
static_assert(sizeof(shares_padding) == sizeof(snug::inplace_stop_source));

TEST(StopToken, ATokenOfNoSourceNeverStops) {
  snug::inplace_stop_token const token;
  EXPECT_FALSE(token.stop_possible());
  EXPECT_FALSE(token.stop_requested());
  int calls = 0;
  snug::inplace_stop_callback callback(token, [&] { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(StopToken, RequestStopSucceedsOnce) {
  snug::inplace_stop_source source;
  auto const token = source.get_token();
  EXPECT_TRUE(token.stop_possible());
  EXPECT_FALSE(token.stop_requested());
  EXPECT_TRUE(source.request_stop());
  EXPECT_FALSE(source.request_stop());
  EXPECT_TRUE(token.stop_requested());
  EXPECT_EQ(token, source.get_token());
  EXPECT_NE(token, snug::inplace_stop_token());
}

TEST(StopToken, CallbacksRunOnce) {
  snug::inplace_stop_source source;
  int calls = 0;
  auto count = [&] { ++calls; };
  snug::inplace_stop_callback first(source.get_token(), count);
  {
    snug::inplace_stop_callback gone(source.get_token(), count);
  }
  snug::inplace_stop_callback last(source.get_token(), count);
  source.request_stop();
  EXPECT_EQ(calls, 2);
  snug::inplace_stop_callback late(source.get_token(), count);
  EXPECT_EQ(calls, 3);
}

struct destroys_itself {
  std::optional<snug::inplace_stop_callback<destroys_itself>> *self;
  void operator()() const noexcept { self->reset(); }
};

TEST(StopToken, ACallbackMayDestroyItselfAndOthers) {
  snug::inplace_stop_source source;
  std::optional<snug::inplace_stop_callback<destroys_itself>> first, second;
  second.emplace(source.get_token(), destroys_itself{&first}); // destroys the one that ran before it
  first.emplace(source.get_token(), destroys_itself{&first});
  source.request_stop();
  EXPECT_FALSE(first.has_value());
  EXPECT_TRUE(second.has_value());
}

TEST(StopToken, ACallbackMayAskForTheTokenAndForAStop) {
  snug::inplace_stop_source source;
  bool requested = false, again = true;
  snug::inplace_stop_callback callback(source.get_token(), [&] {
    requested = source.stop_requested();
    again = source.request_stop();
  });
  EXPECT_TRUE(source.request_stop());
  EXPECT_TRUE(requested);
  EXPECT_FALSE(again);
}

TEST(StopToken, DestructionWaitsForTheCallback) {
  for (int round = 0; round != 200; ++round) {
    snug::inplace_stop_source source;
    std::atomic<int> inside = 0;
    bool finished = false;
    std::jthread stopper;
    {
      snug::inplace_stop_callback callback(source.get_token(), [&] {
        inside = 1;
        std::this_thread::yield();
        finished = true; // a race with the read below, were it not for the wait
      });
      stopper = std::jthread([&] { source.request_stop(); });
      while (inside == 0) {
        std::this_thread::yield();
      }
    }
    EXPECT_TRUE(finished);
  }
}

TEST(StopToken, ManyThreadsRegisterWhileOneStops) {
  for (int round = 0; round != 100; ++round) {
    snug::inplace_stop_source source;
    std::atomic<int> called = 0, seen = 0;
    std::jthread threads[3];
    for (auto &thread : threads) {
      thread = std::jthread([&] {
        for (int i = 0; i != 50; ++i) {
          int mine = 0;
          {
            snug::inplace_stop_callback callback(source.get_token(), [&] {
              ++mine;
              ++called;
            });
            snug::inplace_stop_callback other(source.get_token(), [] {});
          }
          seen += mine;
        }
      });
    }
    source.request_stop();
    for (auto &thread : threads) {
      thread.join();
    }
    EXPECT_EQ(called, seen);
  }
}

constexpr int stop_at_compile_time() {
  snug::inplace_stop_source source;
  int calls = 0;
  auto count = [&] { ++calls; };
  snug::inplace_stop_callback first(source.get_token(), count);
  {
    snug::inplace_stop_callback gone(source.get_token(), count);
  }
  bool const before = source.stop_requested();
  source.request_stop();
  snug::inplace_stop_callback late(source.get_token(), count);
  return before ? -1 : calls;
}
static_assert(stop_at_compile_time() == 2);

} // namespace
