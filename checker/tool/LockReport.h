// What the commands on locks have in common: where the lock is, and how differences are printed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_LOCKREPORT_H
#define SNUG_CHECKER_TOOL_LOCKREPORT_H

#include "core/Finding.h"
#include "facts/Lock.h"
#include "report/Report.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace snug::tool {

enum class LockFormat { Text, Json, Sarif, GitHub, Markdown };

/// `Name` in this folder or the nearest one above; empty when there is none.
std::string findUpwards(llvm::StringRef Name);

/// The lock of this project: the nearest snug.lock; without one, beside the nearest .snug.yaml, or here.
std::string defaultLockFile();

/// The folder of a file, absolute.
llvm::Expected<std::string> folderOf(llvm::StringRef Path);

/// As a reader types it from here.
std::string fromHere(llvm::StringRef Path);

/// Nothing when there is no such file; fails as facts::readText and facts::readLock do.
llvm::Expected<std::optional<facts::Lock>> readLockFile(llvm::StringRef Path);

/// What `snug lock`, and `snug check` on objects, may find: for SARIF.
std::vector<report::RuleDescription> rulesOnFacts();

/// Names places of findings, which are relative to `Root`, from here; sorts the findings and prints them.
void printDifferences(std::vector<Finding> Findings, llvm::StringRef Root, std::size_t FileCount, LockFormat Format,
                      llvm::StringRef Title);

} // namespace snug::tool

#endif
