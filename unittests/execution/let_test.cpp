// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of let_value, let_error and let_stopped ([exec.let]).
#include <snug/execution.hpp>

#include "asks_when_connected.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

constexpr char const *long_text = "long enough to be allocated on the heap";

auto let1(int const *v) {
  return ex::let_value(ex::just(v[0]), [b = v[1]](int &x) noexcept { return ex::just(x + b); });
}
auto let3(int const *v) {
  return ex::let_value(ex::just(v[0]), [b = v[1], c = v[2], d = v[3]](int &x) noexcept {
    return ex::let_value(ex::just(x + b), [c, d](int &y) noexcept {
      return ex::let_value(ex::just(y ^ c), [d](int &z) noexcept { return ex::just(z + d); });
    });
  });
}
auto counted(std::shared_ptr<int> counter) {
  return [counter = std::move(counter)](auto &...) noexcept { return ex::just(counter); };
}

// Copies of it throw while `left` is 0.
struct throws_when_copied {
  int *left;
  explicit throws_when_copied(int *l) : left(l) {}
  throws_when_copied(throws_when_copied const &other) : left(other.left) {
    if ((*left)-- == 0) {
      throw std::runtime_error("copy");
    }
  }
};

TEST(Let, ValueGoesOnWithTheSenderReturned) {
  EXPECT_EQ(run<int>(ex::just(3, 4) | ex::let_value([](int &a, int &b) noexcept { return ex::just(a * b); })).value(),
            12);
  EXPECT_EQ(run<int>(ex::just() | ex::let_value([]() noexcept { return ex::just(5); })).value(), 5);
}

TEST(Let, ErrorAndStoppedGoOn) {
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::let_error([](int &e) noexcept { return ex::just(e + 1); })).value(), 8);
  EXPECT_EQ(run<int>(ex::just_stopped() | ex::let_stopped([]() noexcept { return ex::just(9); })).value(), 9);
}

TEST(Let, PassesOtherCompletionsOn) {
  auto never = [](auto &...) noexcept { return ex::just(0); };
  EXPECT_EQ(run<int>(ex::just_error(7) | ex::let_value(never)).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just_stopped() | ex::let_value(never)).stopped);
  EXPECT_EQ(run<int>(ex::just(5) | ex::let_error(never)).value(), 5);
  EXPECT_EQ(run<std::string>(ex::just(std::string(long_text)) | ex::let_stopped(never)).value(), long_text);
}

TEST(Let, PassesOnWhateverTheSecondCompletesWith) {
  EXPECT_EQ(run<int>(ex::just(7) | ex::let_value([](int &x) noexcept { return ex::just_error(x); })).int_error, 7);
  EXPECT_TRUE(run<int>(ex::just(7) | ex::let_value([](int &) noexcept { return ex::just_stopped(); })).stopped);
}

TEST(Let, Nests) {
  int const v[] = {1, 2, 3, 4};
  EXPECT_EQ(run<int>(let1(v)).value(), 3);
  EXPECT_EQ(run<int>(let3(v)).value(), ((1 + 2) ^ 3) + 4);
}

TEST(Let, TheArgumentsOutliveTheSecondOperation) {
  auto result = run<std::string>(ex::just(std::string(long_text)) | ex::let_value([](std::string &s) noexcept {
                                   return ex::just(&s) | ex::then([](std::string *p) { return *p + "!"; });
                                 }));
  EXPECT_EQ(result.value(), std::string(long_text) + "!");
}

TEST(Let, TheCallableOutlivesTheSecondOperation) {
  struct callable {
    std::string text;
    auto operator()() noexcept {
      return ex::just() | ex::then([this]() { return text; });
    }
  };
  EXPECT_EQ(run<std::string>(ex::just() | ex::let_value(callable{long_text})).value(), long_text);
}

