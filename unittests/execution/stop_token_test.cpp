// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stop tokens ([thread.stoptoken.syn], [stoptoken.concepts], [stoptoken.never], [stopsource.inplace],
// [stoptoken.inplace], [stopcallback.inplace]).
#include <snug/stop_token.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>

namespace {

static_assert(snug::stoppable_token<snug::never_stop_token> && snug::unstoppable_token<snug::never_stop_token>);
static_assert(snug::stoppable_token<snug::inplace_stop_token> && !snug::unstoppable_token<snug::inplace_stop_token>);
static_assert(!snug::stoppable_token<int> && !snug::unstoppable_token<int>);

// [stoptoken.concepts]: each thing that can be missing.
struct token_base {
  static constexpr bool stop_requested() noexcept { return false; }
  static bool stop_possible() noexcept { return false; }
  bool operator==(token_base const &) const = default;
};
struct whole_token : token_base {
  template <class> using callback_type = int;
};
struct token_without_callbacks : token_base {};
struct token_that_throws : whole_token {
  static bool stop_requested() { return false; }
};
struct token_that_counts : whole_token {
  static int stop_possible() noexcept { return 0; }
};
struct token_without_equality {
  template <class> using callback_type = int;
  static bool stop_requested() noexcept { return false; }
  static bool stop_possible() noexcept { return false; }
};
struct token_that_moves : whole_token {
  token_that_moves(token_that_moves &&) noexcept = default;
};
struct token_that_copies_and_throws : whole_token {
  token_that_copies_and_throws(token_that_copies_and_throws const &) {}
  token_that_copies_and_throws &operator=(token_that_copies_and_throws const &) = default;
};
static_assert(snug::stoppable_token<whole_token> && !snug::unstoppable_token<whole_token>);
static_assert(!snug::stoppable_token<token_without_callbacks> && !snug::stoppable_token<token_that_throws> &&
              !snug::stoppable_token<token_that_counts> && !snug::stoppable_token<token_without_equality> &&
              !snug::stoppable_token<token_that_moves> && !snug::stoppable_token<token_that_copies_and_throws>);

// [stoptoken.never]
static_assert(snug::never_stop_token() == snug::never_stop_token());
static_assert(std::is_empty_v<snug::never_stop_token> && std::is_trivially_copyable_v<snug::never_stop_token>);
static_assert(std::is_nothrow_constructible_v<snug::stop_callback_for_t<snug::never_stop_token, void (*)()>,
                                              snug::never_stop_token, void (*)()>);

// [stopsource.inplace], [stoptoken.inplace], [stopcallback.inplace]
using plain_callback = snug::inplace_stop_callback<void (*)()>;
static_assert(std::is_same_v<snug::stop_callback_for_t<snug::inplace_stop_token, void (*)()>, plain_callback>);
static_assert(std::is_same_v<plain_callback::callback_type, void (*)()>);
static_assert(!std::is_copy_constructible_v<plain_callback> && !std::is_move_constructible_v<plain_callback> &&
              !std::is_copy_assignable_v<plain_callback> && !std::is_move_assignable_v<plain_callback>);
static_assert(!std::is_copy_constructible_v<snug::inplace_stop_source> &&
              !std::is_move_constructible_v<snug::inplace_stop_source> &&
              !std::is_copy_assignable_v<snug::inplace_stop_source> &&
              !std::is_move_assignable_v<snug::inplace_stop_source>);
static_assert(std::is_nothrow_constructible_v<plain_callback, snug::inplace_stop_token, void (*)()>);
static_assert(!std::is_constructible_v<plain_callback, snug::inplace_stop_token, int>);
static_assert(!std::is_convertible_v<snug::inplace_stop_source *, snug::inplace_stop_token>);
static_assert(snug::inplace_stop_source::stop_possible() && noexcept(snug::inplace_stop_source().request_stop()));
static_assert(
    std::is_same_v<decltype(snug::inplace_stop_callback(snug::inplace_stop_token(), +[] {})), plain_callback>);

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

TEST(StopToken, TokensSwap) {
  snug::inplace_stop_source source;
  snug::inplace_stop_token token = source.get_token(), none;
  token.swap(none);
  EXPECT_EQ(none, source.get_token());
  EXPECT_FALSE(token.stop_possible());
}

// The function is called with the value category of CallbackFn, and may be a reference.
TEST(StopToken, CallbacksAreForwarded) {
  struct function {
    int lvalues = 0;
    int *rvalues;
    void operator()() & { ++lvalues; }
    void operator()() && { ++*rvalues; }
  };
  int rvalues = 0;
  function f{0, &rvalues};
  snug::inplace_stop_source source;
  snug::inplace_stop_callback<function> const by_value(source.get_token(), f);
  snug::inplace_stop_callback<function &> const by_reference(source.get_token(), f);
  source.request_stop();
  EXPECT_EQ(f.lvalues, 1);
  EXPECT_EQ(rvalues, 1);
}

TEST(StopToken, ACallbackThatCannotBeMadeThrowsAndIsNotRegistered) {
  struct thrower {
    thrower() = default;
    thrower(thrower const &) { throw std::runtime_error("no"); }
    void operator()() const { ADD_FAILURE(); }
  };
  static_assert(!std::is_nothrow_constructible_v<snug::inplace_stop_callback<thrower>, snug::inplace_stop_token,
                                                 thrower const &>);
  snug::inplace_stop_source source;
  thrower const function;
  EXPECT_THROW(snug::inplace_stop_callback<thrower>(source.get_token(), function), std::runtime_error);
  source.request_stop();
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
