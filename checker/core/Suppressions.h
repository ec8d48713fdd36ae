// The file of findings that were known when a project took snug up: they stay silent, new ones do not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_SUPPRESSIONS_H
#define SNUG_CHECKER_CORE_SUPPRESSIONS_H

#include "core/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug {

/// One entry: how many findings of a rule with this message a file has in one entity. Lines are no part of it, so code
/// above may come and go.
struct Suppression {
  /// Relative to the folder of the suppressions file where it lies below; with '/'.
  std::string File;
  std::string Rule;
  /// See `Finding::Entity`.
  std::string Entity;
  /// Without the lines and columns that Clang puts into the names of lambdas and unnamed classes.
  std::string Message;
  std::uint64_t Count = 1;
  /// "file:line:column" of the entry; empty when it was made of findings.
  std::string Origin;
};

/// The entry of one finding, its file relative to `Folder` where it lies below.
Suppression suppressionOf(const Finding &F, llvm::StringRef Folder);

/// Reads the text of a suppressions file. Fails with "file:line:column: …" on malformed YAML, unknown keys, missing
/// ones, an unknown version, and an entry that comes twice.
llvm::Expected<std::vector<Suppression>> parseSuppressions(llvm::StringRef Text, llvm::StringRef FileName);

/// Reads `Path`; fails when it cannot be read, or as `parseSuppressions` does.
llvm::Expected<std::vector<Suppression>> readSuppressions(llvm::StringRef Path);

/// The text of a suppressions file with these entries, sorted; `parseSuppressions` reads the same back.
std::string toText(std::vector<Suppression> Entries);

/// The entries that silence `Findings`, sorted. `Folder` is that of the suppressions file.
std::vector<Suppression> suppressionsFor(llvm::ArrayRef<Finding> Findings, llvm::StringRef Folder);

/// What applying suppressions leaves.
struct SuppressionResult {
  /// Entries that were not used up, `Count` being how many findings are missing.
  std::vector<Suppression> Stale;
  /// How many findings were dropped.
  std::size_t Dropped = 0;
};

/// Drops from `Findings`, in their order, what `Entries` silence: each entry as many as it counts.
SuppressionResult suppress(std::vector<Finding> &Findings, llvm::ArrayRef<Suppression> Entries, llvm::StringRef Folder);

/// What becomes of a suppressions file after a run that saw `Now` (suppressions of its findings).
///
/// \param Covers  whether the run could have found what the entry speaks of; others stay as they are.
/// \param Grow    false: entries only shrink or go; true: new ones are added, too.
std::vector<Suppression> updatedSuppressions(std::vector<Suppression> Old, llvm::ArrayRef<Suppression> Now, bool Grow,
                                             llvm::function_ref<bool(const Suppression &)> Covers);

} // namespace snug

#endif
