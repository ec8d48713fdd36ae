// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of as_awaitable ([exec.as.awaitable], [exec.get.await.adapt]).
#include <snug/execution.hpp>

#include "coroutine_support.hpp"
#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

using promise = coroutine<>::promise_type;
template <class Expr> using awaited_t = decltype(ex::as_awaitable(std::declval<Expr>(), std::declval<promise &>()));

[[maybe_unused]] auto may_throw = [](int i) { return i; };
static_assert(sizeof(awaited_t<decltype(ex::just(1))>) == either(24, 32));
static_assert(sizeof(awaited_t<decltype(ex::just(1) | ex::then(may_throw))>) == either(24, 48));
static_assert(sizeof(awaited_t<decltype(ex::just())>) == either(16, 24));

template <class Awaitable>
using await_result = decltype(ex::as_awaitable(std::declval<Awaitable>(), std::declval<promise &>()).await_resume());
static_assert(std::same_as<await_result<decltype(ex::just())>, void>);
static_assert(std::same_as<await_result<decltype(ex::just_stopped())>, void>, "no value is none");
static_assert(std::same_as<await_result<decltype(ex::just(1))>, int>);
static_assert(std::same_as<await_result<decltype(ex::just(1, 'c'))>, std::tuple<int, char>>);
static_assert(
    std::same_as<await_result<decltype(ex::just(std::string()) |
                                       ex::then([](std::string const &s) -> std::string const & { return s; }))>,
                 std::string>);

// Several ways of completing with values: not awaitable, and no error to ask.
template <class Expr>
concept is_awaitable_here = ex::detail::awaiter<ex::detail::awaiter_t<awaited_t<Expr>>, promise>;
using several = either_sender;
static_assert(is_awaitable_here<decltype(ex::just(1))> && !is_awaitable_here<several>);
static_assert(is_awaitable_here<decltype(ex::into_variant(std::declval<several>()))>);

coroutine<> awaits_values(int &sum) {
  int const one = co_await ex::just(1);
  auto [two, text] = co_await ex::just(2, std::string("three"));
  std::unique_ptr<int> four = co_await ex::just(std::make_unique<int>(4));
  co_await ex::just();
  sum = one + two + static_cast<int>(text.size()) + *four;
}
TEST(AsAwaitable, YieldsTheValues) {
  int sum = 0;
  auto done = awaits_values(sum).run();
  EXPECT_TRUE(done.is_done());
  EXPECT_EQ(sum, 1 + 2 + 5 + 4);
}

coroutine<> awaits_an_lvalue(int &first, int &second) {
  auto const sndr = ex::just(std::string("kept")) | ex::then([](std::string const &s) { return s.size(); });
  first = static_cast<int>(co_await sndr);
  second = static_cast<int>(co_await sndr);
}
TEST(AsAwaitable, CopiesFromAnLvalue) {
  int first = 0;
  int second = 0;
  EXPECT_TRUE(awaits_an_lvalue(first, second).run().is_done());
  EXPECT_EQ(first, 4);
  EXPECT_EQ(second, 4);
}

template <class Exception, class Sndr> coroutine<> catches(Sndr sndr, bool &caught) {
  try {
    (void)co_await std::move(sndr);
  } catch (Exception const &) {
    caught = true;
  }
}
template <class Exception> bool throws(auto sndr) {
  bool caught = false;
  auto done = catches<Exception>(std::move(sndr), caught).run();
  EXPECT_TRUE(done.is_done());
  return caught;
}
struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved const &) { throw std::runtime_error("copied"); }
};
TEST(AsAwaitable, ThrowsTheError) {
  EXPECT_TRUE(throws<int>(ex::just_error(1)));
  EXPECT_TRUE(throws<std::runtime_error>(ex::just_error(std::make_exception_ptr(std::runtime_error("e")))));
  EXPECT_TRUE(throws<std::system_error>(ex::just_error(std::make_error_code(std::errc::io_error))));
  EXPECT_TRUE(throws<std::runtime_error>(ex::just(1) | ex::then([](int) { throw std::runtime_error("f"); })));
}
TEST(AsAwaitable, ThrowsWhatKeepingTheValueThrows) {
  static throws_when_moved value;
  EXPECT_TRUE(
      throws<std::runtime_error>(ex::just() | ex::then([]() noexcept -> throws_when_moved & { return value; })));
}

coroutine<> counts_until_stopped(int &reached) {
  reached = 1;
  co_await ex::just_stopped();
  reached = 2;
}
TEST(AsAwaitable, HandsAStopToThePromise) {
  int reached = 0;
  auto stopped = counts_until_stopped(reached).run();
  EXPECT_TRUE(stopped.was_stopped());
  EXPECT_FALSE(stopped.is_done());
  EXPECT_EQ(reached, 1);
}

