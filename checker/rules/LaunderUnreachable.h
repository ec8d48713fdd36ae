// Finds std::launder calls whose result reaches bytes that the argument does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAUNDERUNREACHABLE_H
#define SNUG_CHECKER_RULES_LAUNDERUNREACHABLE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: calls of launder, and the casts of what they return. Undecided when: the argument is (PointerModel), or an
/// array whose surroundings are not seen; silent then.
/// Source: [ptr.launder]/2, [basic.compound]/8.
class LaunderUnreachable : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
