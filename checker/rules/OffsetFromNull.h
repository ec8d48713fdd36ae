// Finds offsets computed from the address of a member of a null pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_OFFSETFROMNULL_H
#define SNUG_CHECKER_RULES_OFFSETFROMNULL_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: address-of expressions that are evaluated. A pointer made from another number counts only where the same number
/// is subtracted again: registers have constant addresses, too.
/// Source: [expr.unary.op], [expr.ref].
class OffsetFromNull : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
