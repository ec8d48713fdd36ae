// Objects and assembly text that are older than the sources they were made from.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_STALEOBJECTS_H
#define SNUG_CHECKER_TOOL_STALEOBJECTS_H

#include "core/Finding.h"
#include "machine/Expectations.h"

#include <vector>

namespace snug::tool {

/// Adds a finding for each object that is older than a source which states what it does: it was made from another text.
/// Of assembly text the `.file` directives say what it was made from: these sources count, whatever states the figures, and no
/// others do. Text without a directive was written by hand.
///
/// Undecided when: a source is not here, as on another machine; then nothing is said of it.
void addStale(std::vector<Finding> &To, llvm::ArrayRef<machine::Input> Inputs, const machine::Verification &V);

} // namespace snug::tool

#endif
