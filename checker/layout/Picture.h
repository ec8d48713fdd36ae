// What the bytes of a record show: whose they are, and what is wrong with them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_PICTURE_H
#define SNUG_CHECKER_LAYOUT_PICTURE_H

#include "core/ByteMap.h"
#include "layout/Tree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace snug::layout {

/// A pointer in a record that leads to a part of it. Offsets in bytes from its start.
struct PointerInside {
  std::uint64_t Offset = 0;
  std::uint64_t SizeBytes = 0;
  std::uint64_t Target = 0;
  /// "leads to the enclosing 'parent_op' at offset 0".
  std::string Text;
};

/// Gives the owners of several pictures of one type their colours: what has the same name has the same one.
class Palette {
public:
  unsigned of(llvm::StringRef Owner) { return Colours.try_emplace(Owner, Colours.size()).first->second; }

private:
  llvm::StringMap<unsigned> Colours;
};

struct Picture {
  html::ByteMap Map;
  /// The colour of each owner and of everything in it.
  llvm::DenseMap<const Node *, unsigned> Colours;
  /// By the pointer's own node.
  llvm::DenseMap<const Node *, const PointerInside *> Pointers;
};

/// Owners are the direct subobjects; one that takes more than half of the record is taken apart, so that each operation
/// state of a nest has a colour of its own. Points into both arguments.
/// Complexity: linear in nodes and bytes; of a record beyond 64 KiB the rest is not shown.
Picture pictureOf(const RecordLayout &Record, llvm::ArrayRef<PointerInside> Pointers, Palette &Colours);

/// The map, the summary and the table of subobjects, as a part of a page that carries `html::byteMapStyle` and
/// `recordStyle`. `Depth` as in WriteOptions.
void writeRecord(llvm::raw_ostream &Out, const RecordLayout &Record, const Picture &Shown, unsigned Depth);
llvm::StringRef recordStyle();

} // namespace snug::layout

#endif
