// What the writers of layouts share: the order of lines, and the words.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Writers.h"

#include "core/Text.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::layout {

std::string counted(std::uint64_t N, llvm::StringRef Noun) {
  return std::to_string(N) + " " + Noun.str() + (N == 1 ? "" : "s");
}

std::string amount(std::uint64_t Bits) {
  const std::uint64_t Bytes = Bits / 8, Rest = Bits % 8;
  if (Rest == 0)
    return counted(Bytes, "byte");
  return Bytes == 0 ? counted(Rest, "bit") : counted(Bytes, "byte") + " " + counted(Rest, "bit");
}

static void addLines(const Node &Parent, unsigned Level, unsigned Depth, std::vector<Line> &Lines) {
  if (Level >= Depth)
    return;
  std::vector<Line> Siblings;
  for (const Node &Child : Parent.Children)
    Siblings.push_back({Level, &Child, nullptr, &Parent});
  for (const Hole &Gap : Parent.Holes)
    Siblings.push_back({Level, nullptr, &Gap, &Parent});
  // Few lines, and their order of declaration matters where offsets are equal: insertion keeps it.
  for (auto It = Siblings.begin(); It != Siblings.end(); ++It)
    std::rotate(std::upper_bound(Siblings.begin(), It, *It,
                                 [](const Line &A, const Line &B) { return A.offsetBits() < B.offsetBits(); }),
                It, It + 1);
  for (const Line &L : Siblings) {
    Lines.push_back(L);
    if (L.Subobject)
      addLines(*L.Subobject, Level + 1, Depth, Lines);
  }
}

std::vector<Line> linesOf(const RecordLayout &Record, unsigned Depth) {
  std::vector<Line> Lines;
  addLines(Record.Root, 0, Depth, Lines);
  return Lines;
}

std::string describe(const Line &HoleLine) {
  const Hole &Gap = *HoleLine.Gap;
  const bool InScalar = HoleLine.Parent->Children.empty();
  std::string Text = InScalar ? "padding: " : Gap.IsTail ? "tail padding: " : "hole: ";
  Text += amount(Gap.Bits.size());
  if (Gap.Times > 1)
    Text += " in each of " + counted(Gap.Times, "element");
  return Text;
}

std::vector<std::string> remarksOn(const Node &N) {
  std::vector<std::string> Remarks;
  if (N.IsPrimary)
    Remarks.push_back("primary: its vptr is shared");
  if (N.IsEmpty)
    Remarks.push_back("empty");
  if (N.IsNoUniqueAddress)
    Remarks.push_back("no_unique_address");
  if (!N.IsEmpty && N.Kind != NodeKind::BitField && N.OccupiedBits != N.SizeBits)
    Remarks.push_back("sizeof " + std::to_string(N.SizeBits / 8));
  if (!N.InTailPaddingOf.empty())
    Remarks.push_back("in the tail padding of '" + shorten(N.InTailPaddingOf, 40) + "'");
  return Remarks;
}

std::string summaryOf(const RecordLayout &Record) {
  std::string Text = "size " + std::to_string(Record.SizeBytes) + ", align " + std::to_string(Record.AlignBytes) +
                     ", data size " + std::to_string(Record.DataSizeBytes) + ", " +
                     counted(Record.cacheLines(), "cache line") + ", ";
  Text += Record.HoleCount ? amount(Record.HoleBits) + " in " + counted(Record.HoleCount, "hole") : "no holes";
  if (Record.TailPaddingBits)
    Text += ", " + amount(Record.TailPaddingBits) + " of tail padding";
  return Text;
}

} // namespace snug::layout
