// The reviewable record of everything promised: one entry per type or function, target and compiler. Plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_LOCK_H
#define SNUG_CHECKER_FACTS_LOCK_H

#include "facts/Facts.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::facts {

/// A figure of a function as it was counted: {"loads", 3}.
struct Counted {
  std::string Name;
  std::uint64_t Value = 0;
};

/// One type or function on one platform.
struct LockEntry {
  enum class Kind : std::uint8_t { Function, Type, Coroutine };

  Kind What = Kind::Type;
  /// As `snug layout` and `snug asm` name it.
  std::string Name;
  /// Of a function or coroutine: as the symbol table has it. Empty for types.
  std::string Symbol;
  Platform On;
  /// Laid out for a target that the configuration names, whatever machine the code is compiled for.
  bool IsConfigured = false;
  /// The place of its definition. A lock file holds the file alone; line and column are those of a fresh look.
  Location Where;
  /// Who said so: a source or an object, for people. No part of a lock file.
  std::string Unit;
  /// Other translation units may have another of this name: the file is part of its identity.
  bool IsInternal = false;
  /// Without their places when read from a lock file.
  std::vector<StatedFigure> Stated;

  // Of a type:
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  std::uint64_t PaddingBytes = 0;
  std::vector<Part> Parts;

  // Of a function, empty until its machine code was seen; of a coroutine, until its frame was laid out:
  std::vector<Counted> Figures;
  /// "load arg0→8", "store arg0→16": data accesses in the order of the code. Of a coroutine what its frame keeps,
  /// "64 'buffer': char[64]", most first.
  std::vector<std::string> Accesses;

  /// What is known of a coroutine once code was generated for it.
  void setFrame(const CoroutineFrame &Frame);

  bool isType() const { return What == Kind::Type; }
  /// Whether it says more than the promise itself: a function whose code was not seen does not.
  bool isMeasured() const { return isType() || !Figures.empty(); }
};

/// Orders entries as a lock file does: by name, kind, symbol, platform, and the file where that counts. Entries are of
/// one thing exactly when neither is less.
bool operator<(const LockEntry &A, const LockEntry &B);
bool isSameEntity(const LockEntry &A, const LockEntry &B);

using Lock = std::vector<LockEntry>;

/// What `F` promises, as entries; functions are not measured yet. Coroutines that nobody promised are left out.
Lock toLock(const Facts &F);

/// The newest form of lock files that this program reads. It writes the oldest that can hold the entries: coroutines
/// need 2, everything else 1.
inline constexpr unsigned LockVersion = 2;

/// A lock file: a header with the version, then the entries, sorted, as lines that read well in a diff (docs/lock.md).
/// Equal locks are equal bytes.
std::string writeLock(Lock Entries);

/// Reads what `writeLock` wrote, with either kind of line end; entries come sorted.
/// Fails with "file:line: …" on an unresolved merge, on a file that is no lock file or of a newer version, on a line
/// that means nothing there, and on one entity in two entries.
llvm::Expected<Lock> readLock(llvm::StringRef Text, llvm::StringRef FileName);

} // namespace snug::facts

#endif
