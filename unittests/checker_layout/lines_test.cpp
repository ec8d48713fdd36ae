// The words and the order of printed layouts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Text.h"
#include "layout/Writers.h"

#include "gtest/gtest.h"

namespace snug::layout {
namespace {

TEST(Lines, AmountsHaveTheirUnitsAndPlurals) {
  EXPECT_EQ(amount(0), "0 bytes");
  EXPECT_EQ(amount(8), "1 byte");
  EXPECT_EQ(amount(1), "1 bit");
  EXPECT_EQ(amount(21), "2 bytes 5 bits");
  EXPECT_EQ(amount(9), "1 byte 1 bit");
  EXPECT_EQ(counted(1, "cache line"), "1 cache line");
  EXPECT_EQ(counted(2, "hole"), "2 holes");
}

TEST(Lines, TemplateArgumentsAreCutInnermostFirst) {
  const std::string Deep = "op<4, op<3, op<2, leaf>>> inner";
  EXPECT_EQ(shorten(Deep, 40), Deep);
  EXPECT_EQ(shorten(Deep, 30), "op<4, op<3, op<…>>> inner");
  EXPECT_EQ(shorten(Deep, 22), "op<4, op<…>> inner");
  EXPECT_EQ(shorten(Deep, 3), "op<…> inner");
  EXPECT_EQ(shorten("a_name_without_arguments", 5), "a_name_without_arguments");
  EXPECT_EQ(shorten("pair<f<int, long, char>, g<1>> both", 25), "pair<f<…>, g<…>> both");
}

TEST(Lines, SiblingsStandByOffsetAndThenAsDeclared) {
  RecordLayout Record;
  auto Child = [](const char *Name, std::uint64_t Offset) {
    Node N;
    N.Name = Name;
    N.OffsetBits = Offset * 8;
    return N;
  };
  Record.Root.Children = {Child("late", 8), Child("first", 0), Child("second", 0), Child("between", 4)};
  Record.Root.Holes = {{{56, 64}, 1, false}};
  std::string Order;
  for (const Line &L : linesOf(Record, 9))
    Order += (L.Gap ? "hole" : L.Subobject->Name) + " ";
  EXPECT_EQ(Order, "first second between hole late ");
  EXPECT_TRUE(linesOf(Record, 0).empty());
}

} // namespace
} // namespace snug::layout
