// The control-flow graphs that rules ask for. One costs several walks over the function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTROLFLOWGRAPHS_H
#define SNUG_CHECKER_RULES_CONTROLFLOWGRAPHS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

#include <cstdint>
#include <memory>

namespace clang {
class CFG;
}

namespace snug::rules {

/// Builds graphs, and keeps the last one: rules that look at the same function ask one after the other.
/// A rule asks only for a function in which it has seen what it looks for; `built` tells those that do not.
class ControlFlowGraphs {
public:
  explicit ControlFlowGraphs(clang::ASTContext &AST) : AST(AST) {}

  /// The graph of a function with a body, every evaluated subexpression an element of its own; initialisers of
  /// constructors included, default ones, too. Exceptions leave no edges. Null for functions without a body, for
  /// dependent ones, and for what clang makes no graph of.
  /// Complexity: linear in the function.
  std::shared_ptr<const clang::CFG> of(const clang::FunctionDecl &Function);

  /// How many have been built so far.
  std::uint64_t built() const { return Built; }

private:
  clang::ASTContext &AST;
  const clang::FunctionDecl *Last = nullptr;
  std::shared_ptr<const clang::CFG> LastGraph;
  std::uint64_t Built = 0;
};

} // namespace snug::rules

#endif