TEST(Let, MovesValuesThatCannotBeCopied) {
  auto result = run<std::unique_ptr<int>>(ex::just(std::make_unique<int>(4)) |
                                          ex::let_value([extra = std::make_unique<int>(2)](std::unique_ptr<int> &p) {
                                            *p += *extra;
                                            return ex::just(std::move(p));
                                          }));
  EXPECT_EQ(*std::get<0>(result.values.value()), 6);
}

TEST(Let, CopiesASenderThatIsAnLvalue) {
  auto const sndr = ex::just(std::string("ab")) | ex::let_value([](std::string &s) { return ex::just(s + "c"); });
  EXPECT_EQ(run<std::string>(sndr).value(), "abc");
  EXPECT_EQ(run<std::string>(sndr).value(), "abc");
}

TEST(Let, AThrowingCallableBecomesAnError) {
  auto const counter = std::make_shared<int>(0);
  auto const result =
      run<int>(ex::just(std::string(long_text)) |
               ex::let_value([kept = std::shared_ptr<int>(counter)](std::string &) -> decltype(ex::just(1)) {
                 throw std::runtime_error("call");
               }));
  ASSERT_TRUE(result.error);
  EXPECT_THROW(std::rethrow_exception(result.error), std::runtime_error);
  EXPECT_EQ(result.completions, 1);
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(Let, AThrowingCopyOfTheArgumentsBecomesAnError) {
  int left = 1000;
  throws_when_copied value(&left);
  auto first =
      ex::just(std::string(long_text)) | ex::then([&](std::string) noexcept -> throws_when_copied & { return value; });
  left = 0;
  auto const result =
      run<int>(std::move(first) | ex::let_value([](throws_when_copied &) noexcept { return ex::just(1); }));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.completions, 1);
}

TEST(Let, AThrowingConnectBecomesAnError) {
  int left = 1000;
  auto second = ex::just(throws_when_copied(&left));
  auto const counter = std::make_shared<int>(0);
  // An lvalue: only connecting copies.
  auto sndr = ex::just(counter) | ex::let_value([&](std::shared_ptr<int> &) noexcept -> decltype(second) & {
                left = 0;
                return second;
              });
  static_assert(
      completes_with<decltype(sndr), ex::set_value_t(throws_when_copied), ex::set_error_t(std::exception_ptr)>);
  auto const result = run<throws_when_copied>(std::move(sndr));
  ASSERT_TRUE(result.error);
  EXPECT_FALSE(result.values.has_value());
  EXPECT_EQ(counter.use_count(), 1);
}

TEST(Let, DestroysEverythingOnce) {
  auto const counter = std::make_shared<int>(0);
  {
    auto sndr = ex::just(counter) | ex::let_value(counted(counter)) | ex::let_value(counted(counter));
    {
      // Connected and never started.
      outcome<std::shared_ptr<int>> result;
      auto op = ex::connect(sndr, recorder<ex::env<>, std::shared_ptr<int>>{&result});
      EXPECT_EQ(counter.use_count(), 7);
    }
    EXPECT_EQ(counter.use_count(), 4);
    EXPECT_EQ(run<std::shared_ptr<int>>(std::move(sndr)).value(), counter);
  }
  EXPECT_EQ(counter.use_count(), 1);
}

// Completes with a number or with a text.
struct either_way {
  using sender_concept = ex::sender_tag;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(int), ex::set_value_t(std::string), ex::set_value_t(int &)>;
  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    int which;
    void start() noexcept {
      if (which == 0) {
        ex::set_value(std::move(rcvr), 1);
      } else if (which == 1) {
        ex::set_value(std::move(rcvr), std::string(long_text));
      } else {
        ex::set_value(std::move(rcvr), which);
      }
    }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), which}; }
  int which;
};
struct name_of {
  auto operator()(int &x) const { return ex::just(std::to_string(x)); }
  auto operator()(std::string &s) const {
    return ex::just(s) | ex::then([](std::string t) noexcept { return t + "!"; });
  }
};

