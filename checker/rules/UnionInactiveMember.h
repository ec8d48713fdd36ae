// Finds accesses to a member of a union while another one is active.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_UNIONINACTIVEMEMBER_H
#define SNUG_CHECKER_RULES_UNIONINACTIVEMEMBER_H

#include "rules/Rule.h"
#include "rules/UnionMembers.h"

#include "llvm/ADT/DenseSet.h"

#include <vector>

namespace snug::rules {

/// Input: functions that name union members of `*this` or of a local variable, followed through their control flow. A
/// destructor starts with what every constructor leaves, if nothing in the translation unit makes another member active.
/// A warning where all members are trivial: compilers define what reading another one gives.
/// Undecided when: see followUnions; silent then. Bytes and common initial sequences may be read.
/// Source: [class.union.general]/2, [basic.life]/7-8.
class UnionInactiveMember : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void enterFunction(const clang::FunctionDecl &Function, RuleContext &Context) override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void leaveFunction(const clang::FunctionDecl &Function, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  Finding judged(const InactiveAccess &Access, const RuleContext &Context) const;

  /// Whether the functions being walked name a union member in a way that needs following, innermost last.
  std::vector<bool> Mentions;
  /// Members that are named outside of a destructor other than to read them: they may become active there.
  llvm::DenseSet<const clang::FieldDecl *> MayBecomeActive;
};

} // namespace snug::rules

#endif
