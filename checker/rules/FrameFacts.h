// Coroutines of a translation unit as facts: what each frame is for; its size is known once code is generated.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FRAMEFACTS_H
#define SNUG_CHECKER_RULES_FRAMEFACTS_H

#include "facts/Facts.h"
#include "rules/MeasureFrames.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace snug::rules {

/// The coroutines that the rules' traversal met in the user's code; of the translation unit that this thread handles.
struct SeenCoroutines {
  static SeenCoroutines &current();

  /// Set by a host that makes facts of them.
  bool IsWanted = false;
  std::vector<const clang::FunctionDecl *> Seen;
};

/// The coroutines with a body in a finished translation unit, instantiations and lambdas included, without those of
/// system headers. A walk of its own: hosts that run rules have SeenCoroutines.
std::vector<const clang::FunctionDecl *> coroutinesOf(clang::ASTContext &AST);

/// Promise, residents and suspension points of a coroutine; neither size nor alignment.
facts::CoroutineFrame frameFactsOf(const clang::FunctionDecl &Coroutine, clang::ASTContext &AST, facts::Platform On);

/// Gives coroutines the symbols that the module has for them and drops those it does not define. They differ for lambdas
/// without linkage, which code generation numbers in an order of its own: such a coroutine is found when it is the only
/// one of its function and type, and keeps its own symbol, and no size, otherwise.
/// Returns old and new symbols of what was renamed.
std::vector<std::pair<std::string, std::string>> matchSymbols(std::vector<facts::CoroutineFrame> &Coroutines,
                                                              llvm::ArrayRef<std::string> Defined);

/// "_ZZ1fvENK3$_clEv" for the lambdas "_ZZ1fvENK3$_0clEv", "_ZZ1fvENK3$_7clEv"; the same for what has a name.
std::string withoutNumbers(llvm::StringRef Symbol);

/// Says which part of the frame is whose, as far as names and sizes leave no doubt.
void placeResidents(facts::CoroutineFrame &Frame, llvm::ArrayRef<FrameSlot> Slots);

/// A listener that fills in sizes, offsets, and who elides, of coroutines that have the module's symbols; `Coroutines`
/// outlives code generation.
FrameListener frameRecorder(std::vector<facts::CoroutineFrame> &Coroutines);

/// Sorts what the recorder heard in no particular order, and more than once.
void settleRecorded(std::vector<facts::CoroutineFrame> &Coroutines);

} // namespace snug::rules

#endif