// Completes when the test says so.
template <class Rcvr> class on_demand_op;
struct on_demand {
  using sender_concept = ex::sender_tag;
  using in_place_self = on_demand;
  template <class, class Rcvr> using operation_for = on_demand_op<Rcvr>;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(int), ex::set_stopped_t()>;

  struct handle {
    void *op = nullptr;
    void (*complete)(void *, int) = nullptr; // positive: a value, 0: a stop, negative: an error
    void operator()(int how) const { complete(op, how); }
  };
  handle *place;
};
template <class Rcvr> class on_demand_op : public ex::inlinable_operation_state<on_demand_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<on_demand_op, Rcvr>;

public:
  on_demand_op(on_demand const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), place_(sndr.place) {}
  void start() noexcept {
    *place_ = {this, [](void *op, int how) {
                 auto &&rcvr = static_cast<on_demand_op *>(op)->receiver_base::get_receiver();
                 if (how > 0) {
                   ex::set_value(std::move(rcvr), static_cast<int &&>(how));
                 } else if (how < 0) {
                   ex::set_error(std::move(rcvr), static_cast<int &&>(how));
                 } else {
                   ex::set_stopped(std::move(rcvr));
                 }
               }};
  }

private:
  on_demand::handle *place_;
};

coroutine<> awaits_on_demand(on_demand::handle &handle, int &result, std::thread::id *where = nullptr) {
  try {
    result = co_await on_demand{&handle};
  } catch (int error) {
    result = error;
  }
  if (where != nullptr) {
    *where = std::this_thread::get_id();
  }
}
TEST(AsAwaitable, ResumesWhenTheSenderCompletesLater) {
  for (int how : {5, -5}) {
    on_demand::handle handle;
    int result = 0;
    auto waiting = awaits_on_demand(handle, result).run();
    EXPECT_FALSE(waiting.is_done());
    handle(how);
    EXPECT_TRUE(waiting.is_done());
    EXPECT_EQ(result, how);
  }
}
TEST(AsAwaitable, StopsWhenTheSenderStopsLater) {
  on_demand::handle handle;
  int result = 0;
  auto waiting = awaits_on_demand(handle, result).run();
  handle(0);
  EXPECT_TRUE(waiting.was_stopped());
  EXPECT_EQ(result, 0);
}
TEST(AsAwaitable, ResumesOnTheThreadThatCompletes) {
  on_demand::handle handle;
  int result = 0;
  std::thread::id where;
  auto waiting = awaits_on_demand(handle, result, &where).run();
  std::thread other([&] { handle(1); });
  auto const expected = other.get_id();
  other.join();
  EXPECT_EQ(where, expected);
}
TEST(AsAwaitable, DestroysASuspendedSender) {
  on_demand::handle handle;
  int result = 7;
  {
    auto waiting = awaits_on_demand(handle, result).run();
  }
  EXPECT_EQ(result, 7);
}

// Completes on another thread before start() has returned, and keeps the coroutine from going on here.
template <class Rcvr> class races_op : public ex::inlinable_operation_state<races_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<races_op, Rcvr>;

public:
  races_op(auto const &, Rcvr rcvr) : receiver_base(std::move(rcvr)) {}
  void start() noexcept {
    std::thread([this] {
      auto &&rcvr = receiver_base::get_receiver();
      ex::set_value(std::move(rcvr), std::this_thread::get_id());
    }).join();
    // The operation is gone: the coroutine went on, over there, to its next suspension.
  }
};
struct races {
  using sender_concept = ex::sender_tag;
  using in_place_self = races;
  template <class, class Rcvr> using operation_for = races_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(std::thread::id)>;
};
coroutine<> hops(int times, int &right) {
  for (int i = 0; i != times; ++i) {
    right += co_await races{} == std::this_thread::get_id();
  }
}
TEST(AsAwaitable, GoesOnElsewhereWhileStartIsStillRunningHere) {
  int right = 0;
  auto done = hops(10, right).run();
  EXPECT_TRUE(done.is_done());
  EXPECT_EQ(right, 10);
}

