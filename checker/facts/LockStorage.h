// The lock file on disk: whoever reads it sees the old one or the new one, never a part of either.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_LOCKSTORAGE_H
#define SNUG_CHECKER_FACTS_LOCKSTORAGE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace snug::facts {

/// Keeps others from updating the lock files of one folder while it lives. Waits for them; leaves nothing behind, also
/// when the process is killed.
class UpdateGuard {
public:
  /// `Path`: the lock file. Fails when its folder cannot be opened.
  static llvm::Expected<UpdateGuard> acquire(llvm::StringRef Path);
  ~UpdateGuard();
  UpdateGuard(UpdateGuard &&Other) noexcept : Folder(Other.Folder) { Other.Folder = -1; }
  UpdateGuard &operator=(UpdateGuard &&) = delete;

private:
  explicit UpdateGuard(int Folder) : Folder(Folder) {}
  int Folder;
};

/// The text of `Path`; nothing when there is no such file. Fails when it is there and cannot be read.
llvm::Expected<std::optional<std::string>> readText(llvm::StringRef Path);

/// Puts `Text` in the place of what `Path` holds, in one step: written beside it, brought to the disk, renamed. Symbolic
/// links stay and their target is replaced; the file keeps its mode. On failure (no space, no permission, an interrupt)
/// the old file is as it was and nothing is left beside it.
llvm::Error replaceText(llvm::StringRef Path, llvm::StringRef Text);

} // namespace snug::facts

#endif
