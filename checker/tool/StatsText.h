// What checking cost, as a table for people.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_STATSTEXT_H
#define SNUG_CHECKER_TOOL_STATSTEXT_H

#include "tool/CheckUnits.h"

#include "llvm/Support/raw_ostream.h"

namespace snug::tool {

/// Counts of what was visited, then the seconds of each phase and of each rule with their share of the whole, the
/// dearest rule first. A rule's share is part of its phase's.
void writeStats(llvm::raw_ostream &OS, const CheckedUnits &Units);

} // namespace snug::tool

#endif