TEST(Let, EachShapeOfValuesHasItsOwnSecondOperation) {
  EXPECT_EQ(run<std::string>(either_way{0} | ex::let_value(name_of{})).value(), "1");
  EXPECT_EQ(run<std::string>(either_way{1} | ex::let_value(name_of{})).value(), std::string(long_text) + "!");
  EXPECT_EQ(run<std::string>(either_way{2} | ex::let_value(name_of{})).value(), "2");
}

TEST(Let, ForeignSendersWork) {
  EXPECT_EQ(run<int>(foreign{3} | ex::let_value([](int &x) noexcept { return foreign{x + 1}; })).value(), 4);
  EXPECT_EQ(run<int>(foreign_wrapper(ex::just(3)) |
                     ex::let_value([](int &x) noexcept { return foreign_wrapper(ex::just(x + 1)); }))
                .value(),
            4);
  int const v[] = {1, 2, 3, 4};
  EXPECT_EQ(run<int>(foreign_wrapper(let3(v))).value(), 4);
}

TEST(Let, StandsBetweenThenAndWhenAll) {
  auto add = [](int x) noexcept { return x + 1; };
  auto again = [](int &x) noexcept { return ex::when_all(ex::just(x), ex::just(x + 1)); };
  EXPECT_EQ(run<int>(ex::just(1) | ex::then(add) | ex::let_value(again) |
                     ex::then([](int a, int b) noexcept { return 10 * a + b; }) | ex::then(add))
                .value(),
            24);
  int const v[] = {1, 2, 3, 4};
  auto const both = run<int, int>(ex::when_all(let1(v), let3(v)));
  EXPECT_EQ(both.values.value(), std::make_tuple(3, 4));
}

TEST(Let, TheEnvironmentReachesBothOperations) {
  snug::inplace_stop_source source;
  auto polls = [](int &x) noexcept { return polling{x + 1}; };
  EXPECT_EQ(run<int>(polling{1} | ex::let_value(polls), token_env{source.get_token()}).value(), 2);
  EXPECT_EQ(run<int>(ex::just(1) | ex::let_value(polls), token_env{source.get_token()}).value(), 2);
  source.request_stop();
  EXPECT_TRUE(run<int>(ex::just(1) | ex::let_value(polls), token_env{source.get_token()}).stopped);
  EXPECT_TRUE(run<int>(polling{1} | ex::let_value(polls), token_env{source.get_token()}).stopped);
}

TEST(Let, RunsOnARunLoopAndTellsTheSecondOperationSo) {
  ex::run_loop loop;
  outcome<bool> result;
  auto sndr = ex::schedule(loop.get_scheduler()) |
              ex::let_value([]() noexcept { return ex::read_env(ex::get_start_scheduler); }) |
              ex::let_value([&](auto &start) noexcept {
                bool const same = start == loop.get_scheduler();
                return ex::schedule(start) | ex::then([same]() noexcept { return same; });
              });
  auto op = ex::connect(std::move(sndr), recorder<ex::env<>, bool>{&result});
  ex::start(op);
  EXPECT_EQ(result.completions, 0);
  loop.finish();
  loop.run();
  EXPECT_TRUE(result.value());
}

TEST(Let, TheSecondOperationAsksForOtherSchedulersOutside) {
  ex::run_loop here, outside;
  outcome<ex::run_loop::scheduler> result;
  auto sndr =
      ex::schedule(here.get_scheduler()) | ex::let_value([]() noexcept { return ex::read_env(ex::get_scheduler); });
  auto env = ex::prop(ex::get_scheduler, outside.get_scheduler());
  auto op = ex::connect(sndr, recorder<decltype(env), ex::run_loop::scheduler>{&result, env});
  ex::start(op);
  here.finish();
  here.run();
  EXPECT_EQ(result.value(), outside.get_scheduler());
}

