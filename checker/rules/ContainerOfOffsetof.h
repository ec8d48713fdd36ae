// Finds parent addresses computed from a child's address by subtracting an offsetof.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTAINEROFOFFSETOF_H
#define SNUG_CHECKER_RULES_CONTAINEROFOFFSETOF_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts to a class pointer, written out where they stand (in a macro: container-of-macro).
/// Undecided when: the arithmetic starts from a byte or void pointer whose origin is not seen; silent then.
/// Source: [expr.add]/4, [expr.static.cast]/12.
class ContainerOfOffsetof : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
