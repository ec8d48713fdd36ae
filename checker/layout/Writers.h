// Writes layouts for people, for programs and for browsers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_WRITERS_H
#define SNUG_CHECKER_LAYOUT_WRITERS_H

#include "layout/Tree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <limits>
#include <string>

namespace snug::layout {

struct WriteOptions {
  /// Levels of subobjects to show below the record; sums do not depend on it.
  unsigned Depth = std::numeric_limits<unsigned>::max();
  /// Escape sequences for a terminal (text only).
  bool Colour = false;
};

/// One line per subobject with its offset and size, holes as lines of their own, a mark where a cache line begins, and
/// a last line with the sums. At most 100 columns; no addresses; two runs can be compared with diff.
void writeText(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options = {});

/// {"schema": 1, "records": […]}; docs/layout.md lists the keys. Offsets count from the start of the record, in bytes.
void writeJson(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options = {});

/// One self-contained page without scripts: a picture of the bytes of each record, and its lines as a table.
void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options = {});

/// "1 byte", "16 bytes", "3 bits", "2 bytes 5 bits".
std::string amount(std::uint64_t Bits);
/// "1 cache line", "2 holes".
std::string counted(std::uint64_t N, llvm::StringRef Noun);

/// One line of a printed layout: a subobject, or a hole in one.
struct Line {
  unsigned Level;
  const Node *Subobject; ///< null for a hole
  const Hole *Gap;       ///< null for a subobject
  const Node *Parent;

  std::uint64_t offsetBits() const { return Gap ? Gap->Bits.Begin : Subobject->OffsetBits; }
  /// True for what has lines of its own below it.
  bool isInner() const { return Subobject && !Subobject->Children.empty(); }
};

/// The tree as lines: siblings and holes by offset, what is equal there in the order of declaration.
std::vector<Line> linesOf(const RecordLayout &Record, unsigned Depth);

/// "hole: 3 bytes", "tail padding: 5 bits", "padding: 1 byte in each of 4 elements".
std::string describe(const Line &HoleLine);
/// What is to be known of a subobject besides offset, size and declaration: "empty", "sizeof 16", …
std::vector<std::string> remarksOn(const Node &N);
/// "size 24, align 8, data size 21, 1 cache line, 3 bytes in 1 hole, 3 bytes of tail padding".
std::string summaryOf(const RecordLayout &Record);

} // namespace snug::layout

#endif
