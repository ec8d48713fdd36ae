// Finds casts between a class and an empty member that shares its address with others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_NOUNIQUEADDRESSCHILD_H
#define SNUG_CHECKER_RULES_NOUNIQUEADDRESSCHILD_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references. An empty first member of a standard-layout class is as good as any.
/// Undecided when: the operand's value is (PointerModel); silent then.
/// Source: [intro.object]/10, [basic.compound]/7.
class NoUniqueAddressChild : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
