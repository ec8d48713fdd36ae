// Which lines and which functions are put beside each other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Diff.h"

#include <gtest/gtest.h>

namespace snug::machine {
namespace {

std::vector<ListingLine> lines(std::initializer_list<const char *> Texts) {
  std::vector<ListingLine> Lines;
  for (const char *Text : Texts)
    Lines.emplace_back().Text = Text;
  return Lines;
}

std::string shown(const std::vector<Row> &Rows) {
  std::string Text;
  for (const Row &R : Rows)
    Text += (R.Before ? std::to_string(*R.Before) : "-") + ":" + (R.After ? std::to_string(*R.After) : "-") + " ";
  return Text;
}

TEST(Align, EqualTextWins) {
  auto Rows = align(lines({"a", "mov eax, 1", "b"}), lines({"a", "b"}));
  ASSERT_TRUE(Rows);
  EXPECT_EQ(shown(*Rows), "0:0 1:- 2:1 ");
}

TEST(Align, SimilarLinesShareARow) {
  auto Rows = align(lines({"mov eax, dword ptr [rdi + 4]", "imul eax, ecx", "ret"}),
                    lines({"mov ecx, dword ptr [rsi]", "mov edx, dword ptr [rsi + 8]", "ret"}));
  ASSERT_TRUE(Rows);
  // The second candidate has the same operand shapes, so it is the better partner.
  EXPECT_EQ(shown(*Rows), "-:0 0:1 1:- 2:2 ");
}

TEST(Align, NothingInCommonIsTwoGaps) {
  auto Rows = align(lines({"add eax, 1"}), lines({"ret"}));
  ASSERT_TRUE(Rows);
  EXPECT_EQ(shown(*Rows), "0:- -:0 ");
  EXPECT_EQ(shown(*align({}, {})), "");
}

TEST(Align, TooLongIsNotTried) {
  std::vector<ListingLine> A(3000), B(3000);
  for (size_t N = 0; N != A.size(); ++N) {
    A[N].Text = "a" + std::to_string(N);
    B[N].Text = "b" + std::to_string(N);
  }
  EXPECT_FALSE(align(A, B));
  EXPECT_TRUE(align(A, A)); // equal ends cost nothing
}

FunctionReport named(const char *Mangled, const char *Name) {
  FunctionReport R;
  R.Mangled = Mangled;
  R.Name = Name;
  return R;
}

TEST(PairUp, MangledNamesFirstThenTheOnlyOnesLeft) {
  std::vector<FunctionReport> Before = {named("a", "a"), named("b", "b")}, After = {named("b", "b"), named("c", "c")};
  auto Pairs = pairUp(Before, After);
  ASSERT_EQ(Pairs.size(), 2U);
  EXPECT_EQ(Pairs[0].After.Name, "b");
  EXPECT_EQ(Pairs[1].Before.Name, "a");
  EXPECT_EQ(Pairs[1].After.Name, "c");
  EXPECT_TRUE(Before.empty() && After.empty());
}

TEST(PairUp, BaseNamesOnlyWhenUnique) {
  std::vector<FunctionReport> Before = {named("1", "s<a>::f()"), named("2", "s<b>::f()"), named("3", "g<int>()")},
                              After = {named("4", "s<c>::f()"), named("5", "g<long>()")};
  auto Pairs = pairUp(Before, After);
  ASSERT_EQ(Pairs.size(), 1U);
  EXPECT_EQ(Pairs[0].Before.Name, "g<int>()");
  EXPECT_EQ(Pairs[0].After.Name, "g<long>()");
  EXPECT_EQ(Before.size(), 2U);
  ASSERT_EQ(After.size(), 1U);
  EXPECT_EQ(After[0].Name, "s<c>::f()");
}

} // namespace
} // namespace snug::machine
