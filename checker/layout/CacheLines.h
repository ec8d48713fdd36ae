// Whether bytes of an object can lie in two cache lines, and which alignment prevents it. Arithmetic only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_CACHELINES_H
#define SNUG_CHECKER_LAYOUT_CACHELINES_H

#include "layout/Tree.h"

#include <cstdint>
#include <optional>

namespace snug::layout {

/// Bytes [Begin, End) counted from the start of an object.
struct ByteRange {
  std::uint64_t Begin = 0;
  std::uint64_t End = 0;

  std::uint64_t size() const { return End - Begin; }
};

/// True when some object that starts at a multiple of `Align` (a power of two) has these bytes in more than one line.
bool mayCrossLine(ByteRange Bytes, std::uint64_t Align);

/// The smallest alignment of the object, at least `Align` and at most a line, with which no object has these bytes in
/// two lines; nothing where none is enough, because of the size of the range or of where it begins.
std::optional<std::uint64_t> alignmentThatKeepsInLine(ByteRange Bytes, std::uint64_t Align);

/// The most lines that so many bytes can take when they start at a multiple of `Align`.
std::uint64_t mostLines(std::uint64_t SizeBytes, std::uint64_t Align);

} // namespace snug::layout

#endif
