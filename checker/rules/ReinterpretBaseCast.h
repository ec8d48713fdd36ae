// Finds reinterpreting casts between a class and its base.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_REINTERPRETBASECAST_H
#define SNUG_CHECKER_RULES_REINTERPRETBASECAST_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts between pointers or references whose operand's value is decided (PointerModel). An error where the class
/// is not standard-layout or its base is not at offset 0, a note elsewhere: the cast holds, until a member is added.
/// Ambiguous and virtual bases are other rules'.
/// Source: [expr.static.cast]/12, [basic.compound]/7.
class ReinterpretBaseCast : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
