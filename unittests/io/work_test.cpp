// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of work, and of what a context does with it.
#include <snug/io/work.hpp>

#include "manual_context.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace io = snug::io;
using snug_test::manual_context;

static_assert(sizeof(io::work) == 16);

namespace {

struct numbered : io::work {
  numbered(int n, std::vector<int> &t) : io::work{nullptr, &note}, number(n), to(&t) {}
  static void note(io::work *w) noexcept {
    auto &self = static_cast<numbered &>(*w);
    self.to->push_back(self.number);
  }

  int number;
  std::vector<int> *to;
};

TEST(Work, RunsOnceInOrder) {
  manual_context context;
  auto const ex = context.get_executor();
  std::vector<int> ran;
  numbered one(1, ran);
  numbered two(2, ran);
  ex.post(&one);
  ex.post(&two);
  EXPECT_EQ(context.run(), 2U);
  EXPECT_EQ(ran, (std::vector{1, 2}));
  ex.post(&one);
  EXPECT_TRUE(context.run_one());
  EXPECT_FALSE(context.run_one());
  EXPECT_EQ(ran, (std::vector{1, 2, 1}));
}

} // namespace
