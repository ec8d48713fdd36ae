// The settings of one run: .snug.yaml, found upwards from a source as .clang-tidy is, and the selection of rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_CONFIG_H
#define SNUG_CHECKER_CORE_CONFIG_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace snug {

/// What .snug.yaml can say; command lines and plugin arguments override it key by key.
struct Config {
  /// `checks`: globs over rule ids, each one added or, with a leading '-', removed, in this order. Empty means all.
  std::vector<std::string> Checks;
  /// `strict`: undecided results fail the run.
  bool Strict = false;
  /// `include-system-headers`: report in system headers, too.
  bool IncludeSystemHeaders = false;
  /// `exclude-paths`: globs over paths; what would be reported in such a file is dropped.
  std::vector<std::string> ExcludePaths;
  /// The file this came from; empty for the defaults.
  std::string File;
};

/// Reads a configuration.
/// Fails with "file:line:column: …" on malformed YAML, on an unknown key (naming the nearest known one), and on a value
/// of the wrong kind.
llvm::Expected<Config> parseConfig(llvm::StringRef Text, llvm::StringRef FileName);

/// Reads `Path`; fails when it cannot be read, or as `parseConfig` does.
llvm::Expected<Config> readConfig(llvm::StringRef Path);

/// The nearest .snug.yaml in the folder of `Source` or above it; the defaults when there is none.
llvm::Expected<Config> findConfig(llvm::StringRef Source);

/// "a,-b*" as a list; blanks around the globs are dropped.
std::vector<std::string> splitGlobs(llvm::StringRef Text);

/// The ids out of `All` that `Globs` select, in the order of `All`. A list that begins with a removal begins with all.
/// Ids may be written with the prefix "snug-" that messages carry.
///
/// Fails on a malformed glob, on a glob that matches no id (naming the nearest one), and when nothing is selected.
llvm::Expected<std::vector<llvm::StringRef>> selectRules(llvm::ArrayRef<std::string> Globs,
                                                         llvm::ArrayRef<llvm::StringRef> All);

/// Whether one of `Globs` matches `Path`, or a glob without '/' one of its folders or its file name.
bool matchesPath(llvm::ArrayRef<std::string> Globs, llvm::StringRef Path);

} // namespace snug

#endif
