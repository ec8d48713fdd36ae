// Bases and members that are initialised from what a call returns by value.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CALLINITIALISERS_H
#define SNUG_CHECKER_RULES_CALLINITIALISERS_H

#include "rules/Rule.h"

#include "clang/AST/ExprCXX.h"

namespace snug::rules {

/// One initialiser `part(call(…))`, of a constructor or in braces.
struct CallInitialiser {
  /// The class that has the part, and the part: a base, or a member of class type.
  const clang::CXXRecordDecl *Whole;
  const clang::CXXRecordDecl *Part;
  const clang::FieldDecl *Member; ///< null for a base
  const clang::CallExpr *Call;
  /// What moves the result into the part; null where the result is constructed there at once.
  const clang::CXXConstructorDecl *MovedBy;
};

/// Base of the rules about such initialisers.
class CallInitialiserRule : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void enterFunction(const clang::FunctionDecl &F, RuleContext &Context) override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;

protected:
  virtual void judge(const CallInitialiser &Init, const clang::FunctionDecl *Function, RuleContext &Context) = 0;

private:
  void judge(const clang::Expr *Init, const clang::CXXRecordDecl &Whole, const clang::FieldDecl *Member,
             const clang::FunctionDecl *Function, RuleContext &Context);
};

} // namespace snug::rules

#endif
