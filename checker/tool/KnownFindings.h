// The suppressions file of `snug check`: --suppressions, --write-suppressions, --prune.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_KNOWNFINDINGS_H
#define SNUG_CHECKER_TOOL_KNOWNFINDINGS_H

#include "core/Finding.h"
#include "core/Suppressions.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace snug::tool {

/// What the user asked for.
struct KnownFindingsRequest {
  /// Empty: no suppressions file.
  std::string File;
  /// Add what is found now, drop what is gone.
  bool Write = false;
  /// Drop what is gone.
  bool Prune = false;
};

/// What a run looked at: an entry about anything else is neither stale nor dropped.
struct RunScope {
  /// All sources of a database; otherwise only the files named were looked at, not the headers they share with others.
  bool Whole = false;
  std::vector<std::string> Files;
  std::vector<llvm::StringRef> RuleIds;
};

/// What became of known findings.
struct KnownOutcome {
  /// Entries without their findings.
  std::size_t Stale = 0;
  /// Findings that were dropped.
  std::size_t Suppressed = 0;
};

/// The suppressions file of one run.
class KnownFindings {
public:
  /// Reads the file. Fails on --write-suppressions or --prune without a file, on both together, on a file that is
  /// missing (unless it is to be written), unreadable or malformed.
  static llvm::Expected<KnownFindings> open(KnownFindingsRequest Request);

  /// Drops known findings from `Findings` and, if that was asked for, writes the file anew, in one step: on failure it
  /// is as it was. Says on stderr what was written and which entries are stale. Fails when the file cannot be written.
  llvm::Expected<KnownOutcome> apply(std::vector<Finding> &Findings, const RunScope &Scope) const;

  /// Drops known findings of a run in which not every source could be judged: nothing is stale then, and nothing is
  /// written, which is said on stderr.
  KnownOutcome applyIncomplete(std::vector<Finding> &Findings) const;

private:
  bool covers(const Suppression &S, const RunScope &Scope) const;
  KnownFindingsRequest Request;
  std::vector<Suppression> Entries;
  std::string Folder;
};

} // namespace snug::tool

#endif
