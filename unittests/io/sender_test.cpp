// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of tasks as senders, of senders in tasks, and of executors as schedulers.
#include <snug/execution.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/run_on.hpp>
#include <snug/io/sender.hpp>

#include "task_support.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>

namespace io = snug::io;
namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

static_assert(ex::sender<io::task<int>> && !ex::sender<io::task<int> &>, "a task is started once");
static_assert(std::is_same_v<ex::completion_signatures_of_t<io::task<int>, ex::env<>>,
                             ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(std::exception_ptr),
                                                       ex::set_stopped_t()>>);
static_assert(std::is_same_v<
              ex::completion_signatures_of_t<io::task<>, ex::env<>>,
              ex::completion_signatures<ex::set_value_t(), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>>);
static_assert(ex::scheduler<io::executor_scheduler<manual_context::executor>> &&
              ex::scheduler<io::executor_scheduler<io::executor_ptr>>);
static_assert(io::executor<io::scheduler_executor<ex::run_loop::scheduler>>);

// Not local to the tests: g++ takes their receiver_concept for unused there.
struct ignoring_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
  void set_error(std::exception_ptr) && noexcept {}
  void set_stopped() && noexcept {}
  auto get_env() const noexcept { return ex::prop(ex::get_scheduler, ex::inline_scheduler()); }
};
struct result_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int i) && noexcept { *result = i; }
  void set_error(std::exception_ptr) && noexcept {}
  void set_stopped() && noexcept {}
  auto get_env() const noexcept { return ex::prop(io::get_executor, executor); }
  std::optional<int> *result;
  manual_context::executor executor;
};
struct stop_env {
  auto query(snug::get_stop_token_t) const noexcept { return token; }
  auto query(ex::get_scheduler_t) const noexcept { return ex::inline_scheduler(); }
  snug::inplace_stop_token token;
};
struct stop_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept { *stopped = -1; }
  void set_error(std::exception_ptr) && noexcept { *stopped = -2; }
  void set_stopped() && noexcept { ++*stopped; }
  stop_env get_env() const noexcept { return {token}; }
  int *stopped;
  snug::inplace_stop_token token;
};
struct run_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept { *ran = true; }
  bool *ran;
};

template <class Handle> class Sender : public testing::Test {
public:
  template <class T = void> using task = io::basic_task<Handle, T>;

  static task<int> returns(int i) { co_return i; }
  static task<> returns_nothing() { co_return; }
  static task<std::unique_ptr<int>> returns_moved() { co_return std::make_unique<int>(7); }
  static task<int &> returns_reference(int &i) { co_return i; }
  static task<int> yields_first(int i) {
    co_await yield();
    co_return co_await returns(i);
  }
  static task<int> throws() {
    co_await yield();
    throw std::runtime_error("thrown");
  }
  static task<> cancelled_with(handed &to) {
    co_await parked(to);
    if (to.stop.stop_requested()) {
      throw std::system_error(std::make_error_code(std::errc::operation_canceled));
    }
  }
  template <class T, class Sndr> static task<T> awaits(Sndr sndr) { co_return co_await std::move(sndr); }

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

  manual_context context;
};
TYPED_TEST_SUITE(Sender, all_handles, handle_names);

TYPED_TEST(Sender, CanBeWaitedFor) {
  EXPECT_EQ(sync_wait(this->returns(3)), std::tuple(3));
  EXPECT_EQ(sync_wait(this->yields_first(4)), std::tuple(4));
  EXPECT_EQ(sync_wait(this->returns_nothing()), std::tuple());
  EXPECT_EQ(*std::get<0>(*sync_wait(this->returns_moved())), 7);
  int i = 0;
  sync_wait(this->returns_reference(i) | ex::then([&i](int &same) { EXPECT_EQ(&same, &i); }));
  EXPECT_THROW(sync_wait(this->throws()), std::runtime_error);
}

TYPED_TEST(Sender, IsComposed) {
  EXPECT_EQ(sync_wait(ex::when_all(this->yields_first(1), this->yields_first(20)) |
                      ex::then([](int a, int b) { return a + b; })),
            std::tuple(21));
  EXPECT_EQ(sync_wait(ex::just(2) | ex::let_value([this](int &i) { return this->yields_first(i * 2); })),
            std::tuple(4));
}

TYPED_TEST(Sender, MayNeverBeStarted) { auto op = ex::connect(this->returns(1), ignoring_receiver{}); }

// On the executor that the environment names.
TYPED_TEST(Sender, RunsOnTheExecutorOfItsEnvironment) {
  std::optional<int> result;
  auto op = ex::connect(this->yields_first(5), result_receiver{&result, this->context.get_executor()});
  ex::start(op);
  EXPECT_FALSE(result);
  EXPECT_EQ(this->context.run(), 1U);
  EXPECT_EQ(result, 5);
}

