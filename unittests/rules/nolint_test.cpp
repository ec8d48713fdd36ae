// NOLINT comments of one file, held to clang-tidy's meaning of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/NoLint.h"

#include <gtest/gtest.h>

namespace snug::rules {
namespace {

/// The numbers of the lines on which rule "r" is silent.
std::string silentLines(llvm::StringRef Text) {
  NoLintLines Lines(Text);
  std::string Result;
  for (unsigned Line = 1; Line <= 9; ++Line)
    if (Lines.silence(Line, "r"))
      Result += std::to_string(Line);
  return Result;
}

TEST(NoLintTest, WordsSayWhichLines) {
  EXPECT_EQ(silentLines("a\nb // NOLINT\nc\n"), "2");
  EXPECT_EQ(silentLines("// NOLINTNEXTLINE\nb\nc\n"), "2");
  EXPECT_EQ(silentLines("a\n// NOLINTBEGIN\nb\n// NOLINTEND\nc\n"), "234");
  EXPECT_EQ(silentLines("// NOLINTBEGIN NOLINTEND\nb\n"), "1");
  EXPECT_EQ(silentLines("// NOLINTS nolint NOLINTLINE\n"), "");
  EXPECT_EQ(silentLines("/* NOLINT */ x // NOLINTNEXTLINE(other)\n"), "1");
}

TEST(NoLintTest, ListsNameRulesByGlob) {
  EXPECT_EQ(silentLines("a // NOLINT(snug-r)\n"), "1");
  EXPECT_EQ(silentLines("a // NOLINT( bugprone-* , snug-* )\n"), "1");
  EXPECT_EQ(silentLines("a // NOLINT(*)\n"), "1");
  EXPECT_EQ(silentLines("a // NOLINT(r)\n"), "");
  EXPECT_EQ(silentLines("a // NOLINT(snug-*,-snug-r)\n"), "");
  EXPECT_EQ(silentLines("a // NOLINT(-snug-r,snug-*)\n"), "1");
  EXPECT_EQ(silentLines("a // NOLINT()\n"), "");
  EXPECT_EQ(silentLines("a // NOLINT (snug-s)\n"), "1");
  EXPECT_EQ(silentLines("a // NOLINT(snug-s\n"), "1");
}

TEST(NoLintTest, PairsNestAndNameTheSame) {
  EXPECT_EQ(silentLines("// NOLINTBEGIN(snug-r)\n// NOLINTBEGIN(snug-s)\n// NOLINTEND(snug-s)\n// NOLINTEND(snug-r)\n"),
            "1234");
  EXPECT_EQ(silentLines("// NOLINTBEGIN(snug-r)\nb\n// NOLINTEND\n"), "");
  EXPECT_EQ(silentLines("// NOLINTBEGIN\nb\n"), "");
  EXPECT_EQ(silentLines("a\n// NOLINTEND\n"), "");
  EXPECT_EQ(silentLines("// NOLINTBEGIN\r\nb\r\n// NOLINTEND\r\n"), "123");
}

} // namespace
} // namespace snug::rules
