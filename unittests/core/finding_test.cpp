// Order and merging of findings.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Finding.h"

#include <gtest/gtest.h>

namespace snug {
namespace {

Finding at(std::string File, unsigned Line, std::string Message) {
  Finding F;
  F.RuleId = "rule";
  F.Where = {std::move(File), Line, 1, 0};
  F.Message = std::move(Message);
  return F;
}

TEST(FindingTest, WhatIsSaidTwiceIsSaidOnce) {
  Finding WithReason = at("a", 1, "x");
  WithReason.Reasons.push_back({"", "because", {"a", 2, 1, 0}, {}});
  std::vector<Finding> All{at("b", 1, "x"), at("a", 2, "x"), at("a", 1, "x"), at("a", 1, "x"), WithReason};
  All[2].Where.Raw = 7; // the host's own encoding says nothing to a reader
  sortAndMerge(All);
  ASSERT_EQ(All.size(), 4u);
  EXPECT_EQ(All[0].Where.File, "a");
  EXPECT_TRUE(All[0].Reasons.empty());
  EXPECT_EQ(All[1].Reasons.size(), 1u);
  EXPECT_EQ(All[2].Where.Line, 2u);
  EXPECT_EQ(All[3].Where.File, "b");
}

} // namespace
} // namespace snug
