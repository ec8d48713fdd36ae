// Finds downcasts and accesses through a pointer that an earlier cast did not make point elsewhere.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_DOWNCASTAFTERBADCAST_H
#define SNUG_CHECKER_RULES_DOWNCASTAFTERBADCAST_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: downcasts, and member access through a pointer to a class, in code that is not dependent.
/// Undecided when: the operand is (PointerModel), or its type alone is known and the cast has nothing to do with parts of
/// the class or bytes in it; silent then. Member access counts only where the object itself is seen; what the rules about
/// the cast say of its use is not repeated.
/// Source: [expr.static.cast]/10, [expr.ref], [basic.lval]/11.
class DowncastAfterBadCast : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
