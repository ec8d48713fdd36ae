// Runs jobs in processes of their own, several at a time: a crash or a hang in one is no other's.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_FORKEDJOBS_H
#define SNUG_CHECKER_TOOL_FORKEDJOBS_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace snug::tool {

struct JobLimits {
  /// How many jobs run at the same time; at least 1.
  unsigned AtATime = 1;
  /// A job that takes longer is killed; 0 means no limit.
  unsigned Seconds = 0;
  /// What jobs print on stderr, and traces of their crashes, go nowhere.
  bool Silent = false;
};

/// How one job ended.
struct JobEnd {
  /// What the job returned; empty unless it came to its end.
  std::string Output;
  /// Why it did not ("crashed: Segmentation fault"), worded to follow "the job"; empty when it did.
  std::string Failure;
  /// Largest resident set of its process.
  std::uint64_t PeakKiB = 0;
};

/// Calls `Job(0)` … `Job(Count - 1)`, each in a fork of this process, and `Done` here with what it returned, in the
/// order in which they end. A fork costs a millisecond, a program of its own that loads Clang thirty; what this process
/// holds already (options, the database) needs no second reading, and what the job allocated is never freed, only left.
///
/// No other thread may run. `Job` ends with its process: destructors of what outlives it do not run.
void runForked(std::size_t Count, const JobLimits &Limits, llvm::function_ref<std::string(std::size_t)> Job,
               llvm::function_ref<void(std::size_t, JobEnd)> Done);

} // namespace snug::tool

#endif
