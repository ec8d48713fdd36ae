// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of basic_task and async_run, the same for each storage of the executor.
#include <snug/io/async_run.hpp>
#include <snug/io/task.hpp>

#include "task_support.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = snug::io;
using namespace snug_test;

namespace {

// The sizes that the header states: two pointers for what a promise must hold whatever its context.
template <class Handle, class T = void>
constexpr std::size_t promise_size = sizeof(io::detail::task_promise<Handle, T>);
static_assert(sizeof(io::basic_task<io::executor_ref>) == 8);
static_assert(promise_size<io::executor_ref> == 32 + 8 + 8 + 8);
static_assert(promise_size<io::executor_ptr> == 16 + 8 + 8 + 8);
static_assert(promise_size<io::env_ptr> == 8 + 8 + 8);
static_assert(promise_size<io::env_ptr, int> == 8 + 8 + 16);

static_assert(std::is_nothrow_move_constructible_v<io::task<int>> && !std::is_copy_constructible_v<io::task<int>>);
static_assert(io::io_awaitable<io::basic_task<io::env_ptr, int>, io::env_ptr>);
static_assert(!io::io_awaitable<io::basic_task<io::env_ptr, int>, io::executor_ptr>);
static_assert(std::is_same_v<io::io_await_result_t<io::task<int &>>, int &>);

// What is returned converts as an argument does: explicit constructors are not called.
template <class T, class V>
concept returns_as = requires(io::detail::task_promise<io::executor_ptr, T> &promise, V &&value) {
  promise.return_value(static_cast<V &&>(value));
};
static_assert(returns_as<std::string, char const *> && returns_as<long, int> && returns_as<int &, int &>);
static_assert(!returns_as<std::unique_ptr<int>, int *> && !returns_as<int &, int>);

// Counts those that exist, to see what is destroyed when.
class counted {
public:
  explicit counted(int &alive) noexcept : alive_(&alive) { ++*alive_; }
  counted(counted const &other) noexcept : alive_(other.alive_) { ++*alive_; }
  counted &operator=(counted const &) = delete;
  ~counted() { --*alive_; }

private:
  int *alive_;
};

template <class Handle> class Task : public testing::Test {
public:
  template <class T = void> using task = io::basic_task<Handle, T>;

  static task<int> returns(int i) { co_return i; }
  static task<> returns_nothing() { co_return; }
  static task<std::size_t> returns_literal() { co_return 7; } // compiled with -Wsign-conversion
  static task<std::unique_ptr<int>> returns_moved() { co_return std::make_unique<int>(7); }
  static task<int &> returns_reference(int &i) { co_return i; }
  static task<int> adds(int a, int b) {
    co_await yield();
    int const sum = co_await returns(a) + co_await returns(b);
    co_await returns_nothing();
    co_return sum;
  }
  static task<int> throws(bool now) {
    if (now) {
      throw std::runtime_error("thrown");
    }
    co_await yield();
    throw std::runtime_error("thrown later");
  }
  static task<int> passes_on(int levels, bool now) {
    co_await yield();
    // Not with ?:, of which g++ 12 evaluates both.
    if (levels == 0) {
      co_return co_await throws(now);
    }
    co_return co_await passes_on(levels - 1, now);
  }
  static task<std::size_t> counts(std::size_t n) {
    std::size_t count = 0;
    for (std::size_t i = 0; i != n; ++i) {
      co_await returns_nothing();
      ++count;
    }
    co_return count;
  }
  static task<int> depth(int n) {
    if (n == 0) {
      co_return 0;
    }
    co_return 1 + co_await depth(n - 1);
  }
  static task<> parks(handed &to, counted) { co_await parked(to); }
  static task<> awaits(task<> other) { co_await std::move(other); }

  // Runs a task to its end.
  template <class T> T result_of(task<T> awaited) {
    std::optional<T> result;
    std::exception_ptr error;
    io::async_run(
        context.get_executor(), std::move(awaited), [&](T &&value) { result.emplace(std::move(value)); },
        [&](std::exception_ptr e) { error = e; });
    context.run();
    if (error) {
      std::rethrow_exception(error);
    }
    return std::move(*result);
  }
  void run(task<> awaited) {
    bool done = false;
    io::async_run(context.get_executor(), std::move(awaited), [&] { done = true; });
    context.run();
    EXPECT_TRUE(done);
  }

  manual_context context;
};
TYPED_TEST_SUITE(Task, all_handles, handle_names);

TYPED_TEST(Task, ReturnsValues) {
  EXPECT_EQ(this->result_of(this->returns(3)), 3);
  EXPECT_EQ(*this->result_of(this->returns_moved()), 7);
  EXPECT_EQ(this->result_of(this->returns_literal()), 7U);
  EXPECT_EQ(this->result_of(this->adds(2, 3)), 5);
  this->run(this->returns_nothing());
  int i = 0;
  int *seen = nullptr;
  io::async_run(this->context.get_executor(), this->returns_reference(i), [&](int &same) { seen = &same; });
  EXPECT_EQ(seen, &i);
}

TYPED_TEST(Task, IsLazy) {
  bool ran = false;
  auto body = [](bool &r) -> typename TestFixture::template task<> {
    r = true;
    co_return;
  };
  {
    auto unstarted = body(ran);
    auto moved = std::move(unstarted);
    moved = body(ran);
  }
  EXPECT_FALSE(ran);
  this->run(body(ran));
  EXPECT_TRUE(ran);
}

TYPED_TEST(Task, DestroysItsParametersWhereItIsNeverStarted) {
  int alive = 0;
  handed to;
  {
    auto unstarted = this->parks(to, counted(alive));
    EXPECT_EQ(alive, 1);
    auto inside = this->awaits(std::move(unstarted));
    EXPECT_EQ(alive, 1);
  }
  EXPECT_EQ(alive, 0);
}

TYPED_TEST(Task, PassesExceptionsThroughEveryLevel) {
  for (bool const now : {true, false}) {
    for (int levels : {0, 1, 10}) {
      try {
        this->result_of(this->passes_on(levels, now));
        FAIL();
      } catch (std::runtime_error const &error) {
        EXPECT_STREQ(error.what(), now ? "thrown" : "thrown later");
      }
    }
  }
}

TYPED_TEST(Task, ExceptionsCanBeCaughtOnTheWay) {
  using task = typename TestFixture::template task<int>;
  auto catches = []() -> task {
    int caught = 0;
    for (bool const now : {true, false}) {
      try {
        co_await TestFixture::throws(now);
      } catch (std::runtime_error const &) {
        ++caught;
      }
    }
    co_return caught;
  };
  EXPECT_EQ(this->result_of(catches()), 2);
}

TYPED_TEST(Task, AnExceptionOfADestructorTakesThePlaceOfTheResult) {
  struct throwing {
    ~throwing() noexcept(false) { throw std::runtime_error("destructor"); }
  };
  auto body = []() -> typename TestFixture::template task<std::string> {
    throwing local;
    co_return std::string(100, 'x');
  };
  EXPECT_THROW(this->result_of(body()), std::runtime_error);
}

// What a task awaits sees its executor and its stop token, whatever the depth.
TYPED_TEST(Task, HandsItsContextOn) {
  int alive = 0;
  handed to;
  snug::inplace_stop_source source;
  bool done = false;
  io::async_run(
      this->context.get_executor(), this->awaits(this->awaits(this->parks(to, counted(alive)))), [&] { done = true; },
      [](std::exception_ptr) {}, source.get_token());
  EXPECT_FALSE(done);
  EXPECT_EQ(to.stop, source.get_token());
  EXPECT_EQ(alive, 1);
  io::work w{nullptr, [](io::work *self) { self->next = self; }};
  to.executor.post(&w);
  EXPECT_TRUE(this->context.run_one());
  EXPECT_EQ(w.next, &w);
  to.resume();
  EXPECT_TRUE(done);
  EXPECT_EQ(alive, 0);
}

TYPED_TEST(Task, AwaitsManyOthersWithoutStack) { EXPECT_EQ(this->result_of(this->counts(100000)), 100000U); }

#if !defined(__GNUC__) || defined(__clang__) || defined(__OPTIMIZE__)
// g++ transfers symmetrically where it optimises.
TYPED_TEST(Task, NestsDeeplyWithoutStack) { EXPECT_EQ(this->result_of(this->depth(100000)), 100000); }
#endif

TYPED_TEST(Task, AwaitsLvaluesInPlace) {
  struct remembers : parked {
    using parked::parked;
    void await_resume() noexcept { resumed = true; }
    bool resumed = false;
  };
  auto body = [](handed &to, bool &seen) -> typename TestFixture::template task<> {
    remembers mine(to);
    co_await mine;
    seen = mine.resumed;
  };
  handed to;
  bool seen = false;
  io::async_run(this->context.get_executor(), body(to, seen));
  to.resume();
  EXPECT_TRUE(seen);
}

// awaitables that are ready, and those that decide late not to suspend.
TYPED_TEST(Task, NeedNotSuspend) {
  struct ready {
    bool await_ready() const noexcept { return true; }
    void await_suspend(io::coro, TypeParam, snug::inplace_stop_token) const noexcept { ADD_FAILURE(); }
    int await_resume() const noexcept { return 1; }
  };
  struct late {
    bool await_ready() const noexcept { return false; }
    bool await_suspend(io::coro, TypeParam, snug::inplace_stop_token) const noexcept { return false; }
    int await_resume() const noexcept { return 2; }
  };
  struct transferring {
    bool await_ready() const noexcept { return false; }
    io::coro await_suspend(io::coro h, TypeParam, snug::inplace_stop_token) const noexcept { return h; }
    int await_resume() const noexcept { return 4; }
  };
  auto body = []() -> typename TestFixture::template task<int> {
    int sum = co_await ready();
    sum += co_await late();
    sum += co_await transferring();
    co_return sum;
  };
  EXPECT_EQ(this->result_of(body()), 7);
}

// A failure to begin is an exception of the co_await.
TYPED_TEST(Task, AwaitSuspendMayThrow) {
  struct refuses {
    bool await_ready() const noexcept { return false; }
    void await_suspend(io::coro, TypeParam, snug::inplace_stop_token) const { throw std::runtime_error("refused"); }
    void await_resume() const noexcept {}
  };
  auto body = []() -> typename TestFixture::template task<int> {
    try {
      co_await refuses();
    } catch (std::runtime_error const &) {
      co_return 1;
    }
    co_return 0;
  };
  EXPECT_EQ(this->result_of(body()), 1);
}

TYPED_TEST(Task, AsyncRunEndsTheProgramWhereNobodyTakesAnException) {
  EXPECT_DEATH(io::async_run(this->context.get_executor(), this->throws(true)), "thrown");
}

// The executor that a root owns.
template <class Handle, class Ex>
constexpr std::size_t root_size = sizeof(typename io::root_task<Handle, Ex>::promise_type);
struct plain_executor {
  manual_context *context;

