// Judges the step from a child that lives in the bytes of a base class to its parent by the preconditions P1 to P11.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CHILDOPERATIONSTATE_H
#define SNUG_CHECKER_RULES_CHILDOPERATIONSTATE_H

#include "rules/ChildStep.h"
#include "rules/Rule.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace snug::rules {

/// Input: every make_receiver_for, in any library, that steps from a child to its parent (ChildStep), by itself or in a
/// function that it calls.
/// Undecided when: nothing shows what is created in the bytes (P1), or who makes the receiver (P11); silent then.
/// Source: P3425R1, child_operation_state; [ptr.launder]/2, [basic.compound]/7, [expr.static.cast]/10.
class ChildOperationState : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  std::vector<ChildStep> Steps;
  /// The make_receiver_for that calls a function.
  llvm::DenseMap<const clang::FunctionDecl *, const clang::FunctionDecl *> MadeBy;
  /// Who derives directly from a class.
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<const clang::CXXRecordDecl *>> Derived;
};

} // namespace snug::rules

#endif