coroutine<> loops(int times, long &sum) {
  for (int i = 0; i != times; ++i) {
    sum += co_await (ex::just(i) | ex::then([](int x) noexcept { return x & 1; }));
  }
}
TEST(AsAwaitable, NeedsNoStackForSendersThatCompleteInsideStart) {
  long sum = 0;
  EXPECT_TRUE(loops(1'000'000, sum).run().is_done());
  EXPECT_EQ(sum, 500'000);
}

// The start of one awaited sender runs another coroutine, whose senders complete inside their start.
coroutine<> runs_another(coroutine<> &other, int &result) {
  result = co_await (ex::just(1) | ex::then([&other](int i) {
                       other.run();
                       return i;
                     }));
}
TEST(AsAwaitable, TellsNestedStartsApart) {
  long sum = 0;
  int result = 0;
  auto inner = loops(10, sum);
  EXPECT_TRUE(runs_another(inner, result).run().is_done());
  EXPECT_TRUE(inner.is_done());
  EXPECT_EQ(sum, 5);
  EXPECT_EQ(result, 1);
}
// … and completes an older one, which is suspended, from inside the start of a newer one.
TEST(AsAwaitable, ResumesAnOlderCoroutineFromInsideAStart) {
  on_demand::handle handle;
  int older = 0;
  auto waiting = awaits_on_demand(handle, older).run();
  auto newer = [](on_demand::handle &h, int &seen, int &of_older) -> coroutine<> {
    seen = co_await (ex::just() | ex::then([&] {
                       h(3);
                       return of_older;
                     }));
  };
  int seen = 0;
  EXPECT_TRUE(newer(handle, seen, older).run().is_done());
  EXPECT_TRUE(waiting.is_done());
  EXPECT_EQ(seen, 3);
}

struct query_it_forwards_t : snug::forwarding_query_t {};
struct query_it_keeps_t {};
struct two_queries {
  static constexpr int query(query_it_forwards_t) noexcept { return 1; }
  static constexpr int query(query_it_keeps_t) noexcept { return 2; }
};
template <class Query>
concept awaiter_answers =
    snug::detail::has_query<ex::detail::awaiter_env_t<coroutine<two_queries>::promise_type>, Query>;
static_assert(awaiter_answers<query_it_forwards_t> && !awaiter_answers<query_it_keeps_t>);

coroutine<token_env> awaits_polling(token_env, int &result) { result = co_await polling{3}; }
TEST(AsAwaitable, ShowsThePromisesEnvironment) {
  snug::inplace_stop_source source;
  int result = 0;
  EXPECT_TRUE(awaits_polling({source.get_token()}, result).run().is_done());
  EXPECT_EQ(result, 3);
  source.request_stop();
  EXPECT_TRUE(awaits_polling({source.get_token()}, result).run().was_stopped());
}

// A sender that says itself what to await.
struct says_itself : decltype(ex::just(1)){
  says_itself() : decltype(ex::just(1))(ex::just(1)){} ready<int> as_awaitable(auto &) && {return {2};
} // namespace
}
;
coroutine<> awaits_what_it_says(int &result) { result = co_await says_itself(); }
TEST(AsAwaitable, PrefersTheSendersOwnWord) {
  int result = 0;
  EXPECT_TRUE(awaits_what_it_says(result).run().is_done());
  EXPECT_EQ(result, 2);
}

// A sender whose attributes ask for it to be adapted: several completions become one.
struct joins_completions {
  auto query(ex::get_await_completion_adaptor_t) const noexcept {
    return [](auto &&sndr) { return ex::into_variant(std::forward<decltype(sndr)>(sndr)); };
  }
};
struct adapted : either_sender {
  using in_place_self = adapted;
  joins_completions get_env() const noexcept { return {}; }
};
coroutine<> awaits_adapted(std::size_t &index, int number) {
  auto joined = co_await adapted{{number}};
  index = joined.index();
}
static_assert(snug::forwarding_query(ex::get_await_completion_adaptor));
TEST(AsAwaitable, AdaptsAsTheAttributesAsk) {
  std::size_t index = 9;
  EXPECT_TRUE(awaits_adapted(index, -1).run().is_done());
  EXPECT_EQ(index, 1U);
  EXPECT_TRUE(awaits_adapted(index, 0).run().is_done());
  EXPECT_EQ(index, 0U);
}

// A domain transforms what is awaited.
struct doubling_domain {
  template <class Sndr>
    requires requires(Sndr const &sndr) { sndr.is_doubled; }
  static auto transform_sender(ex::start_t, Sndr &&sndr, auto const &) {
    return ex::just(2 * sndr.value);
  }
};
struct doubled {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  static constexpr bool is_doubled = true;
  int value;
};
struct domain_env {
  static constexpr doubling_domain query(ex::get_domain_t) noexcept { return {}; }
};
coroutine<domain_env> awaits_transformed(int &result) { result = co_await doubled{21}; }
TEST(AsAwaitable, TransformsForThePromisesDomain) {
  int result = 0;
  EXPECT_TRUE(awaits_transformed(result).run().is_done());
  EXPECT_EQ(result, 42);
}

// Foreign senders keep their receiver; what is no sender is awaited as it is.
coroutine<> awaits_others(int &sum, std::coroutine_handle<> &handle) {
  sum += co_await foreign{5};
  sum += co_await foreign_wrapper{ex::just(6)};
  sum += co_await ready{7};
  co_await parked{&handle};
  sum += 100;
}
TEST(AsAwaitable, TakesForeignSendersAndAwaiters) {
  int sum = 0;
  std::coroutine_handle<> handle;
  auto waiting = awaits_others(sum, handle).run();
  EXPECT_EQ(sum, 18);
  handle.resume();
  EXPECT_EQ(sum, 118);
  EXPECT_TRUE(waiting.is_done());
}

} // namespace
