// Whether bytes of an object can lie in two cache lines, and which alignment prevents it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/CacheLines.h"

#include <algorithm>

namespace snug::layout {

static constexpr std::uint64_t Line = RecordLayout::CacheLineBytes;

static std::uint64_t linesFrom(std::uint64_t Begin, std::uint64_t SizeBytes) {
  return SizeBytes == 0 ? 0 : (Begin % Line + SizeBytes + Line - 1) / Line;
}

bool mayCrossLine(ByteRange Bytes, std::uint64_t Align) {
  for (std::uint64_t Start = 0; Start < Line; Start += std::min(std::max<std::uint64_t>(Align, 1), Line))
    if (linesFrom(Start + Bytes.Begin, Bytes.size()) > 1)
      return true;
  return false;
}

std::optional<std::uint64_t> alignmentThatKeepsInLine(ByteRange Bytes, std::uint64_t Align) {
  for (std::uint64_t Tried = std::max<std::uint64_t>(Align, 1); Tried <= std::max(Align, Line); Tried *= 2)
    if (!mayCrossLine(Bytes, Tried))
      return Tried;
  return std::nullopt;
}

std::uint64_t mostLines(std::uint64_t SizeBytes, std::uint64_t Align) {
  // The last possible start within a line leaves most for the next ones.
  return linesFrom(Align < Line ? Line - std::max<std::uint64_t>(Align, 1) : 0, SizeBytes);
}

} // namespace snug::layout