// Completes inside start(), and says where in a given way.
template <class Rcvr> struct saying_op : ex::inlinable_operation_state<saying_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<saying_op, Rcvr>;
  template <class Sndr> saying_op(Sndr const &, Rcvr rcvr) noexcept : receiver_base(std::move(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    ex::set_value(std::move(rcvr));
  }
};
template <class Attrs> struct saying {
  using sender_concept = ex::sender_tag;
  using in_place_self = saying;
  template <class, class Rcvr> using operation_for = saying_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t()>;
  Attrs get_env() const noexcept { return {}; }
};
struct some_domain {};
struct in_some_domain {
  some_domain query(ex::get_completion_domain_t<ex::set_value_t>) const noexcept { return {}; }
};
struct where_it_was_started {
  template <class Env>
    requires requires(Env const &env) { ex::get_start_scheduler(env); }
  auto query(ex::get_completion_scheduler_t<ex::set_value_t>, Env const &env) const noexcept {
    return ex::get_start_scheduler(env);
  }
};

TEST(Let, ACompletionDomainReachesTheSecondOperation) {
  auto sndr = saying<in_some_domain>() | ex::let_value([]() noexcept { return ex::read_env(ex::get_domain); });
  static_assert(completes_with<decltype(sndr), ex::set_value_t(some_domain)>);
  EXPECT_EQ(run<some_domain>(sndr).completions, 1);
}

// Asks before the operations around are complete: what UBSan says of that is part of the test.
TEST(Let, TheEnvironmentMayBeAskedWhileOperationsAreMade) {
  ex::run_loop loop;
  auto const env = ex::prop(ex::get_start_scheduler, loop.get_scheduler());
  using asking = asks_when_connected<ex::get_start_scheduler_t>;
  using scheduler = ex::run_loop::scheduler;
  auto hand_on = [](auto sch) noexcept { return sch; };
  auto first = asking() | ex::let_value([](scheduler &sch) noexcept { return ex::just(sch); });
  auto second = saying<where_it_was_started>() | ex::let_value([]() noexcept { return asking(); });
  auto both = ex::just() | ex::let_value([=]() noexcept { return second; });
  EXPECT_EQ(run<scheduler>(first, env).value(), loop.get_scheduler());
  EXPECT_EQ(run<scheduler>(first | ex::then(hand_on), env).value(), loop.get_scheduler());
  EXPECT_EQ(run<scheduler>(second, env).value(), loop.get_scheduler());
  EXPECT_EQ(run<scheduler>(second | ex::then(hand_on), env).value(), loop.get_scheduler());
  EXPECT_EQ(run<scheduler>(both, env).value(), loop.get_scheduler());
  EXPECT_EQ(run<scheduler>(both | ex::then(hand_on), env).value(), loop.get_scheduler());
}

TEST(Let, StoppingPassesBothOperations) {
  snug::inplace_stop_source source;
  int calls = 0;
  auto sndr = polling{1} | ex::let_value([&](int &x) noexcept {
                ++calls;
                source.request_stop();
                return polling{x + 1};
              });
  // Asked for between the operations, and before the first.
  EXPECT_TRUE(run<int>(sndr, token_env{source.get_token()}).stopped);
  EXPECT_EQ(calls, 1);
  EXPECT_TRUE(run<int>(sndr, token_env{source.get_token()}).stopped);
  EXPECT_EQ(calls, 1);
}

TEST(Let, AThrowingMoveOfAValueBecomesAnError) {
  struct throws_when_moved {
    throws_when_moved() = default;
    throws_when_moved(throws_when_moved const &) {}
    throws_when_moved(throws_when_moved &&other) noexcept(false) {
      if (other.throws) {
        throw std::runtime_error("move");
      }
    }
    bool throws = false;
  };
  throws_when_moved value;
  auto sndr = ex::just() | ex::then([&]() noexcept -> throws_when_moved && { return std::move(value); }) |
              ex::let_value([](throws_when_moved &) noexcept { return ex::just(1); });
  static_assert(completes_with<decltype(sndr), ex::set_value_t(int), ex::set_error_t(std::exception_ptr)>);
  EXPECT_EQ(run<int>(sndr).value(), 1);
  value.throws = true;
  EXPECT_THROW(std::rethrow_exception(run<int>(sndr).error), std::runtime_error);
}

