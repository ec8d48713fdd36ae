// Finds parent addresses computed from a child's address by way of integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTAINEROFINTEGER_H
#define SNUG_CHECKER_RULES_CONTAINEROFINTEGER_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts to a class pointer. A note: the mapping between pointers and integers is the implementation's. Arithmetic
/// without an offset, such as that on tag bits, is left alone.
/// Undecided when: the integer's origin is not seen; silent then.
/// Source: [expr.reinterpret.cast]/4-5.
class ContainerOfInteger : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
