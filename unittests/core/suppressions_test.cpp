// The file of known findings: keys that survive moved lines, counts, staleness, reading what was written.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Suppressions.h"

#include <gtest/gtest.h>

namespace snug {
namespace {

Finding finding(const char *Rule, const char *File, unsigned Line, const char *Entity, const char *Message) {
  Finding F;
  F.RuleId = Rule;
  F.Where = {File, Line, 1, 0};
  F.Entity = Entity;
  F.Message = Message;
  return F;
}

std::string errorOf(llvm::StringRef Text) {
  llvm::Expected<std::vector<Suppression>> Read = parseSuppressions(Text, "k.yaml");
  return Read ? "" : llvm::toString(Read.takeError());
}

TEST(SuppressionsTest, WhatIsWrittenIsReadAgain) {
  std::vector<Suppression> Entries = suppressionsFor(
      {finding("b", "/p/z.cpp", 1, "n::f", "says \"so\"\tand\nmore"), finding("a", "/p/ü x.cpp", 2, "", "…")}, "/p");
  const std::string Text = toText(Entries);
  llvm::Expected<std::vector<Suppression>> Read = parseSuppressions(Text, "k.yaml");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->size(), 2u);
  EXPECT_EQ((*Read)[0].File, "z.cpp");
  EXPECT_EQ((*Read)[0].Message, "says \"so\"\tand\nmore");
  EXPECT_EQ((*Read)[1].File, "ü x.cpp");
  EXPECT_EQ(toText(*Read), Text);
  EXPECT_EQ(errorOf(toText({})), "");
}

TEST(SuppressionsTest, LinesAreNoPartOfAnEntry) {
  auto Entries =
      suppressionsFor({finding("r", "/p/a.cpp", 1, "f", "'(lambda at /p/a.cpp:1:5)' is wrong at last")}, "/p");
  ASSERT_EQ(Entries.size(), 1u);
  EXPECT_EQ(Entries[0].Message, "'(lambda)' is wrong at last");
  std::vector<Finding> Moved{finding("r", "/p/a.cpp", 40, "f", "'(lambda at /p/a.cpp:40:5)' is wrong at last")};
  SuppressionResult Result = suppress(Moved, Entries, "/p");
  EXPECT_TRUE(Moved.empty());
  EXPECT_TRUE(Result.Stale.empty());
  EXPECT_EQ(Result.Dropped, 1u);
}

TEST(SuppressionsTest, CountsAreKept) {
  const Finding F = finding("r", "/p/a.cpp", 1, "f", "m");
  auto Entries = suppressionsFor({F, F}, "/p");
  ASSERT_EQ(Entries.size(), 1u);
  EXPECT_EQ(Entries[0].Count, 2u);
  std::vector<Finding> Three{F, F, F};
  EXPECT_EQ(suppress(Three, Entries, "/p").Dropped, 2u);
  EXPECT_EQ(Three.size(), 1u);
  std::vector<Finding> One{F};
  SuppressionResult Result = suppress(One, Entries, "/p");
  ASSERT_EQ(Result.Stale.size(), 1u);
  EXPECT_EQ(Result.Stale[0].Count, 1u);
}

TEST(SuppressionsTest, AnotherMessageFileEntityOrRuleIsAnotherFinding) {
  auto Entries = suppressionsFor({finding("r", "/p/a.cpp", 1, "f", "m")}, "/p");
  for (const Finding &Other : {finding("s", "/p/a.cpp", 1, "f", "m"), finding("r", "/p/b.cpp", 1, "f", "m"),
                               finding("r", "/p/a.cpp", 1, "g", "m"), finding("r", "/p/a.cpp", 1, "f", "n")}) {
    std::vector<Finding> Findings{Other};
    EXPECT_EQ(suppress(Findings, Entries, "/p").Dropped, 0u);
  }
}

TEST(SuppressionsTest, UpdatesKeepWhatTheRunDidNotCover) {
  std::vector<Suppression> Old =
      suppressionsFor({finding("r", "/p/a.cpp", 1, "f", "gone"), finding("r", "/p/a.cpp", 1, "f", "stays"),
                       finding("r", "/p/b.cpp", 1, "f", "elsewhere")},
                      "/p");
  auto Now =
      suppressionsFor({finding("r", "/p/a.cpp", 9, "f", "stays"), finding("r", "/p/a.cpp", 9, "f", "new")}, "/p");
  auto Covers = [](const Suppression &S) { return S.File == "a.cpp"; };
  auto Messages = [](llvm::ArrayRef<Suppression> Entries) {
    std::string Text;
    for (const Suppression &S : Entries)
      Text += S.Message + ' ';
    return Text;
  };
  EXPECT_EQ(Messages(updatedSuppressions(Old, Now, /*Grow=*/true, Covers)), "new stays elsewhere ");
  EXPECT_EQ(Messages(updatedSuppressions(Old, Now, /*Grow=*/false, Covers)), "stays elsewhere ");
}

TEST(SuppressionsTest, NamesWhatIsWrong) {
  EXPECT_EQ(errorOf("version: 1\nsupressions: []\n"),
            "k.yaml:2:1: unknown key 'supressions'; did you mean 'suppressions'?");
  EXPECT_EQ(errorOf("version: 1\nsuppressions:\n  - rule: a\n    message: b\n    count: 0\n"),
            "k.yaml:5:12: 'count' is 1 or more");
  EXPECT_NE(errorOf("version: 1\nsuppressions:\n  - rule: a\n    message: b\n  - rule: a\n    message: b\n")
                .find("the entry says the same as the one at k.yaml:3:"),
            std::string::npos);
}

} // namespace
} // namespace snug
