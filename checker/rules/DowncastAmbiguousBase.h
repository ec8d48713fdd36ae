// Finds casts to a class that has the type cast from as a base more than once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_DOWNCASTAMBIGUOUSBASE_H
#define SNUG_CHECKER_RULES_DOWNCASTAMBIGUOUSBASE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: reinterpreting casts, and the casts of make_receiver_for, in code that is not dependent.
/// Undecided when: the operand is (PointerModel); silent then.
/// Source: [expr.static.cast]/10, [class.member.lookup].
class DowncastAmbiguousBase : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
