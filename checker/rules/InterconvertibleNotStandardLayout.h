// Finds casts between a class and its first member that are undefined because the class is not standard-layout.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_INTERCONVERTIBLENOTSTANDARDLAYOUT_H
#define SNUG_CHECKER_RULES_INTERCONVERTIBLENOTSTANDARDLAYOUT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references. A warning at the cast, which is defined by itself; an error if the
/// result is used in the same function. Undecided when: the operand's value is (PointerModel); silent then.
/// Source: [basic.compound]/7, [class.prop]/2.
class InterconvertibleNotStandardLayout : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
