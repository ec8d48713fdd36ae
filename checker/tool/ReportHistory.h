// Sizes and counts over time, from a series of lock files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_REPORTHISTORY_H
#define SNUG_CHECKER_TOOL_REPORTHISTORY_H

#include "facts/Lock.h"
#include "report/HtmlReport.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace snug::tool {

/// A lock file of some time.
struct HistoryStep {
  std::string Label;
  facts::Lock Entries;
};

/// Reads lock files, the oldest first. A step is called by what tells its path from the others'.
/// Fails as readLockFile does, and on a file that is not there.
llvm::Expected<std::vector<HistoryStep>> readHistory(llvm::ArrayRef<std::string> Paths);

/// The section "history": an entry for each type (its size) and each function (its loads) of any step.
report::HtmlSection historySection(llvm::ArrayRef<HistoryStep> Steps);

} // namespace snug::tool

#endif
