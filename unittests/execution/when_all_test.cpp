// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of when_all ([exec.when.all]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "asks_when_connected.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(WhenAll, JoinsTheValues) {
  auto const result =
      run<int, std::string, long>(ex::when_all(ex::just(1, std::string("two")), ex::just(), ex::just(3L)));
  EXPECT_EQ(result.values, std::tuple(1, std::string("two"), 3L));
}

TEST(WhenAll, TakesOneSender) { EXPECT_EQ(run<int>(ex::when_all(ex::just(1))).value(), 1); }

TEST(WhenAll, TheFirstErrorWins) {
  auto const result = run<int>(ex::when_all(ex::just(1), ex::just_error(7), ex::just_error(8), ex::just_stopped()));
  EXPECT_EQ(result.int_error, 7);
  EXPECT_EQ(result.completions, 1);
  EXPECT_FALSE(result.stopped);
}

TEST(WhenAll, AnErrorAsksTheOthersToStop) {
  auto const result = run<int, int>(ex::when_all(ex::just_error(7), polling{1}));
  EXPECT_EQ(result.int_error, 7);
  // Started before the error, the other one is not asked in time.
  EXPECT_EQ((run<int, int>(ex::when_all(polling{1}, ex::just_error(7))).int_error), 7);
  EXPECT_EQ((run<int, int>(ex::when_all(polling{1}, polling{2})).values), std::tuple(1, 2));
}

