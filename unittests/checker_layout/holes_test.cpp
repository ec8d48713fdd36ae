// Where holes are put, on trees made by hand: lit-tests/layout has those of real records.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Tree.h"

#include "gtest/gtest.h"

namespace snug::layout {
namespace {

Node leaf(std::uint64_t Offset, std::uint64_t Size, std::uint64_t ValueBits) {
  Node N;
  N.OffsetBits = Offset * 8;
  N.SizeBits = N.OccupiedBits = Size * 8;
  N.Values = {{Offset * 8, Offset * 8 + ValueBits}};
  return N;
}

Node inner(std::uint64_t Offset, std::uint64_t Size, std::vector<Node> Children) {
  Node N;
  N.OffsetBits = Offset * 8;
  N.SizeBits = N.OccupiedBits = Size * 8;
  N.Children = std::move(Children);
  return N;
}

RecordLayout record(std::uint64_t Size, std::vector<Node> Children) {
  RecordLayout Record;
  Record.SizeBytes = Size;
  Record.Root = inner(0, Size, std::move(Children));
  placeHoles(Record);
  return Record;
}

TEST(Holes, FullRecordHasNone) {
  const RecordLayout R = record(8, {leaf(0, 4, 32), leaf(4, 4, 32)});
  EXPECT_TRUE(R.Root.Holes.empty());
  EXPECT_EQ(R.HoleCount, 0u);
  EXPECT_EQ(R.HoleBits + R.TailPaddingBits, 0u);
}

TEST(Holes, GapIsCutAtTheBorderOfTheMember) {
  // 5 bytes of a member of 8, then 8 bytes of nothing, then a member: one gap, two owners.
  const RecordLayout R = record(24, {inner(0, 8, {leaf(0, 4, 32), leaf(4, 1, 8)}), leaf(16, 8, 64)});
  ASSERT_EQ(R.Root.Children[0].Holes.size(), 1u);
  EXPECT_EQ(R.Root.Children[0].Holes[0].Bits, (BitRange{40, 64}));
  EXPECT_TRUE(R.Root.Children[0].Holes[0].IsTail);
  ASSERT_EQ(R.Root.Holes.size(), 1u);
  EXPECT_EQ(R.Root.Holes[0].Bits, (BitRange{64, 128}));
  EXPECT_FALSE(R.Root.Holes[0].IsTail);
  EXPECT_EQ(R.HoleCount, 1u);
  EXPECT_EQ(R.HoleBits, 88u);
}

TEST(Holes, UnionKeepsOnlyWhatNoMemberHas) {
  Node U = inner(0, 8, {inner(0, 8, {leaf(0, 1, 8), leaf(4, 4, 32)}), leaf(0, 2, 16)});
  U.IsUnion = true;
  const RecordLayout R = record(8, {U});
  EXPECT_TRUE(R.Root.Children[0].Children[0].Holes.empty());
  ASSERT_EQ(R.Root.Children[0].Holes.size(), 1u);
  EXPECT_EQ(R.Root.Children[0].Holes[0].Bits, (BitRange{16, 32}));
}

TEST(Holes, ArrayRepeatsTheHoleOfItsElement) {
  Node Array = inner(0, 24, {leaf(0, 4, 32), leaf(4, 1, 8)});
  Array.Elements = 3;
  const RecordLayout R = record(24, {Array});
  ASSERT_EQ(R.Root.Children[0].Holes.size(), 1u);
  EXPECT_EQ(R.Root.Children[0].Holes[0].Times, 3u);
  EXPECT_EQ(R.HoleBits, 48u);
  EXPECT_EQ(R.TailPaddingBits, 24u);
}

TEST(Holes, TooManyPaddedElementsAreReportedNotCounted) {
  Node Array = inner(0, 8 * 100000, {leaf(0, 1, 8)});
  Array.Name = "many";
  Array.Elements = 100000;
  const RecordLayout R = record(8 * 100000, {Array});
  EXPECT_EQ(R.Uncounted, std::vector<std::string>{"many"});
  EXPECT_EQ(R.HoleBits + R.TailPaddingBits, 0u);
}

TEST(Holes, WhatStartsInAnothersTailPaddingSaysSo) {
  Node Base = inner(0, 8, {leaf(0, 4, 32), leaf(4, 1, 8)});
  Base.Name = "base";
  Base.Kind = NodeKind::Base;
  Base.OccupiedBits = 40;
  Base.PaddedBits = 64;
  const RecordLayout R = record(12, {Base, leaf(5, 1, 8), leaf(8, 4, 32)});
  EXPECT_EQ(R.Root.Children[1].InTailPaddingOf, "base");
  EXPECT_EQ(R.Root.Children[2].InTailPaddingOf, "");
  ASSERT_EQ(R.Root.Holes.size(), 1u);
  EXPECT_EQ(R.Root.Holes[0].Bits, (BitRange{48, 64}));
}

TEST(Holes, ValuesNarrowerThanTheirTypeLeavePaddingInTheLeaf) {
  const RecordLayout R = record(16, {leaf(0, 16, 80)});
  ASSERT_EQ(R.Root.Children[0].Holes.size(), 1u);
  EXPECT_EQ(R.Root.Children[0].Holes[0].Bits, (BitRange{80, 128}));
  EXPECT_EQ(R.TailPaddingBits, 48u);
}

} // namespace
} // namespace snug::layout
