// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What every operation does with its inner awaitable: when it is made, asked, suspended, resumed and destroyed.
#include "every_operation.hpp"

#include <string>
#include <type_traits>

namespace {

using namespace snug_test;

template <class Erased> struct Protocol : testing::Test {
  using wrapper = typename Erased::template wrapper<io::executor_ptr>;

  static fiber<io::executor_ptr> run(wrapper &stream, outcome &seen, int times = 1, std::size_t size = 3) {
    return repeat<Erased, io::executor_ptr>(stream, seen, times, size);
  }

  script what;
  surroundings around;
  outcome seen;
};
TYPED_TEST_SUITE(Protocol, every_operation);

TYPED_TEST(Protocol, ImmediateCompletionNeitherSuspendsNorAsksTheExecutor) {
  scripted_stream<> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  auto coroutine = this->run(stream, this->seen, 3);
  coroutine.start(this->around);
  EXPECT_TRUE(coroutine.done());
  EXPECT_EQ(this->seen.count, 3);
  EXPECT_EQ(this->seen.last, (io::io_result<std::size_t>{{}, TypeParam::bytes_of_three}));
  EXPECT_EQ(this->what.last, TypeParam::what);
  EXPECT_EQ(this->what.made, 3);
  EXPECT_EQ(this->what.asked, 3);
  EXPECT_EQ(this->what.suspended, 0);
  EXPECT_EQ(this->what.resumed, 3);
  EXPECT_EQ(this->what.destroyed, 3);
  EXPECT_EQ(this->around.executor.dispatched + this->around.executor.posted, 0);
}

TYPED_TEST(Protocol, SuspendsUntilTheStreamCompletes) {
  this->what.ready = false;
  scripted_stream<> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  auto coroutine = this->run(stream, this->seen, 2);
  coroutine.start(this->around);
  EXPECT_FALSE(coroutine.done());
  EXPECT_EQ(this->what.pending(), 1);
  EXPECT_EQ(this->what.suspended, 1);
  EXPECT_EQ(this->what.resumed, 0);
  this->what.go_on();
  EXPECT_EQ(this->seen.count, 1);
  EXPECT_FALSE(coroutine.done());
  this->what.error = io::error::eof;
  this->what.go_on();
  EXPECT_TRUE(coroutine.done());
  EXPECT_EQ(this->seen.last.ec, io::error::eof);
  EXPECT_EQ(this->what.made, 2);
  EXPECT_EQ(this->what.asked, 2);
  EXPECT_EQ(this->what.destroyed, 2);
}

TYPED_TEST(Protocol, MakesTheInnerAwaitableWhereItSays) {
  scripted_stream<> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  char memory[3];
  {
    auto operation = TypeParam::begin(stream, memory, sizeof(memory));
    EXPECT_EQ(this->what.made, 0);
    EXPECT_EQ(operation.await_ready(), TypeParam::made_when_asked);
    EXPECT_EQ(this->what.made, TypeParam::made_when_asked ? 1 : 0);
    if constexpr (!TypeParam::made_when_asked) {
      io::coro const caller = std::noop_coroutine();
      EXPECT_EQ(operation.await_suspend(caller, this->around.template handle<io::executor_ptr>(), {}), caller);
      EXPECT_EQ(this->what.made, 1);
    }
    EXPECT_FALSE(operation.await_resume().ec);
  }
  EXPECT_EQ(this->what.pending(), 0);
}

TYPED_TEST(Protocol, WithoutBytes) {
  scripted_stream<> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  auto coroutine = this->run(stream, this->seen, 2, 0);
  coroutine.start(this->around);
  EXPECT_TRUE(coroutine.done());
  EXPECT_EQ(this->seen.count, 2);
  EXPECT_EQ(this->seen.last, io::io_result<std::size_t>());
  EXPECT_EQ(this->what.made, TypeParam::passes_empty_on ? 2 : 0) << "short-circuits never make the inner awaitable";
  EXPECT_EQ(this->what.pending(), 0);
}

TYPED_TEST(Protocol, OwnsAStreamThatCanOnlyBeMoved) {
  this->what.ready = false;
  {
    typename TestFixture::wrapper moved{scripted_stream<>(this->what)};
    typename TestFixture::wrapper stream(std::move(moved));
    EXPECT_FALSE(moved);
    EXPECT_TRUE(stream);
    auto coroutine = this->run(stream, this->seen);
    coroutine.start(this->around);
    this->what.go_on();
    EXPECT_TRUE(coroutine.done());
    EXPECT_EQ(this->seen.last.value, TypeParam::bytes_of_three);
    EXPECT_EQ(this->what.streams_destroyed, 0);
    moved = std::move(stream);
    EXPECT_TRUE(moved);
    EXPECT_FALSE(stream);
    EXPECT_EQ(this->what.streams_destroyed, 0);
    moved = typename TestFixture::wrapper();
    EXPECT_EQ(this->what.streams_destroyed, 1);
  }
  EXPECT_EQ(this->what.streams_destroyed, 1);
}

TYPED_TEST(Protocol, RefersToAStream) {
  {
    scripted_stream<> inner(this->what);
    typename TestFixture::wrapper const stream(&inner);
    EXPECT_TRUE(stream);
    EXPECT_FALSE(typename TestFixture::wrapper());
  }
  EXPECT_EQ(this->what.streams_destroyed, 1);
}

// await_ready() that may throw is asked once the awaitable is in its place.
TYPED_TEST(Protocol, AsksAnAwaitableThatMayThrow) {
  scripted_stream<false> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  auto coroutine = this->run(stream, this->seen);
  coroutine.start(this->around);
  EXPECT_TRUE(coroutine.done());
  this->what.ready = false;
  auto another = this->run(stream, this->seen);
  another.start(this->around);
  EXPECT_FALSE(another.done());
  this->what.go_on();
  EXPECT_TRUE(another.done());
  EXPECT_EQ(this->seen.count, 2);
  EXPECT_EQ(this->what.asked, 2);
  EXPECT_EQ(this->what.pending(), 0);
}

TYPED_TEST(Protocol, ExceptionsLeaveTheCoAwait) {
  for (step const where : {step::construct, step::ready, step::suspend, step::resume}) {
    script failing;
    failing.ready = where == step::resume;
    failing.throws_at = where;
    scripted_stream<false> inner(failing);
    typename TestFixture::wrapper stream(&inner);
    {
      auto coroutine = this->run(stream, this->seen);
      coroutine.start(this->around);
      ASSERT_TRUE(coroutine.done());
      EXPECT_THROW(coroutine.rethrow(), std::runtime_error);
    }
    EXPECT_EQ(failing.made, where == step::construct ? 0 : 1);
    EXPECT_EQ(failing.pending(), 0);
    // The next operation goes as if nothing had been.
    failing.throws_at = step::none;
    failing.ready = true;
    outcome after;
    auto next = this->run(stream, after);
    next.start(this->around);
    EXPECT_TRUE(next.done());
    EXPECT_EQ(after.count, 1);
  }
}

TYPED_TEST(Protocol, AnExceptionAfterSuspensionLeavesTheCoAwait) {
  this->what.ready = false;
  this->what.throws_at = step::resume;
  scripted_stream<> inner(this->what);
  typename TestFixture::wrapper stream(&inner);
  auto coroutine = this->run(stream, this->seen);
  coroutine.start(this->around);
  this->what.go_on();
  ASSERT_TRUE(coroutine.done());
  EXPECT_THROW(coroutine.rethrow(), std::runtime_error);
  EXPECT_EQ(this->what.pending(), 0);
}

TYPED_TEST(Protocol, AlignsTheInnerAwaitable) {
  scripted_stream<true, 128> inner(this->what);
  typename TestFixture::wrapper referring(&inner);
  typename TestFixture::wrapper owning{scripted_stream<true, 128>(this->what)};
  for (auto *stream : {&referring, &owning}) {
    auto coroutine = this->run(*stream, this->seen);
    coroutine.start(this->around);
    EXPECT_TRUE(coroutine.done());
  }
  EXPECT_EQ(this->what.made, 2);
  EXPECT_EQ(this->what.misaligned, 0U);
}

TYPED_TEST(Protocol, AWrapperCanBeErasedAgain) {
  this->what.ready = false;
  typename TestFixture::wrapper once{scripted_stream<>(this->what)};
  typename TestFixture::wrapper twice(&once);
  auto coroutine = this->run(twice, this->seen);
  coroutine.start(this->around);
  this->what.go_on();
  EXPECT_TRUE(coroutine.done());
  EXPECT_EQ(this->seen.last.value, TypeParam::bytes_of_three);
  EXPECT_EQ(this->what.pending(), 0);
}

// --- destroyed at every point ---------------------------------------------------------------------------------------

TYPED_TEST(Protocol, AnOperationMayBeDroppedAtEveryPoint) {
  char memory[3];
  for (bool const ready : {true, false}) {
    this->what.ready = ready;
    scripted_stream<> inner(this->what);
    typename TestFixture::wrapper stream(&inner);
    {
      auto never_asked = TypeParam::begin(stream, memory, sizeof(memory));
    }
    {
      auto asked = TypeParam::begin(stream, memory, sizeof(memory));
      static_cast<void>(asked.await_ready());
    }
    {
      auto suspended = TypeParam::begin(stream, memory, sizeof(memory));
      if (!suspended.await_ready()) {
        static_cast<void>(
            suspended.await_suspend(std::noop_coroutine(), this->around.template handle<io::executor_ptr>(), {}));
      }
    }
    EXPECT_EQ(this->what.pending(), 0);
    // The stream is as new.
    auto coroutine = this->run(stream, this->seen);
    coroutine.start(this->around);
    if (!ready) {
      this->what.go_on();
    }
    EXPECT_TRUE(coroutine.done());
  }
}

TYPED_TEST(Protocol, TheFrameMayGoWhileAnOperationIsPending) {
  this->what.ready = false;
  typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
  {
    auto coroutine = this->run(stream, this->seen);
    coroutine.start(this->around);
    EXPECT_EQ(this->what.pending(), 1);
  }
  EXPECT_EQ(this->what.pending(), 0);
  auto next = this->run(stream, this->seen);
  next.start(this->around);
  this->what.go_on();
  EXPECT_TRUE(next.done());
}

TYPED_TEST(Protocol, TheWrapperMayGoWhileAnOperationIsPending) {
  this->what.ready = false;
  auto coroutine = [&] {
    typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
    auto suspended = this->run(stream, this->seen);
    suspended.start(this->around);
    EXPECT_EQ(this->what.pending(), 1);
    return suspended;
  }();
  EXPECT_EQ(this->what.pending(), 0) << "with the wrapper goes the inner awaitable";
  EXPECT_EQ(this->what.streams_destroyed, 1);
  coroutine.destroy();
  EXPECT_EQ(this->what.destroyed, 1);
}

TYPED_TEST(Protocol, AssigningGivesUpWhatIsPending) {
  this->what.ready = false;
  script other;
  typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
  auto coroutine = this->run(stream, this->seen);
  coroutine.start(this->around);
  stream = typename TestFixture::wrapper(scripted_stream<>(other));
  EXPECT_EQ(this->what.pending(), 0);
  EXPECT_EQ(this->what.streams_destroyed, 1);
  coroutine.destroy();
  auto next = this->run(stream, this->seen);
  next.start(this->around);
  EXPECT_TRUE(next.done());
  EXPECT_EQ(other.made, 1);
}

TYPED_TEST(Protocol, AWrapperInTheFrameGoesWithIt) {
  this->what.ready = false;
  auto coroutine = [](typename TestFixture::wrapper stream, outcome &seen) -> fiber<io::executor_ptr> {
    char memory[3] = {};
    auto const result = co_await TypeParam::begin(stream, memory, sizeof(memory));
    seen.last = TypeParam::result(result);
  }(typename TestFixture::wrapper{scripted_stream<>(this->what)}, this->seen);
  coroutine.start(this->around);
  EXPECT_EQ(this->what.pending(), 1);
  coroutine.destroy();
  EXPECT_EQ(this->what.pending(), 0);
  EXPECT_EQ(this->what.streams_destroyed, 1);
}

} // namespace