  io::coro dispatch(io::coro h) const noexcept { return h; }
  void post(io::work *w) const noexcept { context->push(w); }
  [[maybe_unused]] friend bool operator==(plain_executor, plain_executor) = default;
};
static_assert(root_size<io::executor_ref, plain_executor> == 8 + 8);
static_assert(root_size<io::executor_ref, manual_context::executor> == 16 + 8);
static_assert(root_size<io::executor_ptr, manual_context::executor> == 16 + 8);
static_assert(root_size<io::executor_ptr, plain_executor> == 16 + 8);
static_assert(root_size<io::env_ptr, manual_context::executor> == 16 + 24);

TYPED_TEST(Task, RunsOnExecutorsWithoutABaseClass) {
  int sum = 0;
  io::async_run(plain_executor{&this->context}, this->adds(1, 2), [&](int value) { sum = value; });
  EXPECT_EQ(sum, 0);
  this->context.run();
  EXPECT_EQ(sum, 3);
}

#ifndef NDEBUG
TYPED_TEST(Task, SaysThatAnExecutorWasDestroyedTooEarly) {
  int alive = 0;
  handed to;
  auto destroys_too_early = [&] {
    auto running = this->parks(to, counted(alive));
    std::optional<manual_context::executor> ex(this->context.get_executor());
    io::io_env env{.executor = *ex};
    if constexpr (std::is_same_v<TypeParam, io::env_ptr>) {
      running.await_suspend(std::noop_coroutine(), env, {}).resume();
    } else {
      running.await_suspend(std::noop_coroutine(), *ex, {}).resume();
    }
    ex.reset();
  };
  EXPECT_DEATH(destroys_too_early(), "an executor was destroyed too early: a task that has not completed points to it");
}
TYPED_TEST(Task, SaysThatItWasMovedFrom) {
  auto body = []() -> typename TestFixture::template task<> {
    auto once = TestFixture::returns_nothing();
    co_await std::move(once);
    co_await std::move(once);
  };
  EXPECT_DEATH(this->run(body()), "a task was awaited that was moved from, or is done already");
}
#endif

} // namespace
