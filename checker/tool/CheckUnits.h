// Runs the rules over all sources of a run, each in a process of its own, and merges what they find.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_CHECKUNITS_H
#define SNUG_CHECKER_TOOL_CHECKUNITS_H

#include "core/Finding.h"
#include "rules/Rule.h"
#include "rules/Statistics.h"
#include "tool/Sources.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace snug::tool {

/// What decides, beside the source itself, what is found in one source.
struct UnitSettings {
  rules::RunOptions Run;
  /// Names all of that for the cache: what was found under other settings is no answer.
  std::string Fingerprint;
  /// Where `header-filter` was set ("file:line:column"), if it was.
  std::string HeaderFilterOrigin;
};

/// How the sources of one run are gone through.
struct CheckSettings {
  /// How many sources are checked at a time; at least 1.
  unsigned Jobs = 1;
  /// A source that takes longer is given up; 0 means no limit.
  unsigned SecondsPerFile = 0;
  /// Where results are kept for the next run; empty means nowhere.
  std::string CacheFolder;
  /// Whether results of earlier runs are taken; otherwise they are only replaced.
  bool ReadCache = true;
};

/// What all sources yielded together.
struct CheckedUnits {
  /// Sorted; what several sources say alike is there once. The same whatever the number of jobs.
  std::vector<Finding> Findings;
  rules::Statistics Seen;
  /// Sources that could not be judged: they do not compile, crash the compiler, or take too long.
  std::size_t Failed = 0;
  /// Sources that had not changed since an earlier run.
  std::size_t Cached = 0;
  /// Compiling and judging, added up over the sources.
  std::uint64_t Nanoseconds = 0;
  /// The largest process, and its source.
  std::uint64_t PeakKiB = 0;
  std::string Largest;
};

/// Checks each unit with its settings, `PerUnit[I]` for `Units.file(I)`. Says on stderr what is wrong with those that
/// cannot be judged, in the order of the files and in one line for each when there are several; shows its progress there
/// when it is a terminal.
CheckedUnits checkUnits(const Sources &Units, llvm::ArrayRef<UnitSettings> PerUnit, const CheckSettings &Settings);

} // namespace snug::tool

#endif
