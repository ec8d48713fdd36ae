// Names and comparison of stated quantities, and the search for the nearest name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Expectation.h"

#include <gtest/gtest.h>

namespace snug {
namespace {

TEST(ExpectationTest, NamesAreReadAndWritten) {
  for (const Quantity &Q : allQuantities())
    for (Relation How : relationsOf(Q)) {
      std::string Name = toString({&Q, How});
      std::optional<ExpectationName> Read = parseExpectationName(Name);
      ASSERT_TRUE(Read) << Name;
      EXPECT_EQ(Read->What, &Q);
      EXPECT_EQ(Read->How, How);
    }
  EXPECT_TRUE(parseExpectationName("hot"));
  EXPECT_FALSE(parseExpectationName("max_hot"));
  EXPECT_FALSE(parseExpectationName("max_"));
  EXPECT_FALSE(parseExpectationName("max_max_size"));
  EXPECT_FALSE(parseExpectationName("Size"));
}

TEST(ExpectationTest, TheTableIsSorted) {
  llvm::ArrayRef<Quantity> All = allQuantities();
  for (std::size_t I = 1; I < All.size(); ++I)
    EXPECT_LT(All[I - 1].Name, All[I].Name);
}

TEST(ExpectationTest, RelationsCompare) {
  EXPECT_TRUE(holds(Relation::Equal, 8, 8));
  EXPECT_FALSE(holds(Relation::Equal, 7, 8));
  EXPECT_TRUE(holds(Relation::AtMost, 7, 8));
  EXPECT_FALSE(holds(Relation::AtMost, 9, 8));
  EXPECT_TRUE(holds(Relation::AtLeast, 9, 8));
  EXPECT_FALSE(holds(Relation::AtLeast, 7, 8));
}

TEST(NearestTest, OffersSlipsOfTheHandOnly) {
  EXPECT_EQ(nearestExpectation("siz"), "size");
  EXPECT_EQ(nearestExpectation("max_lods"), "max_loads");
  EXPECT_EQ(nearestExpectation("backpointers"), "back_pointers");
  EXPECT_EQ(nearestExpectation("weight"), "");
  EXPECT_EQ(nearestExpectation("lods", OnFunction), "loads");
  EXPECT_EQ(nearest("strikt", {"strict", "checks"}), "strict");
  EXPECT_EQ(nearest("", {"a"}), "");
}

TEST(CountTest, KnowsOneFromMany) {
  EXPECT_EQ(count(1, "byte", "bytes"), "1 byte");
  EXPECT_EQ(count(0, "byte", "bytes"), "0 bytes");
  EXPECT_EQ(count(16, "byte", "bytes"), "16 bytes");
}

} // namespace
} // namespace snug
