// Gathers what sources and objects promise now, as entries of a lock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_PROMISES_H
#define SNUG_CHECKER_TOOL_PROMISES_H

#include "core/Config.h"
#include "facts/Lock.h"
#include "tool/Sources.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace snug::tool {

struct PromiseRequest {
  /// FILE…, as typed: sources and objects. Empty means the whole database.
  std::vector<std::string> Files;
  /// As in SourceRequest.
  std::string BuildPath;
  std::optional<std::vector<std::string>> Flags;
  /// The folder that places are named from.
  std::string Root;
  /// --config; empty for the nearest .snug.yaml of each source.
  std::string ConfigFile;
  unsigned Jobs = 1;
};

/// What a run saw.
struct Promises {
  /// Sorted, each entity once; places are named from the root.
  facts::Lock Entries;
  /// The whole database was read, so that what is not in `Entries` is promised nowhere.
  bool IsWhole = false;
  /// The main files and objects that were read, named from the root.
  std::vector<std::string> Read;
  /// What the units were compiled for, those without a promise too.
  std::set<facts::Platform> Platforms;
  /// The targets that the configuration in the root names.
  std::set<std::string> Configured;
  /// Types that two units lay out differently.
  std::vector<Finding> Contradictions;
  /// False when a unit does not compile; that was said on stderr.
  bool AllCompiled = true;

  /// Whether `Old` was laid out for a target that the configuration named then and does not name any more.
  bool isDropped(const facts::LockEntry &Old) const;
  /// Whether this run would have seen `Old` if it were still promised.
  bool covers(const facts::LockEntry &Old) const;
  /// Functions that are promised and whose code nobody saw.
  std::size_t unmeasured() const;
};

/// Reads sources and objects. Types are laid out for every target of the configuration in `Root`, too; functions are
/// counted in the objects named and in those that the database's commands write, unless those are older than a source.
///
/// Fails, with one message that names the cause, as Sources::find does; on objects that cannot be read; and when objects
/// are all there is and none of them carries facts; and, when the whole database was read, on a glob of `lock` that matched
/// no type.
llvm::Expected<Promises> gatherPromises(const PromiseRequest &Request);

/// `Path` as seen from the folder `Root`: what is outside of it stays absolute.
std::string fromRoot(llvm::StringRef Path, llvm::StringRef Root);

} // namespace snug::tool

#endif
