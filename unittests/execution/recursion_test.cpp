// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How deep operations go that complete inside start(): every level of a chain, and every round of a loop, is a few
// frames on the stack. A run_loop is what unrolls it.
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <new>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <int Levels, class F> auto nested(ex::inline_scheduler sch, F adapt) {
  if constexpr (Levels == 0) {
    return ex::just(0);
  } else {
    return adapt(nested<Levels - 1>(sch, adapt));
  }
}

TEST(Recursion, ChainsThroughTheInlineSchedulerComplete) {
  ex::inline_scheduler const sch;
  auto plus_one = ex::then([](int x) noexcept { return x + 1; });
  auto there = [&](auto sndr) { return std::move(sndr) | ex::continues_on(sch) | plus_one; };
  auto here = [&](auto sndr) { return ex::starts_on(sch, std::move(sndr)) | plus_one; };
  EXPECT_EQ(run<int>(nested<24>(sch, there)).value(), 24);
  EXPECT_EQ(run<int>(nested<12>(sch, here)).value(), 12);
}

std::uintptr_t stack_position() noexcept { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

// Schedules itself again from its own completion, in a state of its own for each round.
template <class Sch> class repeater {
  struct receiver {
    using receiver_concept = ex::receiver_tag;
    repeater *self;
    void set_value() && noexcept { self->round(); }
  };
  using op_t = ex::connect_result_t<ex::schedule_result_t<Sch>, receiver>;

public:
  explicit repeater(Sch sch) : sch_(sch) {}

  void round() noexcept {
    positions_[done_] = stack_position();
    if (++done_ != rounds) {
      ::new (static_cast<void *>(&memory_[done_])) op_t(ex::connect(ex::schedule(sch_), receiver{this}));
      ex::start(*std::launder(reinterpret_cast<op_t *>(&memory_[done_])));
    }
  }
  // How far the stack reached from the second round to the last: all rounds but the first are completions.
  std::uintptr_t depth() const { return positions_[1] - positions_[rounds - 1]; }
  int done() const { return done_; }

private:
  static constexpr int rounds = 1000;
  struct alignas(op_t) memory {
    unsigned char bytes[sizeof(op_t)];
  };

  Sch sch_;
  int done_ = 0;
  std::uintptr_t positions_[rounds] = {};
  memory memory_[rounds];
};

TEST(Recursion, ALoopOnARunLoopNeedsNoStack) {
  ex::run_loop loop;
  auto rounds = std::make_unique<repeater<ex::run_loop::scheduler>>(loop.get_scheduler());
  rounds->round();
  loop.finish();
  loop.run();
  EXPECT_EQ(rounds->done(), 1000);
  EXPECT_EQ(rounds->depth(), 0U);
}

// The outcome that whoever writes such a loop must expect: each round stays on the stack until the last is done, unless
// the compiler makes a loop of it. At most 4096 bytes of it, in any build.
TEST(Recursion, ALoopOnTheInlineSchedulerStaysOnTheStack) {
  auto rounds = std::make_unique<repeater<ex::inline_scheduler>>(ex::inline_scheduler());
  rounds->round();
  EXPECT_EQ(rounds->done(), 1000);
  EXPECT_LT(rounds->depth(), 1000U * 4096U);
}

// The children of a when_all start one beside the other: the last is no deeper than the first.
TEST(Recursion, WhenAllStartsItsChildrenSideBySide) {
  std::uintptr_t first = 0, last = 0;
  auto position = [](std::uintptr_t &where) {
    return ex::just() | ex::then([&where]() noexcept { where = stack_position(); });
  };
  (void)run<int, int>(ex::when_all(position(first), ex::just(1), nested<8>({}, [](auto s) { return ex::when_all(s); }),
                                   position(last)));
  EXPECT_LT(first < last ? last - first : first - last, 4096U);
}

} // namespace
