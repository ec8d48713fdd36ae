// Keeps what a source yielded until something it was made from changes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_RESULTCACHE_H
#define SNUG_CHECKER_TOOL_RESULTCACHE_H

#include "tool/RecordingFileSystem.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace snug::tool {

/// A folder of results, one file for each key. Entries are replaced as a whole, so that programs may share the folder
/// and be killed at any time; what is damaged or not ours is not seen. Time stamps only spare reading: a file whose size
/// or time differs from what was noted is compared by content, and one that had just been changed is always.
class ResultCache {
public:
  /// Uses `Folder`, and makes it if need be. Fails when it is not a folder and cannot be made one.
  static llvm::Expected<ResultCache> open(llvm::StringRef Folder);

  /// What was stored under `Key`, if every observation still holds. Looks at each path once in the life of this object.
  std::optional<std::string> find(llvm::StringRef Key);

  /// Stores `Result` under `Key`; `Began` is when the first of the observations was made.
  llvm::Error store(llvm::StringRef Key, const Observations &Seen, llvm::sys::TimePoint<> Began,
                    llvm::StringRef Result) const;

  /// Removes what was not used for the longest time until no more than `MaxBytes` are left.
  void trim(std::uint64_t MaxBytes) const;

private:
  explicit ResultCache(llvm::StringRef Folder) : Folder(Folder) {}
  std::string fileOf(llvm::StringRef Key) const;
  bool holds(llvm::StringRef Path, const Observation &Then);

  /// What a path is now; the hash is filled in when it is first needed.
  struct Now {
    Observation State;
    bool Hashed = false;
  };
  std::string Folder;
  llvm::StringMap<Now> Known;
};

/// Names this very build of the program and of the compiler in it.
std::string buildIdentity();

} // namespace snug::tool

#endif