TYPED_TEST(Sender, IsStoppedWhereItWasCancelled) {
  handed to;
  int stopped = 0;
  snug::inplace_stop_source source;
  auto op = ex::connect(this->cancelled_with(to), stop_receiver{&stopped, source.get_token()});
  ex::start(op);
  EXPECT_EQ(to.stop, source.get_token());
  source.request_stop();
  to.resume();
  EXPECT_EQ(stopped, 1);
}

// A task of std::execution awaits one of I/O.
TYPED_TEST(Sender, IsAwaitedByTasksOfExecution) {
  auto outer = [](Sender<TypeParam> &test) -> ex::task<int> {
    int const i = co_await test.yields_first(1);
    co_return i + co_await test.returns(2);
  };
  EXPECT_EQ(sync_wait(outer(*this)), std::tuple(3));
}

TYPED_TEST(Sender, SendersAreAwaited) {
  EXPECT_EQ(this->result_of(this->template awaits<int>(ex::just(3))), 3);
  EXPECT_EQ(this->result_of(this->template awaits<int>(ex::just(3) | ex::then([](int i) { return i + 1; }))), 4);
  EXPECT_EQ(this->result_of(this->template awaits<int>(ex::when_all(ex::just(3), ex::just()))), 3);
  EXPECT_THROW(this->result_of(this->template awaits<int>(
                   ex::just() | ex::then([]() -> int { throw std::runtime_error("thrown"); }))),
               std::runtime_error);
}

TYPED_TEST(Sender, StoppingIsAnErrorInATask) {
  using task = typename TestFixture::template task<>;
  auto body = []() -> task { co_await ex::when_all(ex::just(1), ex::just_stopped()); };
  std::error_code seen;
  auto note = [&seen](std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (std::system_error const &cancelled) {
      seen = cancelled.code();
    }
  };
  io::async_run(this->context.get_executor(), body(), [] {}, note);
  this->context.run();
  EXPECT_EQ(seen, std::errc::operation_canceled);
  seen.clear();
  sync_wait(body() | ex::upon_error(note));
  EXPECT_EQ(seen, std::errc::operation_canceled) << "nobody has asked to stop";
}

// What a sender completes elsewhere, the task goes on with where it was.
TYPED_TEST(Sender, TheTaskStaysOnItsExecutor) {
  ex::static_thread_pool pool(1);
  using task = typename TestFixture::template task<std::thread::id>;
  auto body = [](ex::static_thread_pool &p) -> task {
    co_await ex::schedule(p.get_scheduler());
    co_return std::this_thread::get_id();
  };
  EXPECT_EQ(sync_wait(body(pool)), std::tuple(std::this_thread::get_id()));
  auto inside = [](ex::static_thread_pool &p) -> task {
    co_return co_await (ex::schedule(p.get_scheduler()) | ex::then([] { return std::this_thread::get_id(); }));
  };
  EXPECT_NE(sync_wait(inside(pool)), std::tuple(std::this_thread::get_id()));
}

// A sender sees the task's executor, scheduler and stop token.
TYPED_TEST(Sender, SendersSeeTheTask) {
  using task = typename TestFixture::template task<bool>;
  auto body = []() -> task {
    TypeParam const handle = co_await ex::read_env(io::get_executor);
    auto const sch = co_await ex::read_env(ex::get_start_scheduler);
    auto const token = co_await ex::read_env(snug::get_stop_token);
    co_await ex::schedule(sch);
    co_return sch == io::as_scheduler(handle) && !token.stop_possible();
  };
  EXPECT_TRUE(this->result_of(body()));
}

// An ordinary awaiter, and one behind operator co_await.
TYPED_TEST(Sender, OrdinaryAwaitablesAreAwaited) {
  struct behind {
    struct awaiter {
      bool await_ready() const noexcept { return true; }
      void await_suspend(std::coroutine_handle<>) const noexcept {}
      int await_resume() const noexcept { return 5; }
    };
    awaiter operator co_await() const noexcept { return {}; }
  };
  using task = typename TestFixture::template task<int>;
  auto body = []() -> task {
    co_await std::suspend_never();
    co_return co_await behind();
  };
  EXPECT_EQ(this->result_of(body()), 5);
}

TEST(ExecutorScheduler, Schedules) {
  manual_context context;
  bool ran = false;
  auto const sch = io::as_scheduler(context.get_executor());
  EXPECT_EQ(sch, io::as_scheduler(context.get_executor()));
  auto op = ex::connect(ex::schedule(sch), run_receiver{&ran});
  ex::start(op);
  EXPECT_FALSE(ran);
  EXPECT_EQ(context.run(), 1U);
  EXPECT_TRUE(ran);
  auto const of_handle = io::as_scheduler(io::executor_ptr());
  static_assert(sizeof(ex::connect_result_t<decltype(ex::schedule(of_handle)), run_receiver>) == 32,
                "24 and the receiver");
}

} // namespace
