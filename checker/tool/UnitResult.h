// What checking one source yields, as bytes: it travels from the process that checked it, and it is kept in the cache.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_UNITRESULT_H
#define SNUG_CHECKER_TOOL_UNITRESULT_H

#include "core/Finding.h"
#include "rules/Statistics.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace snug::tool {

/// What checking one source yields.
struct UnitResult {
  std::vector<Finding> Findings;
  rules::Statistics Seen;
  /// Compiling and judging together.
  std::uint64_t Nanoseconds = 0;
  /// What the compiler said against the source; empty when it compiled.
  std::string CompilerErrors;
  /// Why this could not be kept for the next run; empty when it was, or was not to be.
  std::string NotKept;
};

/// For this build of the program to read again: the format changes with its members.
std::string toBytes(const UnitResult &Result);

/// Nothing when `Bytes` are not what `toBytes` wrote: cut off, damaged, or written by another version.
std::optional<UnitResult> unitResultFrom(llvm::StringRef Bytes);

} // namespace snug::tool

#endif
