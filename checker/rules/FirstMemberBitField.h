// Finds casts between a class that starts with a bit-field and the member behind it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FIRSTMEMBERBITFIELD_H
#define SNUG_CHECKER_RULES_FIRSTMEMBERBITFIELD_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references. Undecided when: the operand's value is (PointerModel); silent then.
/// Source: [class.mem.general]/31, [basic.compound]/7.
class FirstMemberBitField : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
