// Finds casts between a class and a member of it that is not the first.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FIRSTMEMBERNOTFIRST_H
#define SNUG_CHECKER_RULES_FIRSTMEMBERNOTFIRST_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references. Undecided when: the operand's value is (PointerModel); silent then, and
/// silent for scalars unless the member is named in the cast.
/// Source: [basic.compound]/7, [class.mem.general]/31.
class FirstMemberNotFirst : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
