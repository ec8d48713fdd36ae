// Finds constexpr functions that reach a reinterpret_cast whenever they are called.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CASTNOTCONSTANT_H
#define SNUG_CHECKER_RULES_CASTNOTCONSTANT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input:  casts in functions that say constexpr. Silent where a condition, a loop or an earlier return may keep the
///         cast from being reached.
/// Source: [expr.const.core]/2, [ptr.launder]/4.
class CastNotConstant : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