TEST(Let, ConnectingThrowsWhatItSays) {
  auto nothrow = [](int &x) noexcept { return ex::just(x); };
  auto throwing = [text = std::string(long_text)](int &x) noexcept { return ex::just(x); };
  using nothrow_let = decltype(ex::just(1) | ex::let_value(nothrow));
  using throwing_let = decltype(ex::just(1) | ex::let_value(throwing));
  auto connects = []<class Sndr>(std::type_identity<Sndr>) {
    return noexcept(ex::connect(std::declval<Sndr>(), ignore{}));
  };
  static_assert(connects(std::type_identity<nothrow_let>()) && connects(std::type_identity<nothrow_let &>()));
  static_assert(connects(std::type_identity<throwing_let>()) && !connects(std::type_identity<throwing_let &>()));
  // … which decides whether a let around it may fail.
  auto nested = [=](int &) noexcept {
    return ex::just(1) | ex::then([](int x) noexcept { return x; }) | ex::let_value(nothrow);
  };
  static_assert(completes_with<decltype(ex::just(1) | ex::let_value(nested)), ex::set_value_t(int)>);
  auto sndr = ex::just(1) | ex::let_value(throwing);
  auto copied = [&](int &) noexcept -> throwing_let & { return sndr; };
  static_assert(completes_with<decltype(ex::just(1) | ex::let_value(copied)), ex::set_value_t(int),
                               ex::set_error_t(std::exception_ptr)>);
  (void)nested, (void)copied, (void)throwing, (void)nothrow, (void)connects;
}

TEST(Let, SyncWaitWaitsForBoth) {
  ex::run_loop loop;
  std::thread worker([&] { loop.run(); });
  auto on_loop = [&](int x) { return ex::schedule(loop.get_scheduler()) | ex::then([x]() noexcept { return x; }); };
  auto const result = snug::this_thread::sync_wait(on_loop(1) | ex::let_value([&](int &x) { return on_loop(x + 1); }) |
                                                   ex::let_value([&](int &x) { return on_loop(x + 1); }));
  loop.finish();
  worker.join();
  EXPECT_EQ(std::get<0>(result.value()), 3);
}

struct self_destroying {
  using receiver_concept = ex::receiver_tag;
  void (*destroy)(void *);
  void *op;
  void set_value(auto &&...) && noexcept { destroy(op); }
  void set_error(auto &&) && noexcept { destroy(op); }
  void set_stopped() && noexcept { destroy(op); }
};
template <class Sndr> void run_and_destroy_inside(Sndr &&sndr) {
  using op_t = ex::connect_result_t<Sndr, self_destroying>;
  void *const memory = ::operator new(sizeof(op_t));
  auto destroy = [](void *p) {
    static_cast<op_t *>(p)->~op_t();
    ::operator delete(p);
  };
  auto *const op = ::new (memory) op_t(ex::connect(static_cast<Sndr &&>(sndr), self_destroying{destroy, memory}));
  ex::start(*op);
}

// Touching the operation after its completion would show under ASan.
TEST(Let, TheOperationMayBeDestroyedByItsCompletion) {
  auto const text = std::string(long_text);
  auto throwing = [](std::string &) -> decltype(ex::just(1)) { throw std::runtime_error("call"); };
  run_and_destroy_inside(ex::just(text) | ex::let_value([](std::string &s) { return ex::just(s, s); }));
  run_and_destroy_inside(ex::just(text) | ex::let_value([](std::string &s) { return ex::just_error(s); }));
  run_and_destroy_inside(ex::just(text) | ex::let_value(throwing));
  run_and_destroy_inside(ex::just(text) | ex::let_error([](auto &) { return ex::just(); }));
  run_and_destroy_inside(ex::just_stopped() | ex::let_stopped([text] { return ex::just(text); }));
  int const v[] = {1, 2, 3, 4};
  run_and_destroy_inside(let3(v));
}

