// What moved between two locks, which member or load is behind it, and how bad that is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_LOCKDIFF_H
#define SNUG_CHECKER_FACTS_LOCKDIFF_H

#include "core/Finding.h"
#include "facts/Lock.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace snug::facts {

/// What became of an entry, from harmless to grave.
enum class Change : std::uint8_t {
  Unchanged,
  /// Whoever was compiled against the old one still fits: a member in former padding, another name, fewer loads.
  Compatible,
  /// New, and promised: not locked yet.
  Added,
  /// Locked, and no longer promised.
  Removed,
  /// More bytes or more loads; nothing that was there moved.
  Larger,
  /// Members moved, shrank, vanished or came in between; or the alignment changed.
  LayoutChanged,
  /// A figure that the old entry, or the new one, states does not hold.
  PromiseBroken,
};

/// "compatible", "larger", "layout changed", …: as messages call it.
llvm::StringRef toString(Change C);
/// "lock-layout-changed": the id of its findings; empty for Unchanged.
llvm::StringRef ruleId(Change C);
/// One sentence on each for lists of rules.
llvm::StringRef summaryOf(Change C);

struct Difference {
  Change What = Change::Unchanged;
  /// Null for Added and Removed, respectively.
  const LockEntry *Old = nullptr;
  const LockEntry *New = nullptr;
  /// At the new definition, or the old one's file; what moved is in its reasons. No reason says what to do about it.
  Finding Report;
};

/// Compares entry by entry. Pointers lead into the arguments, which must live on.
///
/// Result:     one difference for each entity of either side that is not unchanged, in the order of lock files.
///             Entries that one side has not measured are not compared. `IsCovered` says whether an old entry without
///             a new one is gone, or was only not looked at.
/// Complexity: O(n log n) in entries, linear in their parts.
std::vector<Difference> compare(const Lock &Old, const Lock &New,
                                llvm::function_ref<bool(const LockEntry &Old)> IsCovered);

/// What of the figures in `Stated` does not hold for `Actual`: "is 32 bytes; size(24) is promised" for each. What cannot
/// be told from an entry (back-pointers, code that was not seen) holds.
std::vector<std::string> brokenPromises(llvm::ArrayRef<StatedFigure> Stated, const LockEntry &Actual);

/// "x86_64-linux-gnu", "armv7em-none-eabi with gcc at -O2".
std::string describe(const Platform &On);

} // namespace snug::facts

#endif
