// Finds casts that the letter of the standard allows and the layout of the class defeats.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAYOUTCONTRADICTSINTERCONVERTIBLE_H
#define SNUG_CHECKER_RULES_LAYOUTCONTRADICTSINTERCONVERTIBLE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references. Undecided when: the operand's value is (PointerModel); silent then.
/// Source: [intro.object]/10 against [class.mem.general]/31 and [basic.compound]/7.
class LayoutContradictsInterconvertible : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
