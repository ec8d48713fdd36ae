// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of tasks that run on execution contexts of Boost.Asio.
#include <snug/io/asio_executor.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/executor_scheduler.hpp>
#include <snug/io/run_on.hpp>
#include <snug/io/sender.hpp>

#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/write_env.hpp>

#include "io_support.hpp"
#include "task_support.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace asio = boost::asio;
namespace ex = snug::execution;
namespace io = snug::io;
using namespace snug_test;
using namespace std::chrono_literals;

namespace {

using context_executor = asio::io_context::executor_type;

static_assert(io::executor<io::asio_executor<context_executor>>);
static_assert(io::executor<io::asio_executor<asio::thread_pool::executor_type>>);
static_assert(io::executor<io::asio_executor<asio::any_io_executor>>);
static_assert(io::executor<io::asio_executor<asio::strand<context_executor>>>);
static_assert(sizeof(io::asio_executor<context_executor>) == 16);

template <class Handle> class AsioExecutor : public testing::Test {
public:
  template <class T = void> using task = io::basic_task<Handle, T>;

  bool inside() { return context.get_executor().running_in_this_thread(); }
  static task<int> leaf(AsioExecutor &test, bool throws) {
    co_await yield();
    test.in_order = test.in_order && test.inside();
    if (throws) {
      throw std::runtime_error("thrown");
    }
    co_return 20;
  }
  static task<int> chain(AsioExecutor &test, bool throws) {
    test.in_order = test.inside();
    int const n = co_await leaf(test, throws);
    test.in_order = test.in_order && test.inside();
    co_return n + 1;
  }

  asio::io_context context;
  bool in_order = false;
};
TYPED_TEST_SUITE(AsioExecutor, all_handles, handle_names);

TYPED_TEST(AsioExecutor, RunsAChainOfTasks) {
  int result = 0;
  io::async_run(io::asio_executor(this->context.get_executor()), this->chain(*this, false), [&](int n) { result = n; });
  EXPECT_EQ(result, 0) << "it was started on a thread that does not run the context";
  this->context.run();
  EXPECT_EQ(result, 21);
  EXPECT_TRUE(this->in_order);
}

TYPED_TEST(AsioExecutor, PassesExceptionsOn) {
  std::string what;
  io::async_run(
      io::asio_executor(asio::any_io_executor(this->context.get_executor())), this->chain(*this, true), [](int) {},
      [&](std::exception_ptr error) {
        try {
          std::rethrow_exception(std::move(error));
        } catch (std::runtime_error const &e) {
          what = e.what();
        }
      });
  this->context.run();
  EXPECT_EQ(what, "thrown");
}

// Sockets and timers belong to a context of snug; who awaits them is resumed on Asio's.
TYPED_TEST(AsioExecutor, WaitsForSocketsOfAnotherContext) {
  using task = typename TestFixture::template task<>;
  io::io_context sockets;
  io::io_context::work_guard work(sockets);
  std::thread beside([&] { sockets.run(); });
  unix_pair pair(sockets);
  std::string heard;
  auto const reads = [](AsioExecutor<TypeParam> &test, io::unix_stream &from, std::string &to) -> task {
    test.in_order = true;
    char byte = 0;
    for (;;) {
      auto const [error, n] = co_await from.read_some(io::mutable_buffer(&byte, 1));
      test.in_order = test.in_order && test.inside();
      if (error) {
        co_return;
      }
      to += byte;
    }
  };
  auto const writes = [](io::io_context &on, io::unix_stream &to) -> task {
    io::steady_timer timer(on);
    for (char const c : {'a', 'b', 'c'}) {
      timer.expires_after(1ms);
      auto const waited = co_await timer.wait();
      auto const sent = co_await to.write(io::const_buffer(&c, 1));
      EXPECT_FALSE(waited.ec || sent.ec);
    }
    auto const ended = co_await to.write_eof();
    EXPECT_FALSE(ended.ec);
  };
  io::asio_executor const on(this->context.get_executor());
  io::async_run(on, reads(*this, pair.a, heard));
  io::async_run(on, writes(sockets, pair.b));
  // Nothing is queued here most of the time, but there are tasks.
  this->context.run();
  EXPECT_EQ(heard, "abc");
  EXPECT_TRUE(this->in_order);
  work.reset();
  beside.join();
}

TYPED_TEST(AsioExecutor, IsGoneToAndComeBackFrom) {
  using task = typename TestFixture::template task<int>;
  auto const goes = [](AsioExecutor<TypeParam> &test) -> task {
    bool const before = test.inside();
    int const n = co_await io::run_on(io::asio_executor(test.context.get_executor()), test.chain(test, false));
    co_return before || test.inside() ? 0 : n;
  };
  io::io_context here;
  int result = 0;
  io::async_run(here.get_executor(), goes(*this), [&](int n) { result = n; });
  EXPECT_EQ(here.poll(), 1U);
  EXPECT_FALSE(this->inside());
  EXPECT_EQ(this->context.poll(), 2U) << "what was dispatched, and what its leaf has posted";
  EXPECT_EQ(result, 0);
  EXPECT_FALSE(this->context.stopped()) << "whoever went there has not gone on yet";
  here.restart();
  EXPECT_EQ(here.poll(), 1U);
  this->context.poll();
  EXPECT_TRUE(this->context.stopped());
  EXPECT_EQ(result, 21);
}

TEST(AsioExecutors, KeepTheContextRunningOnlyWhileThereAreTasks) {
  asio::io_context context;
  handed to;
  io::asio_executor const ex(context.get_executor());
  auto const waits = [](handed &h) -> io::task<> { co_await parked(h); };
  io::async_run(ex, waits(to));
  EXPECT_EQ(context.poll(), 1U);
  EXPECT_FALSE(context.stopped()) << "a task waits";
  ex.dispatch(to.coroutine).resume();
  EXPECT_EQ(context.poll(), 1U);
  EXPECT_TRUE(context.stopped()) << "executors are no tasks";
}

TEST(AsioExecutors, RunInOrderWhatIsPosted) {
  asio::io_context context;
  std::string log;
  job a([&] { log += 'a'; });
  job b([&] { log += 'b'; });
  io::asio_executor const ex(context.get_executor());
  ex.post(&a);
  asio::post(context, [&] { log += '-'; });
  ex.post(&b);
  EXPECT_EQ(log, "");
  context.run();
  EXPECT_EQ(log, "a-b");
}

TEST(AsioExecutors, GoOnAtOnceWhereTheyAreKnownToRun) {
  asio::io_context context;
  io::asio_executor const known(context.get_executor());
  io::asio_executor const any{asio::any_io_executor(context.get_executor())};
  handed to;
  auto const waits = [](handed &h) -> io::task<> { co_await parked(h); };
  io::async_run(known, waits(to));
  context.run_one();
  EXPECT_EQ(known.dispatch(to.coroutine), std::noop_coroutine()) << "nobody runs the context on this thread";
  asio::post(context, [&] {
    EXPECT_EQ(known.dispatch(std::noop_coroutine()), std::noop_coroutine());
    EXPECT_EQ(known.dispatch(to.coroutine), to.coroutine);
    EXPECT_EQ(any.dispatch(std::noop_coroutine()), std::noop_coroutine());
  });
  EXPECT_EQ(context.run(), 3U) << "the coroutine, the function, and what the last dispatch has queued";
}

TEST(AsioExecutors, AreEqualWhereTheyRunOnTheSame) {
  asio::io_context context;
  asio::io_context other;
  EXPECT_EQ(io::asio_executor(context.get_executor()), io::asio_executor(context.get_executor()));
  EXPECT_NE(io::asio_executor(context.get_executor()), io::asio_executor(other.get_executor()));
}

// Several threads: a strand of Asio keeps tasks apart that would overlap.
TEST(AsioExecutors, KeepTasksApartByStrands) {
  constexpr int tasks = 8;
  constexpr int turns = 200;
  asio::thread_pool pool(2);
  int unguarded = 0;
  std::atomic<int> done = 0;
  auto const counts = [](int &number, std::atomic<int> &ended) -> io::task<> {
    for (int i = 0; i != turns; ++i) {
      ++number;
      co_await yield();
    }
    ++ended;
  };
  io::asio_executor const strand(asio::make_strand(pool.get_executor()));
  for (int i = 0; i != tasks; ++i) {
    io::async_run(strand, counts(unguarded, done));
  }
  pool.join();
  EXPECT_EQ(done, tasks);
  EXPECT_EQ(unguarded, tasks * turns);
}

TEST(AsioExecutors, AreSchedulersToo) {
  asio::thread_pool pool(1);
  io::asio_executor const on(pool.get_executor());
  auto const where = []() -> io::task<std::thread::id> { co_return std::this_thread::get_id(); };
  auto const first = snug::this_thread::sync_wait(ex::write_env(where(), ex::prop(io::get_executor, on)));
  auto const second = snug::this_thread::sync_wait(
      ex::then(ex::schedule(io::as_scheduler(on)), [] { return std::this_thread::get_id(); }));
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(std::get<0>(*first), std::get<0>(*second));
  EXPECT_NE(std::get<0>(*first), std::this_thread::get_id());
}

} // namespace
