// Gathers what a translation unit promises into the facts that travel in its object file and fill the lock file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FACTCOLLECTOR_H
#define SNUG_CHECKER_RULES_FACTCOLLECTOR_H

#include "facts/Facts.h"

#include "clang/AST/ASTContext.h"

#include <set>
#include <string>
#include <vector>

namespace snug::rules {

/// What the host knows beyond the AST.
struct FactOptions {
  /// Globs over names of types that are promised without a word in the code (`lock` in .snug.yaml). One that begins
  /// with a wildcard never selects from system headers.
  std::vector<std::string> LockedTypes;
  /// "-O2": of the compile that the facts belong to.
  std::string Optimization;
  /// The family of the compiler that the command names; the layout is Clang's under that compiler's ABI.
  std::string Compiler = "clang";
  /// The coroutines that somebody promised may be among these.
  std::vector<const clang::FunctionDecl *> Coroutines = {};
  /// All of them become facts, instead of those that are promised.
  bool KeepsAllCoroutines = false;
};

/// Input:  a finished translation unit. Functions are found in ExpectationTable, where the plugin put their attributes,
///         and where they were declared.
/// Result: functions defined here with every symbol they may get (constructors have several); coroutines, without the
///         sizes of their frames; types on which something
///         is stated — on the class, a member, an alias or a variable — and those that `LockedTypes` match, named as
///         `snug layout` names them, with their parts. Classes of system headers are not taken apart.
///         Those of `LockedTypes` that match a type are added to `Matched`, if given.
facts::Facts collectFacts(const clang::ASTContext &AST, const FactOptions &Options,
                          std::set<std::string> *Matched = nullptr);

} // namespace snug::rules

#endif
