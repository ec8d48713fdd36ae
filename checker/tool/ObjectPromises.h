// What objects promise, and what the machine code of promised functions does.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_OBJECTPROMISES_H
#define SNUG_CHECKER_TOOL_OBJECTPROMISES_H

#include "facts/Lock.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace snug::machine {
class Target;
}

namespace snug::tool {

/// True for objects, archives and linked files, by their first bytes.
bool isObject(llvm::StringRef Path);

/// Adds the facts in the sections .snug.facts of an object or of the members of an archive, of any machine, to what
/// `To` read of other objects.
/// Fails on what is no readable object and on facts that cannot be read, naming the file.
llvm::Error addFacts(llvm::StringRef Path, facts::FactsReader &To);

/// Reads machine code for locks.
class CodeReader {
public:
  CodeReader();
  ~CodeReader();

  /// Counts what the functions among `Entries` do that `Path` defines, where it holds code of x86-64: other machines'
  /// code is not read. Takes the frames of the coroutines among `Entries` from its facts. Entries that were measured
  /// before stay as they are.
  /// Fails when the file cannot be read as an object.
  llvm::Error measure(facts::Lock &Entries, llvm::StringRef Path);

private:
  /// Made for the first object that needs it, and costly to make.
  std::unique_ptr<machine::Target> Target;
};

} // namespace snug::tool

#endif
