// Finds the bits of a record that hold no value, and the subobjects they belong to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Tree.h"

#include <algorithm>

namespace snug::layout {
namespace {

constexpr std::uint64_t MaxElements = 65536;

/// Sorts, and joins what touches or overlaps.
void normalize(std::vector<BitRange> &Ranges) {
  std::sort(Ranges.begin(), Ranges.end(), [](const BitRange &A, const BitRange &B) { return A.Begin < B.Begin; });
  std::size_t Kept = 0;
  for (const BitRange &R : Ranges) {
    if (R.Begin == R.End)
      continue;
    if (Kept && R.Begin <= Ranges[Kept - 1].End)
      Ranges[Kept - 1].End = std::max(Ranges[Kept - 1].End, R.End);
    else
      Ranges[Kept++] = R;
  }
  Ranges.resize(Kept);
}

class Placer {
public:
  explicit Placer(RecordLayout &Record) : Record(Record) {}

  void run() {
    Node &Root = Record.Root;
    std::vector<BitRange> Values = valuesOf(Root);
    std::vector<BitRange> Gaps;
    std::uint64_t At = 0;
    for (const BitRange &R : Values) {
      if (R.Begin > At)
        Gaps.push_back({At, R.Begin});
      At = R.End;
    }
    for (const BitRange &Gap : Gaps)
      Record.HoleBits += Gap.size();
    Record.HoleCount = static_cast<unsigned>(Gaps.size());
    Record.TailPaddingBits = Root.SizeBits - At;
    if (Record.TailPaddingBits)
      Gaps.push_back({At, Root.SizeBits});
    place(Root, std::move(Gaps), 1);
  }

private:
  /// The bits of all leaves at and below `N`, normalized.
  std::vector<BitRange> valuesOf(const Node &N) {
    std::vector<BitRange> Result = N.Values;
    for (const Node &Child : N.Children) {
      std::vector<BitRange> Inner = valuesOf(Child);
      Result.insert(Result.end(), Inner.begin(), Inner.end());
    }
    normalize(Result);
    if (N.Elements <= 1 || N.Children.empty())
      return Result;
    const std::uint64_t Stride = N.SizeBits / N.Elements;
    if (Result.size() == 1 && Result[0].size() == Stride)
      return {{N.OffsetBits, N.OffsetBits + N.SizeBits}};
    if (N.Elements > MaxElements) {
      Record.Uncounted.push_back(N.Name);
      return {{N.OffsetBits, N.OffsetBits + N.SizeBits}};
    }
    const std::size_t PerElement = Result.size();
    for (std::uint64_t I = 1; I != N.Elements; ++I)
      for (std::size_t J = 0; J != PerElement; ++J)
        Result.push_back({Result[J].Begin + I * Stride, Result[J].End + I * Stride});
    normalize(Result);
    return Result;
  }

  /// Hands each of `Gaps` to the children it lies in, and keeps the rest for `N`. `Gaps` are sorted and apart.
  void place(Node &N, std::vector<BitRange> Gaps, std::uint64_t Times) {
    BitRange Whole = N.occupied();
    if (N.Elements > 1 && !N.Children.empty()) {
      // What is true of the first element is true of each.
      Whole.End = Whole.Begin + N.SizeBits / N.Elements;
      Gaps = cut(Gaps, Whole).first;
      Times *= N.Elements;
    }
    if (!N.IsUnion)
      for (Node &Child : N.Children) {
        auto [Inside, Outside] = cut(Gaps, Child.occupied());
        if (!Inside.empty())
          place(Child, std::move(Inside), Times);
        Gaps = std::move(Outside);
      }
    for (const BitRange &Gap : Gaps)
      N.Holes.push_back({Gap, Times, Gap.End == Whole.End});
  }

  /// What of `Ranges` lies in `By`, and what does not.
  static std::pair<std::vector<BitRange>, std::vector<BitRange>> cut(const std::vector<BitRange> &Ranges, BitRange By) {
    std::pair<std::vector<BitRange>, std::vector<BitRange>> Result;
    auto Add = [](std::vector<BitRange> &To, std::uint64_t Begin, std::uint64_t End) {
      if (Begin < End)
        To.push_back({Begin, End});
    };
    for (const BitRange &R : Ranges) {
      Add(Result.first, std::max(R.Begin, By.Begin), std::min(R.End, By.End));
      Add(Result.second, R.Begin, std::min(R.End, By.Begin));
      Add(Result.second, std::max(R.Begin, By.End), R.End);
    }
    return Result;
  }

  RecordLayout &Record;
};

/// Marks what starts between the end of an earlier sibling's data and the end of that sibling's type.
void markReuse(Node &Parent) {
  for (Node &Child : Parent.Children)
    markReuse(Child);
  if (Parent.IsUnion)
    return;
  for (const Node &Early : Parent.Children) {
    const BitRange Tail{Early.occupied().End, Early.OffsetBits + Early.PaddedBits};
    for (Node &Late : Parent.Children)
      if (Late.OccupiedBits != 0 && Late.OffsetBits >= Tail.Begin && Late.OffsetBits < Tail.End)
        Late.InTailPaddingOf = Early.Name;
  }
}

} // namespace

void placeHoles(RecordLayout &Record) {
  Placer(Record).run();
  markReuse(Record.Root);
}

} // namespace snug::layout
