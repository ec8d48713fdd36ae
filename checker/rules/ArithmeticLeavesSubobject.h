// Finds pointer arithmetic that leaves a member, a base or an array by a constant number of elements.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_ARITHMETICLEAVESSUBOBJECT_H
#define SNUG_CHECKER_RULES_ARITHMETICLEAVESSUBOBJECT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: `p + N`, `p - N`, `p[N]` where N is known and what p points to is seen: a variable, a member, a base, an element
/// of an array whose index is known. One past it may be formed and not used.
/// Undecided when: the index or the operand's value is (PointerModel), or p points to an object that may be an element of
/// an array nobody sees; arrays that stand for one of any length (`[0]`, `[1]` or `[]` at the end). Silent then, and in
/// branches that a constant condition rules out.
/// Source: [expr.add]/4.
class ArithmeticLeavesSubobject : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
