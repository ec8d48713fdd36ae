// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of stop tokens that are joined, and of senders that follow them ([exec.stop.when]).
#include <snug/execution/joined_stop_token.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/stop_when.hpp>
#include <snug/execution/when_all.hpp>
#include <snug/execution/write_env.hpp>

#include "asks_when_connected.hpp"
#include "test_receivers.hpp"
#include "until_stopped.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// The standard library's token, as a stoppable_token.
struct standard_token {
  template <class Fn> struct callback_type {
    callback_type(standard_token token, auto &&init) noexcept : callback(token.token, init) {}
    std::stop_callback<Fn> callback;
  };
  std::stop_token token;
  bool stop_requested() const noexcept { return token.stop_requested(); }
  bool stop_possible() const noexcept { return token.stop_possible(); }
  friend bool operator==(standard_token const &, standard_token const &) = default;
};

// Registering throws.
struct throwing_token {
  template <class> struct callback_type {
    callback_type(throwing_token, auto &&) { throw std::runtime_error("no callback"); }
  };
  static bool stop_requested() noexcept { return false; }
  static bool stop_possible() noexcept { return true; }
  friend bool operator==(throwing_token, throwing_token) = default;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

namespace ex = snug::execution;
using namespace snug_test;

namespace {

using ex::detail::joined_stop_token;
using ex::detail::stop_when;
using inplace = snug::inplace_stop_token;
using both = joined_stop_token<inplace, inplace>;

static_assert(snug::stoppable_token<both> && !snug::unstoppable_token<both>);
static_assert(sizeof(both) == 2 * sizeof(void *));
static_assert(sizeof(both::callback_type<void (*)()>) == 10 * sizeof(void *));

struct two_sources {
  snug::inplace_stop_source first;
  snug::inplace_stop_source second;
  both token() const { return {first.get_token(), second.get_token()}; }
};

TEST(JoinedStopToken, IsRequestedWhenEitherIs) {
  for (bool const ask_first : {true, false}) {
    two_sources sources;
    EXPECT_FALSE(sources.token().stop_requested());
    EXPECT_TRUE(sources.token().stop_possible());
    EXPECT_TRUE(both({}, sources.second.get_token()).stop_possible());
    EXPECT_FALSE(both({}, {}).stop_possible());
    EXPECT_TRUE((ask_first ? sources.first : sources.second).request_stop());
    EXPECT_TRUE(sources.token().stop_requested());
  }
}

TEST(JoinedStopToken, IsEqualWhereBothAre) {
  two_sources sources;
  EXPECT_EQ(sources.token(), sources.token());
  EXPECT_NE(sources.token(), both(sources.second.get_token(), sources.first.get_token()));
}

TEST(JoinedStopCallback, CallsOnce) {
  two_sources sources;
  int calls = 0;
  auto count = [&] { ++calls; };
  both::callback_type<decltype(count)> callback(sources.token(), count);
  EXPECT_EQ(calls, 0);
  sources.second.request_stop();
  EXPECT_EQ(calls, 1);
  sources.first.request_stop();
  EXPECT_EQ(calls, 1);
}

TEST(JoinedStopCallback, CallsInTheConstructorWhereAStopWasRequested) {
  two_sources sources;
  sources.first.request_stop();
  sources.second.request_stop();
  int calls = 0;
  auto count = [&] { ++calls; };
  both::callback_type<decltype(count)> callback(sources.token(), count);
  EXPECT_EQ(calls, 1);
}

TEST(JoinedStopCallback, IsSilentOnceItIsGone) {
  two_sources sources;
  int calls = 0;
  auto count = [&] { ++calls; };
  {
    both::callback_type<decltype(count)> callback(sources.token(), count);
  }
  sources.first.request_stop();
  sources.second.request_stop();
  EXPECT_EQ(calls, 0);
}

TEST(JoinedStopCallback, MayDestroyItself) {
  two_sources sources;
  int calls = 0;
  struct destroyer;
  using callback = both::callback_type<destroyer>;
  struct destroyer {
    std::optional<callback> *self;
    two_sources *sources;
    int *calls;
    void operator()() const noexcept {
      ++*calls;
      sources->first.request_stop(); // enters the other hook on this very thread
      self->reset();
    }
  };
  std::optional<callback> self;
  self.emplace(sources.token(), destroyer{&self, &sources, &calls});
  sources.second.request_stop();
  EXPECT_FALSE(self.has_value());
  EXPECT_EQ(calls, 1);
}

TEST(JoinedStopCallback, TakesTokensOfOtherPeople) {
  std::stop_source standard;
  snug::inplace_stop_source own;
  using mixed = joined_stop_token<standard_token, inplace>;
  static_assert(snug::stoppable_token<mixed> && snug::stoppable_token<joined_stop_token<both, mixed>>);
  int calls = 0;
  auto count = [&] { ++calls; };
  mixed::callback_type<decltype(count)> callback(mixed({standard.get_token()}, own.get_token()), count);
  standard.request_stop();
  own.request_stop();
  EXPECT_EQ(calls, 1);
}

TEST(JoinedStopCallback, LeavesNothingBehindWhereRegisteringThrows) {
  snug::inplace_stop_source source;
  using token = joined_stop_token<inplace, throwing_token>;
  int calls = 0;
  auto count = [&] { ++calls; };
  using callback = token::callback_type<decltype(count)>;
  static_assert(!std::is_nothrow_constructible_v<callback, token, decltype(count)>);
  EXPECT_THROW(callback(token(source.get_token(), {}), count), std::runtime_error);
  source.request_stop();
  EXPECT_EQ(calls, 0);
}

// Both sources are asked at once, while a third thread gives the callback up.
TEST(JoinedStopCallback, RacesWithBothSourcesAndItsEnd) {
  for (int round = 0; round != 200; ++round) {
    two_sources sources;
    int calls = 0;
    auto count = [&] { ++calls; }; // unguarded: called once, and never after the callback is gone
    std::optional<both::callback_type<decltype(count)>> callback(std::in_place, sources.token(), count);
    std::thread first([&] { sources.first.request_stop(); });
    std::thread second([&] { sources.second.request_stop(); });
    callback.reset();
    int const seen = calls;
    first.join();
    second.join();
    EXPECT_EQ(calls, seen);
    EXPECT_LE(calls, 1);
  }
}

TEST(StopWhen, ATokenThatNeverAsksChangesNothing) {
  static_assert(std::same_as<decltype(stop_when(ex::just(1), snug::never_stop_token())), decltype(ex::just(1))>);
  EXPECT_EQ(run<int>(stop_when(ex::just(1), snug::never_stop_token())).value(), 1);
}

TEST(StopWhen, TheTokenStandsAloneWhereTheReceiverNeverAsks) {
  snug::inplace_stop_source source;
  auto const asks = stop_when(ex::read_env(snug::get_stop_token), source.get_token());
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(asks), ex::env<>>,
                             ex::completion_signatures<ex::set_value_t(inplace)>>);
  EXPECT_EQ(run<inplace>(asks).value(), source.get_token());
  EXPECT_EQ(run<int>(stop_when(polling{3}, source.get_token())).value(), 3);
  source.request_stop();
  EXPECT_TRUE(run<int>(stop_when(polling{3}, source.get_token())).stopped);
}

TEST(StopWhen, StopsWhenEitherTokenAsks) {
  for (bool const ask_first : {true, false}) {
    two_sources sources;
    auto const sndr = stop_when(polling{3}, sources.first.get_token());
    EXPECT_EQ(run<int>(sndr, token_env{sources.second.get_token()}).value(), 3);
    (ask_first ? sources.first : sources.second).request_stop();
    EXPECT_TRUE(run<int>(sndr, token_env{sources.second.get_token()}).stopped);
  }
}

TEST(StopWhen, AnswersWhileTheSenderIsConnected) {
  two_sources sources;
  using asks = asks_when_connected<snug::get_stop_token_t>;
  EXPECT_EQ(run<inplace>(stop_when(asks{}, sources.first.get_token())).value(), sources.first.get_token());
  EXPECT_EQ(run<both>(stop_when(asks{}, sources.first.get_token()), token_env{sources.second.get_token()}).value(),
            sources.token());
}

TEST(StopWhen, RunningChildrenAreStopped) {
  for (bool const ask_first : {true, false}) {
    two_sources sources;
    outcome<> result;
    auto op = ex::connect(stop_when(ex::when_all(until_stopped{}, until_stopped{}), sources.first.get_token()),
                          recorder<token_env>{&result, {sources.second.get_token()}});
    ex::start(op);
    EXPECT_EQ(result.completions, 0);
    (ask_first ? sources.first : sources.second).request_stop();
    EXPECT_TRUE(result.stopped);
    EXPECT_EQ(result.completions, 1);
  }
}

struct number_t {
  template <class Env>
    requires requires(Env const &env, number_t query) { env.query(query); }
  constexpr int operator()(Env const &env) const noexcept {
    return env.query(*this);
  }
  static constexpr bool query(snug::forwarding_query_t) noexcept { return true; }
};

TEST(StopWhen, LeavesOtherQueriesAndTheAttributesAlone) {
  snug::inplace_stop_source source;
  EXPECT_EQ(run<int>(stop_when(ex::read_env(number_t{}), source.get_token()), ex::prop(number_t{}, 4)).value(), 4);
  struct described : decltype(ex::just()){constexpr auto get_env() const noexcept {return ex::prop(number_t{}, 5);
}
}; // namespace
EXPECT_EQ(number_t{}(ex::get_env(stop_when(described{ex::just()}, source.get_token()))), 5);
}

TEST(StopWhen, WorksAboveAndBelowSendersThatKnowNothingOfInlining) {
  snug::inplace_stop_source source;
  EXPECT_EQ(run<int>(stop_when(foreign{4}, source.get_token())).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(stop_when(ex::just(4), source.get_token()))).value(), 4);
}

TEST(StopWhen, SizesAreTheTokenAndTheChild) {
  using sndr = decltype(stop_when(ex::just(1), inplace()));
#if SNUG_STORE_RECEIVERS
  EXPECT_EQ(size_of_op<sndr>, 24U);
#else
  EXPECT_EQ(size_of_op<sndr>, 16U);
#endif
}

} // namespace
