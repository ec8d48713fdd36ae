// Finds casts between a byte array and what lives in it that need std::launder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CASTNEEDSLAUNDER_H
#define SNUG_CHECKER_RULES_CASTNEEDSLAUNDER_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references; the operand names a byte array or a class that starts with one, or the
/// target is such a class and the operand some class that it does not contain. Byte pointers, void pointers, results of
/// calls and incomplete types are undecided; silent then. Arrays of plain char provide no storage and are left alone.
/// Source: [intro.object]/3, [basic.compound]/7, [ptr.launder]/2.
class CastNeedsLaunder : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
