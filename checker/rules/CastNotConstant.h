// Finds constexpr functions that reach a reinterpret_cast whenever they are called.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CASTNOTCONSTANT_H
#define SNUG_CHECKER_RULES_CASTNOTCONSTANT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input:  casts in functions that say constexpr; in function templates that nobody instantiates, reinterpret_casts. Silent where a condition, a loop or an earlier return may keep the
///         cast from being reached.
/// Source: [expr.const.core]/2, [ptr.launder]/4.
class CastNotConstant : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void declareDeclInterest(DeclInterest &Interest) const override { addKinds<clang::FunctionTemplateDecl>(Interest); }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;

private:
  Finding finding(const clang::FunctionDecl &F, const clang::ExplicitCastExpr &Cast, const RuleContext &Context) const;
};

} // namespace snug::rules

#endif
