// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of run_on: to another executor in the middle of a chain, and back.
#include <snug/io/async_run.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/run_on.hpp>

#include "task_support.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace io = snug::io;
using namespace snug_test;

namespace {

// Runs nothing at once: what is dispatched to it is queued, as from a thread that is not its own.
class queueing_context : public manual_context {
public:
  struct resumption : io::work {
    io::coro h;
    queueing_context *from;
  };
  class executor final : public io::executor_base {
  public:
    explicit executor(queueing_context &context) noexcept : context_(&context) {}

    io::coro dispatch(io::coro h) const noexcept override {
      if (context_->inside) {
        return h;
      }
      auto &next = context_->places[context_->used++ % 4];
      next.h = h;
      next.from = context_;
      next.run = [](io::work *w) {
        auto &self = static_cast<resumption &>(*w);
        self.from->inside = true;
        self.h.resume();
        self.from->inside = false;
      };
      context_->push(&next);
      return std::noop_coroutine();
    }
    void post(io::work *w) const noexcept override { context_->push(w); }
    [[maybe_unused]] friend bool operator==(executor const &a, executor const &b) noexcept {
      return a.context_ == b.context_;
    }

  private:
    queueing_context *context_;
  };

  executor get_executor() noexcept { return executor(*this); }

  bool inside = false;
  resumption places[4];
  std::size_t used = 0;
};

template <class Handle> class RunOn : public testing::Test {
public:
  template <class T = void> using task = io::basic_task<Handle, T>;

  static task<int> inner(RunOn &test, bool throws) {
    test.note("inner");
    co_await parked(test.to);
    test.note("inner again");
    if (throws) {
      throw std::runtime_error("thrown");
    }
    co_return 1;
  }
  static task<int> middle(RunOn &test, bool throws) {
    test.note("middle");
    int const i = co_await inner(test, throws);
    test.note("middle again");
    co_return i + 1;
  }
  static task<int> outer(RunOn &test, bool throws) {
    test.note("outer");
    int result = 0;
    try {
      result = co_await io::run_on(test.there.get_executor(), middle(test, throws));
    } catch (std::runtime_error const &) {
      result = -1;
    }
    test.note("outer again");
    co_return result;
  }

  void note(std::string const &what) {
    log += what + (here.inside ? " here; " : "") + (there.inside ? " there; " : "") +
           (!here.inside && !there.inside ? " nowhere; " : "");
  }
  void run() {
    while (here.run() + there.run() != 0) {
    }
  }

  queueing_context here;
  queueing_context there;
  handed to;
  std::string log;
};
TYPED_TEST_SUITE(RunOn, all_handles, handle_names);

TYPED_TEST(RunOn, GoesThereAndComesBack) {
  for (bool const throws : {false, true}) {
    this->log.clear();
    int result = 0;
    snug::inplace_stop_source source;
    io::async_run(
        this->here.get_executor(), this->outer(*this, throws), [&](int r) { result = r; }, [](std::exception_ptr) {},
        source.get_token());
    EXPECT_EQ(this->log, "");
    this->run();
    EXPECT_EQ(this->log, "outer here; middle there; inner there; ");
    EXPECT_EQ(this->to.stop, source.get_token());
    this->to.resume();
    EXPECT_EQ(this->log, "outer here; middle there; inner there; ") << "it has yet to go there";
    this->run();
    EXPECT_EQ(this->log, throws ? "outer here; middle there; inner there; inner again there; outer again here; "
                                : "outer here; middle there; inner there; inner again there; middle again there; outer "
                                  "again here; ");
    EXPECT_EQ(result, throws ? -1 : 2);
  }
}

TYPED_TEST(RunOn, Nests) {
  using task = typename TestFixture::template task<int>;
  auto back_and_forth = [](RunOn<TypeParam> &test) -> task {
    auto inside = [](RunOn<TypeParam> &t) -> task {
      t.note("a");
      int const i = co_await io::run_on(t.here.get_executor(), [](RunOn<TypeParam> &u) -> task {
        u.note("b");
        co_return 1;
      }(t));
      t.note("c");
      co_return i + 1;
    };
    int const i = co_await io::run_on(test.there.get_executor(), inside(test));
    test.note("d");
    co_return i + 1;
  };
  int result = 0;
  io::async_run(this->here.get_executor(), back_and_forth(*this), [&](int r) { result = r; });
  this->run();
  EXPECT_EQ(result, 3);
  EXPECT_EQ(this->log, "a there; b here; c there; d here; ");
}

// What a thread runs next is not the environment's business.
TEST(RunOnFrames, AreTheEnvironmentsOnlyWhileItsTasksRun) {
  using task = io::basic_task<io::env_ptr>;
  queueing_context here;
  queueing_context there;
  io::recycling_frame_allocator frames;
  auto const outer = [](queueing_context &to, io::frame_allocator *its, int &seen) -> task {
    auto const inner = [](io::frame_allocator *expected, int &count) -> task {
      co_await yield();
      count += io::detail::current_frames == expected;
    };
    co_await io::run_on(to.get_executor(), inner(its, seen));
    seen += io::detail::current_frames == its;
  };
  int seen = 0;
  io::async_run(here.get_executor(), outer(there, &frames, seen), [] {}, io::detail::ends_program(), {}, &frames);
  for (queueing_context *const context : {&here, &there, &here}) {
    EXPECT_NE(context->run(), 0U);
    EXPECT_EQ(io::detail::current_frames, nullptr);
  }
  EXPECT_EQ(seen, 2);
}

TYPED_TEST(RunOn, MayBeDestroyedBeforeItStarts) {
  auto unstarted = io::run_on(this->there.get_executor(), this->middle(*this, false));
  EXPECT_FALSE(unstarted.await_ready());
  EXPECT_EQ(this->log, "");
}

} // namespace
