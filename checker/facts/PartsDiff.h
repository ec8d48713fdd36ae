// What moved between two layouts of one type, part by part.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_PARTSDIFF_H
#define SNUG_CHECKER_FACTS_PARTSDIFF_H

#include "core/Finding.h"
#include "facts/Facts.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace snug::facts {

struct PartsDiff {
  /// A part takes more than before.
  bool HasGrown = false;
  /// A part moved, shrank or vanished.
  bool HasMoved = false;
  /// Causes first (what grew, came, went), then what moved in consequence. At the new places.
  std::vector<Reason> Reasons;
};

/// Parts are the same when they have the same name (bases: the same type); what has neither is matched by its place in
/// the order. A part that only changed its name or its type is said, and has not moved.
PartsDiff compareParts(llvm::ArrayRef<Part> Old, llvm::ArrayRef<Part> New);

/// "4 bytes", "3 bits".
std::string amountOf(std::uint64_t Bits);

} // namespace snug::facts

#endif