TEST(WhenAll, StopsWhereAChildWasStopped) {
  auto const result = run<int, int>(ex::when_all(ex::just_stopped(), polling{1}));
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

TEST(WhenAll, KeepingAValueMayThrow) {
  struct thrower {
    thrower() = default;
    thrower(thrower &&) noexcept(false) {}
    thrower(thrower const &) { throw std::runtime_error("no copy"); }
  };
  static thrower const one;
  auto lvalue = ex::just() | ex::then([]() noexcept -> thrower const & { return one; });
  auto const result = run<thrower, int>(ex::when_all(std::move(lvalue), ex::just(1)));
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
}

TEST(WhenAll, DestroysValuesThatAreNotSent) {
  auto const counter = std::make_shared<int>(1);
  EXPECT_EQ((run<std::shared_ptr<int>, int>(
                 ex::when_all(ex::just(counter), ex::just_error(3) | ex::then([](int x) noexcept { return x; })))
                 .int_error),
            3);
  EXPECT_EQ(counter.use_count(), 1);
  {
    auto result = run<std::shared_ptr<int>, int>(ex::when_all(ex::just(counter), polling{2}));
    EXPECT_EQ(counter.use_count(), 2);
  }
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(WhenAll, DoesNotStartWhereAStopWasRequestedBefore) {
  snug::inplace_stop_source source;
  source.request_stop();
  int started = 0;
  auto const result =
      run<int, int>(ex::when_all(polling{1} | ex::then([&](int x) noexcept { return ++started, x; }), polling{2}),
                    token_env{source.get_token()});
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(started, 0);
}

// A leaf that waits until it is asked to stop.
template <class Rcvr> class waiting_op : public ex::inlinable_operation_state<waiting_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<waiting_op, Rcvr>;
  struct on_stop {
    waiting_op *op;
    void operator()() noexcept {
      waiting_op *const self = op;
      self->callback_.reset(); // destroys this function object
      auto &&rcvr = self->receiver_base::get_receiver();
      ex::set_stopped(std::move(rcvr));
    }
  };
  std::optional<snug::stop_callback_for_t<snug::stop_token_of_t<ex::env_of_t<Rcvr>>, on_stop>> callback_;

public:
  template <class Sndr> waiting_op(Sndr const &, Rcvr rcvr) : receiver_base(std::move(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    auto const token = snug::get_stop_token(ex::get_env(rcvr));
    if (token.stop_requested()) {
      ex::set_stopped(std::move(rcvr));
    } else {
      callback_.emplace(token, on_stop{this});
    }
  }
};
struct waiting {
  using sender_concept = ex::sender_tag;
  using in_place_self = waiting;
  template <class, class Rcvr> using operation_for = waiting_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_stopped_t()>;
};

TEST(WhenAll, AStopFromOutsideReachesTheChildren) {
  snug::inplace_stop_source source;
  outcome<int> result;
  // On the heap: the completion runs inside request_stop() and must not be followed by an access.
  using op_t =
      ex::connect_result_t<decltype(ex::when_all(waiting{}, waiting{}, ex::just(1))), recorder<token_env, int>>;
  auto op = std::unique_ptr<op_t>(new op_t(ex::connect(ex::when_all(waiting{}, waiting{}, ex::just(1)),
                                                       recorder<token_env, int>{&result, {source.get_token()}})));
  ex::start(*op);
  EXPECT_EQ(result.completions, 0);
  source.request_stop();
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.completions, 1);
}

struct destroyer {
  using receiver_concept = ex::receiver_tag;
  void (*destroy)(void *);
  void *op;
  snug::inplace_stop_token token;
  int *stops;
  void set_value(int) && noexcept { destroy(op); }
  void set_stopped() && noexcept {
    ++*stops;
    destroy(op);
  }
  token_env get_env() const noexcept { return {token}; }
};

TEST(WhenAll, MayBeDestroyedInsideTheStopFromOutside) {
  snug::inplace_stop_source source;
  int stops = 0;
  using op_t = ex::connect_result_t<decltype(ex::when_all(waiting{}, waiting{}, ex::just(1))), destroyer>;
  void *const memory = ::operator new(sizeof(op_t));
  auto *const op = ::new (memory)
      op_t(ex::connect(ex::when_all(waiting{}, waiting{}, ex::just(1)), destroyer{[](void *p) {
                                                                                    static_cast<op_t *>(p)->~op_t();
                                                                                    ::operator delete(p);
                                                                                  },
                                                                                  memory, source.get_token(), &stops}));
  ex::start(*op);
  source.request_stop();
  EXPECT_EQ(stops, 1);
}

// std::stop_token lacks callback_type in C++20; this one adds it, as C++26 does.
struct library_token : std::stop_token {
  template <class F> using callback_type = std::stop_callback<F>;
  explicit library_token(std::stop_token token) : std::stop_token(std::move(token)) {}
};
struct library_token_env {
  library_token token;
  library_token query(snug::get_stop_token_t) const noexcept { return token; }
};

TEST(WhenAll, ListensToAnyStoppableToken) {
  static_assert(snug::stoppable_token<library_token> && !snug::unstoppable_token<library_token>);
  std::stop_source source;
  outcome<int> result;
  auto op = ex::connect(ex::when_all(waiting{}, ex::just(1)),
                        recorder<library_token_env, int>{&result, {library_token(source.get_token())}});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  source.request_stop();
  EXPECT_TRUE(result.stopped);
}

TEST(WhenAll, CompletionSignaturesAreExact) {
  static_assert(completes_with<decltype(ex::when_all(ex::just(1), ex::just('a'))), ex::set_value_t(int &&, char &&)>);
  static_assert(completes_with<decltype(ex::when_all(ex::just(1), ex::just_error('a'))), ex::set_error_t(char)>);
  static_assert(completes_with<decltype(ex::when_all(ex::just(1), polling{})), ex::set_value_t(int &&, int &&),
                               ex::set_stopped_t()>);
  static_assert(completes_with<decltype(ex::when_all(ex::just(1),
                                                     ex::just(std::string()) | ex::then([](std::string const &) {}))),
                               ex::set_value_t(int &&), ex::set_error_t(std::exception_ptr)>);
  // A stoppable token outside matters where something can fail.
  static_assert(
      std::same_as<ex::completion_signatures_of_t<decltype(ex::when_all(ex::just(1), ex::just_error('a'))), token_env>,
                   ex::completion_signatures<ex::set_error_t(char), ex::set_stopped_t()>>);
}

TEST(WhenAll, ChildrenThatCannotFailGetTheTokenFromOutside) {
  auto const result = run<snug::never_stop_token>(ex::when_all(ex::read_env(snug::get_stop_token)));
  EXPECT_TRUE(result.values.has_value());
  auto const own = run<snug::inplace_stop_token, int>(ex::when_all(ex::read_env(snug::get_stop_token), polling{1}));
  EXPECT_TRUE(std::get<0>(own.values.value()).stop_possible());
}

TEST(WhenAll, HandsOtherQueriesOn) {
  auto const result = snug::this_thread::sync_wait(
      ex::when_all(ex::read_env(ex::get_scheduler) | ex::then([](auto) noexcept { return 1; }), polling{2}));
  EXPECT_EQ(result, std::tuple(1, 2));
}

TEST(WhenAll, TakesForeignSenders) {
  EXPECT_EQ((run<int, int, int>(ex::when_all(foreign{1}, foreign{2}, foreign_wrapper{ex::just(3)})).values),
            std::tuple(1, 2, 3));
}

TEST(WhenAll, AChildMayAskForItsTokenWhileItIsConnected) {
  bool asked = true;
  auto const connect = [&](outcome<> &result) {
    return ex::connect(ex::when_all(asks_when_connected<is_stop_requested>{} |
                                        ex::then([&](bool was_requested) noexcept { asked = was_requested; }),
                                    ex::just_error(7)),
                       recorder<ex::env<>>{&result});
  };
  outcome<> result;
  using op = decltype(connect(result));
  // In bytes that, read before there is a stop source, say that a stop was requested.
  alignas(op) unsigned char bytes[sizeof(op)];
  std::memset(bytes, 0xff, sizeof(bytes));
  op *const made = ::new (static_cast<void *>(bytes)) op(connect(result));
  ex::start(*made);
  EXPECT_FALSE(asked);
  EXPECT_EQ(result.int_error, 7);
  std::destroy_at(made);
}

TEST(WhenAll, ManyThreadsArrive) {
  for (int round = 0; round != 200; ++round) {
    ex::run_loop loops[3];
    std::atomic<int> sum = 0;
    auto branch = [&](int i) {
      return ex::schedule(loops[i].get_scheduler()) | ex::then([&sum, i]() noexcept {
               sum += i;
               return i;
             });
    };
    std::jthread threads[3];
    for (int i = 0; i != 3; ++i) {
      threads[i] = std::jthread([&loops, i] { loops[i].run(); });
    }
    auto const result = snug::this_thread::sync_wait(ex::when_all(branch(0), branch(1), branch(2), polling{3}));
    EXPECT_EQ(result, std::tuple(0, 1, 2, 3));
    EXPECT_EQ(sum, 3);
    for (auto &loop : loops) {
      loop.finish();
    }
  }
}

TEST(WhenAll, AStopFromOutsideRacesWithCompletion) {
  for (int round = 0; round != 500; ++round) {
    ex::run_loop loop;
    snug::inplace_stop_source source;
    outcome<int, int> result;
    auto op = ex::connect(ex::when_all(ex::schedule(loop.get_scheduler()) | ex::then([]() noexcept { return 1; }),
                                       ex::schedule(loop.get_scheduler()) | ex::then([]() noexcept { return 2; })),
                          recorder<token_env, int, int>{&result, {source.get_token()}});
    ex::start(op);
    std::jthread stopper([&] { source.request_stop(); });
    loop.finish();
    loop.run();
    stopper.join();
    EXPECT_EQ(result.completions, 1);
  }
}

} // namespace
