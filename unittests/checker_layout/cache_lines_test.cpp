// Crossing of cache lines against a plain walk over all places where an object can start.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/CacheLines.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace snug::layout {
namespace {

/// Lines of the bytes of an object at `Start`, counted byte by byte.
std::uint64_t linesAt(std::uint64_t Start, ByteRange Bytes) {
  std::uint64_t Count = 0;
  std::uint64_t Last = ~std::uint64_t{0};
  for (std::uint64_t At = Start + Bytes.Begin; At != Start + Bytes.End; ++At)
    if (At / 64 != Last) {
      Last = At / 64;
      ++Count;
    }
  return Count;
}

std::uint64_t mostLinesOf(ByteRange Bytes, std::uint64_t Align) {
  std::uint64_t Most = 0;
  for (std::uint64_t Start = 0; Start < 1024; Start += Align)
    Most = std::max(Most, linesAt(Start, Bytes));
  return Most;
}

TEST(CacheLinesTest, AgreesWithAWalkOverAllPlaces) {
  for (std::uint64_t Align = 1; Align <= 256; Align *= 2)
    for (std::uint64_t Begin = 0; Begin < 140; Begin += 3)
      for (std::uint64_t Size = 0; Size < 140; ++Size) {
        ByteRange Bytes{Begin, Begin + Size};
        ASSERT_EQ(mayCrossLine(Bytes, Align), mostLinesOf(Bytes, Align) > 1)
            << Size << " bytes at " << Begin << " aligned to " << Align;
        if (Begin == 0)
          ASSERT_EQ(mostLines(Size, Align), mostLinesOf(Bytes, Align)) << Size << " bytes aligned to " << Align;
      }
}

TEST(CacheLinesTest, TheAlignmentIsTheSmallestThatHelps) {
  for (std::uint64_t Align = 1; Align <= 128; Align *= 2)
    for (std::uint64_t Begin = 0; Begin < 130; Begin += 5)
      for (std::uint64_t Size = 0; Size < 80; ++Size) {
        ByteRange Bytes{Begin, Begin + Size};
        std::optional<std::uint64_t> Found = alignmentThatKeepsInLine(Bytes, Align);
        for (std::uint64_t Tried = Align; Tried < Found.value_or(128); Tried *= 2)
          ASSERT_GT(mostLinesOf(Bytes, Tried), 1U);
        if (Found)
          ASSERT_LE(mostLinesOf(Bytes, *Found), 1U);
      }
}

} // namespace
} // namespace snug::layout
