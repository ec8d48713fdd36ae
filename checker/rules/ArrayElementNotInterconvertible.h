// Finds casts from the first element of an array to the array or to a class that starts with it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_ARRAYELEMENTNOTINTERCONVERTIBLE_H
#define SNUG_CHECKER_RULES_ARRAYELEMENTNOTINTERCONVERTIBLE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references, of the first element of an array that is seen, or of a parameter that
/// points to bytes where the target is an array of them or a class that is nothing else. Silent where the result is
/// laundered at once: the array's bytes are reachable through its element.
/// Undecided when: the operand's value is (PointerModel); silent then.
/// Source: [basic.compound]/7.
class ArrayElementNotInterconvertible : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
