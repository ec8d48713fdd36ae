// Finds uses of a parent's members while one of its bases is constructed or destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_PARENTUSEDDURINGCONSTRUCTION_H
#define SNUG_CHECKER_RULES_PARENTUSEDDURINGCONSTRUCTION_H

#include "rules/Rule.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace snug::rules {

/// Input: constructors and destructors, and functions that they call with `this` or with the parent: one call deep.
/// Undecided when: the call is virtual, its body is not visible, the parent is reached through a member, or through a
/// virtual base; silent then.
/// Source: [class.base.init]/18, [class.cdtor]/1-3, [basic.life]/7-8.
class ParentUsedDuringConstruction : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  /// Functions that cast `this` or a parameter down, in the order in which they stand.
  llvm::SetVector<const clang::FunctionDecl *> Casting;
  /// Constructors and destructors by the functions that they call.
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallSetVector<const clang::FunctionDecl *, 2>> CalledBy;
};

} // namespace snug::rules

#endif
