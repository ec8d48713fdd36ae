// The bytes of an object as a picture: one row per machine word, each byte coloured by its owner.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_BYTEMAP_H
#define SNUG_CHECKER_CORE_BYTEMAP_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::html {

/// Bytes [Begin, End) that show the same.
struct ByteRun {
  enum class Kind : std::uint8_t {
    Value,
    BackPointer, ///< a pointer to a part of the same object
    Hole,        ///< padding: no subobject holds a value here
    Dead,        ///< of an empty subobject that has bytes of its own: they never hold a value
  };
  std::uint64_t Begin = 0, End = 0;
  Kind What = Kind::Value;
  /// Which of the colours; runs of one owner share it. Of values only.
  unsigned Colour = 0;
  /// What stands in it, and what the reader sees where that is cut.
  std::string Label, Title;
};

/// A pointer in the object, and the byte of the object that it leads to.
struct Arrow {
  std::uint64_t From = 0, To = 0;
};

struct ByteMap {
  std::uint64_t SizeBytes = 0;
  /// Sorted, without gaps or overlaps, from 0 to `SizeBytes` or as far as is shown.
  std::vector<ByteRun> Runs;
  std::vector<Arrow> Arrows;
};

/// So many owners can be told apart; the next one has the first one's colour again.
inline constexpr unsigned OwnerColours = 8;

/// The sheet of pages with maps: `.map`, the classes `o0` to `o7` of the owners, and `.legend`.
llvm::StringRef byteMapStyle();

/// The map as one element. Long runs are folded into three rows, so that the height grows with the number of runs only.
void writeByteMap(llvm::raw_ostream &Out, const ByteMap &Map);

/// What the patterns mean.
void writeLegend(llvm::raw_ostream &Out);

} // namespace snug::html

#endif
