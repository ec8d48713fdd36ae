// Finds casts from a virtual base to the class that derives from it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_DOWNCASTVIRTUALBASE_H
#define SNUG_CHECKER_RULES_DOWNCASTVIRTUALBASE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: reinterpreting casts in code that is not dependent.
/// Undecided when: the operand is (PointerModel); silent then.
/// Source: [expr.static.cast]/10.
class DowncastVirtualBase : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