TEST(Let, CompletionSignaturesAreExact) {
  auto nothrow = [](int &) noexcept { return ex::just(1L); };
  auto throwing = [](int &) { return ex::just(1L); };
  auto fails = [](auto &...) noexcept { return ex::just_error(1); };
  using thrown = ex::set_error_t(std::exception_ptr);
  static_assert(completes_with<decltype(ex::just(1) | ex::let_value(nothrow)), ex::set_value_t(long)>);
  static_assert(completes_with<decltype(ex::just(1) | ex::let_value(throwing)), ex::set_value_t(long), thrown>);
  static_assert(completes_with<decltype(ex::just(1) | ex::let_error(fails)), ex::set_value_t(int)>);
  static_assert(completes_with<decltype(ex::just_error(1) | ex::let_error(nothrow)), ex::set_value_t(long)>);
  static_assert(completes_with<decltype(ex::just_stopped() | ex::let_stopped(fails)), ex::set_error_t(int)>);
  int const v[] = {1, 2, 3, 4};
  static_assert(completes_with<decltype(let3(v)), ex::set_value_t(int)>);
}

TEST(Let, ASenderThatCannotBeCalledHasNoCompletions) {
  auto wants_string = [](std::string &) noexcept { return ex::just(); };
  auto wants_rvalue = [](int &&) noexcept { return ex::just(); };
  auto no_sender = [](int &) noexcept { return 1; };
  static_assert(!ex::sender_in<decltype(ex::just(1) | ex::let_value(wants_string)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::just(1) | ex::let_value(wants_rvalue)), ex::env<>>);
  static_assert(!ex::sender_in<decltype(ex::just(1) | ex::let_value(no_sender)), ex::env<>>);
  static_assert(
      !ex::sender_in<decltype(ex::just(1) | ex::let_value(no_sender) | ex::let_value(wants_string)), ex::env<>>);
  (void)wants_string, (void)wants_rvalue, (void)no_sender;
}

TEST(Let, DoesNotSayWhereItCompletes) {
  ex::run_loop loop;
  auto sndr = ex::schedule(loop.get_scheduler());
  auto let = sndr | ex::let_value([]() noexcept { return ex::just(); });
  auto asks = [](auto const &attrs) { return requires { ex::get_completion_scheduler<ex::set_value_t>(attrs); }; };
  EXPECT_TRUE(asks(ex::get_env(sndr)));
  EXPECT_FALSE(asks(ex::get_env(let)));
}

[[maybe_unused]] auto dead_error() {
  return ex::just(1) | ex::let_error([x = 1](auto &) noexcept { return ex::just(x); });
}
[[maybe_unused]] auto live_error() {
  return ex::just_error(1) | ex::let_error([x = 1](int &e) noexcept { return ex::just(x + e); });
}
[[maybe_unused]] auto live_stopped() {
  return ex::just_stopped() | ex::let_stopped([x = 1]() noexcept { return ex::just(x); });
}
[[maybe_unused]] auto with_destructor() {
  return ex::just(std::string()) | ex::let_value([](std::string &) noexcept { return ex::just(1); });
}

// The arguments, the callable and the larger of the two operations.
static_assert(size_of_op<decltype(let1(nullptr))> == either(12, 24));
static_assert(size_of_op<decltype(let3(nullptr))> == either(40, 72));
static_assert(size_of_op<decltype(live_error())> == either(12, 24));
static_assert(size_of_op<decltype(live_stopped())> == either(8, 24));
static_assert(size_of_op<decltype(dead_error())> == either(4, 16));
// … and a byte that tells what to destroy.
static_assert(size_of_op<decltype(with_destructor())> ==
              either(2 * sizeof(std::string) + alignof(std::string), 2 * sizeof(std::string) + 2 * sizeof(void *)));

} // namespace
