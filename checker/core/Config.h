// The settings of one run: .snug.yaml, found upwards from a source as .clang-tidy is. docs/configuration.md is its page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_CONFIG_H
#define SNUG_CHECKER_CORE_CONFIG_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace snug {

/// What a configuration can say about how much a rule's findings weigh.
enum class RuleLevel : std::uint8_t { Off, Note, Warning, Error };

/// An entry below `rules`: a glob over rule ids with a level, options, or both.
struct RuleEntry {
  std::string Glob;
  std::optional<RuleLevel> Level;
  /// Key and value as RuleOptions.def knows them.
  std::map<std::string, std::uint64_t> Options;
  /// "file:line:column".
  std::string Origin;
};

/// An entry below `budgets`: what types whose qualified name ("demo::op<int>") a glob matches may cost at most.
struct Budget {
  std::string TypeGlob;
  /// Quantities of types (Quantities.def), each with its bound; at least one. `frame` bounds coroutine frames, there
  /// the glob is one over the coroutine's qualified name.
  std::map<std::string, std::uint64_t> AtMost;
  /// "file:line:column", for the note that says where the budget was stated.
  std::string Origin;
};

/// An entry below `targets`: a machine that layouts are locked for, besides the one of the compile command.
struct Target {
  /// As after `--target=`; its architecture is known to LLVM.
  std::string Triple;
  /// Further flags of the compiler for it: `-mcpu=…`, `-ffreestanding`, `--sysroot=…`.
  std::vector<std::string> Flags;
  std::string Origin;
};

/// Which files findings may be in. All are globs over paths; see `matchesPath`.
struct FileFilter {
  /// `header-filter`: only headers that match are reported in. Empty means all headers. The main file of a translation
  /// unit is always reported in.
  std::vector<std::string> Headers;
  /// `third-party-paths`: such files are treated as system headers are.
  std::vector<std::string> ThirdParty;
  /// `exclude-paths`: what would be reported in such a file is dropped.
  std::vector<std::string> Excluded;
  /// The folder that globs with '/' may start from: that of the configuration.
  std::string Root;
};

/// What .snug.yaml can say; command lines and plugin arguments override it key by key.
struct Config {
  /// `checks`: globs over rule ids, each one added or, with a leading '-', removed, in this order. Empty means all.
  std::vector<std::string> Checks;
  /// `rules`: levels and options; the last entry that matches a rule and says something about it decides.
  std::vector<RuleEntry> Rules;
  /// `budgets`: in the order of the file.
  std::vector<Budget> Budgets;
  /// `targets`: in the order of the file, each triple once.
  std::vector<Target> Targets;
  /// `strict`: undecided results fail the run.
  bool Strict = false;
  /// `include-system-headers`: report in system headers, too.
  bool IncludeSystemHeaders = false;
  FileFilter Files;
  /// `lock`: globs over names of types that are promised without a word in the code; see docs/lock.md.
  std::vector<std::string> LockedTypes;
  /// The file this came from; empty for the defaults.
  std::string File;
  /// Where each key was set ("file:line:column" or the option that did); keys that were not set are not there.
  std::map<std::string, std::string> Origins;
};

/// Reads a configuration.
/// Fails with "file:line:column: …" on malformed YAML, on a key that is unknown (naming the nearest known one) or comes
/// twice, and on a value of the wrong kind. Whether globs over rules match any is for `resolveRules` to say.
llvm::Expected<Config> parseConfig(llvm::StringRef Text, llvm::StringRef FileName);

/// Reads `Path`; fails when it cannot be read, or as `parseConfig` does.
llvm::Expected<Config> readConfig(llvm::StringRef Path);

/// The path of the nearest .snug.yaml in the folder of `Source` or above it, or empty.
std::string findConfigFile(llvm::StringRef Source);
/// The nearest .snug.yaml in the folder of `Source` or above it; the defaults when there is none.
llvm::Expected<Config> findConfig(llvm::StringRef Source);

/// Globs have '*', '?', '[…]', and '{a,b}' for alternatives, as in llvm::GlobPattern.
/// Fails with "malformed glob '…': why".
llvm::Error checkGlob(llvm::StringRef Glob);
/// Whether the whole name matches; a malformed glob matches nothing.
bool matchesName(llvm::StringRef Glob, llvm::StringRef Name);

/// "a,-b*" as a list; blanks around the globs are dropped.
std::vector<std::string> splitGlobs(llvm::StringRef Text);

/// The ids out of `All` that `Globs` select, in the order of `All`. A list that begins with a removal begins with all.
/// Ids may be written with the prefix "snug-" that messages carry.
///
/// Fails on a malformed glob, on a glob that matches no id (naming the nearest one), and when nothing is selected.
llvm::Expected<std::vector<llvm::StringRef>> selectRules(llvm::ArrayRef<std::string> Globs,
                                                         llvm::ArrayRef<llvm::StringRef> All);

/// A rule as one run sees it.
struct RuleState {
  llvm::StringRef Id;
  /// Selected by `checks`, and not off.
  bool Runs = true;
  /// Nothing: the rule's own levels.
  std::optional<RuleLevel> Level;
  /// Where level and selection come from: "default", or as in `Config::Origins`.
  std::string Origin = "default";
  /// Value and origin of every option the rule has, by key.
  std::map<std::string, std::pair<std::uint64_t, std::string>> Options;
};

/// Every rule of `All`, in that order, with what `Settings` says about it.
///
/// Fails, naming the place, on a malformed glob, a glob that matches no rule (naming the nearest), an option that none
/// of the rules its glob matches has (naming the nearest), and when no rule is left to run.
llvm::Expected<std::vector<RuleState>> resolveRules(const Config &Settings, llvm::ArrayRef<llvm::StringRef> All);

/// Whether one of `Globs` matches `Path`. A glob without '/' is compared with each folder on the path and with the
/// file's name, one with '/' with the whole path: as it is written, absolute, and from `Root` (usually the folder of
/// the configuration) on.
bool matchesPath(llvm::ArrayRef<std::string> Globs, llvm::StringRef Path, llvm::StringRef Root = "");

} // namespace snug

#endif
