// Finds children that live in bytes because of a property of their type that keeps them from being a base class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CHILDCANNOTBEBASE_H
#define SNUG_CHECKER_RULES_CHILDCANNOTBEBASE_H

#include "rules/Rule.h"

#include "clang/AST/DeclTemplate.h"

#include <set>

namespace snug::rules {

/// Input:  steps from a child in bytes to its parent (ChildStep).
/// Result: violated (a note) where the type itself stands in the way: final, a union, a virtual base. Holds where the
///         bytes are right: the child is made by a call, or later than its parent.
/// Source: [class.pre]/5, [class.union.general]/4, [expr.static.cast]/10, [dcl.init.general]/16.
class ChildCannotBeBase : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;

private:
  /// Children and the bytes they live in.
  std::set<std::pair<const clang::Decl *, const clang::Decl *>> Settled;
};

} // namespace snug::rules

#endif
