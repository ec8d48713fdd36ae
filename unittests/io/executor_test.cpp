// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the three things that a task can store of its executor.
#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_env.hpp>

#include "manual_context.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace io = snug::io;
using snug_test::manual_context;

namespace {

// An executor without a base class: it counts.
struct counting {
  int *dispatched;
  int *posted;

  io::coro dispatch(io::coro h) const noexcept {
    ++*dispatched;
    return h;
  }
  void post(io::work *) const noexcept { ++*posted; }
  [[maybe_unused]] friend bool operator==(counting const &, counting const &) = default;
};
// The same with one.
struct counting_base final : io::executor_base {
  counting_base(int *d, int *p) : inner{d, p} {}
  io::coro dispatch(io::coro h) const noexcept override { return inner.dispatch(h); }
  void post(io::work *w) const noexcept override { inner.post(w); }
  [[maybe_unused]] friend bool operator==(counting_base const &a, counting_base const &b) { return a.inner == b.inner; }

  counting inner;
};

static_assert(sizeof(io::executor_ref) == 16);
static_assert(sizeof(io::executor_ptr) == 8);
static_assert(sizeof(io::env_ptr) == 8);
static_assert(sizeof(io::io_env) == 24);
static_assert(sizeof(io::executor_base) == 8 && sizeof(manual_context::executor) == 16);

static_assert(io::executor<counting> && io::executor<counting_base> && io::executor<manual_context::executor>);
static_assert(!io::executor<io::executor_base> && !io::executor<int>);
static_assert(io::executor_handle<io::executor_ref>);
static_assert(io::executor_handle<io::executor_ptr>);
static_assert(io::executor_handle<io::env_ptr>);
static_assert(!io::executor_handle<counting> && !io::executor_handle<counting_base>, "an executor is no handle of one");
static_assert(!io::executor<io::executor_ref> && !io::executor<io::executor_ptr> && !io::executor<io::env_ptr>,
              "a handle is no executor");

struct throwing {
  io::coro dispatch(io::coro h) const { return h; }
  void post(io::work *) const {}
  [[maybe_unused]] friend bool operator==(throwing, throwing) = default;
};
static_assert(!io::executor<throwing>, "what is queued brings its own memory");

template <class Handle> class ExecutorHandle : public testing::Test {
protected:
  int dispatched = 0;
  int posted = 0;
  counting_base ex{&dispatched, &posted};
  counting_base other{&dispatched, &posted};
  io::io_env env{.executor = ex};
  io::io_env other_env{.executor = other};

  Handle handle() const {
    if constexpr (std::same_as<Handle, io::env_ptr>) {
      return env;
    } else {
      return ex;
    }
  }
  Handle other_handle() const {
    if constexpr (std::same_as<Handle, io::env_ptr>) {
      return other_env;
    } else {
      return other;
    }
  }
};
using handles = testing::Types<io::executor_ref, io::executor_ptr, io::env_ptr>;
TYPED_TEST_SUITE(ExecutorHandle, handles);

TYPED_TEST(ExecutorHandle, PassesOnToItsExecutor) {
  auto const h = this->handle();
  EXPECT_EQ(h.dispatch(std::noop_coroutine()).address() != nullptr, true);
  EXPECT_EQ(this->dispatched, 1);
  io::work w;
  h.post(&w);
  EXPECT_EQ(this->posted, 1);
}

TYPED_TEST(ExecutorHandle, IsEqualWhereItStandsForTheSameObject) {
  EXPECT_EQ(this->handle(), this->handle());
  EXPECT_NE(this->handle(), this->other_handle());
  EXPECT_NE(this->handle(), TypeParam());
  EXPECT_EQ(TypeParam(), TypeParam());
  EXPECT_TRUE(this->handle());
  EXPECT_FALSE(TypeParam());
}

TEST(ExecutorRef, RefersToExecutorsWithoutABaseClass) {
  int dispatched = 0;
  int posted = 0;
  counting const ex{&dispatched, &posted};
  io::executor_ref const ref(ex);
  auto const h = std::noop_coroutine();
  EXPECT_EQ(ref.dispatch(h), io::coro(h));
  EXPECT_EQ(dispatched, 1);
}

TEST(ExecutorRef, IsMadeOfOtherHandles) {
  int dispatched = 0;
  int posted = 0;
  counting_base const ex{&dispatched, &posted};
  io::io_env const env{.executor = ex};
  io::executor_ref const of_pointer = io::executor_ptr(ex);
  io::executor_ref const of_environment = io::env_ptr(env);
  EXPECT_EQ(of_pointer, of_environment);
  EXPECT_EQ(of_pointer, io::executor_ref(ex));
  of_pointer.dispatch(std::noop_coroutine());
  of_environment.dispatch(std::noop_coroutine());
  EXPECT_EQ(dispatched, 2);
}

} // namespace
