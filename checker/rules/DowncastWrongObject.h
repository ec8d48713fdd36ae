// Finds downcasts of objects that are known not to be part of the derived class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_DOWNCASTWRONGOBJECT_H
#define SNUG_CHECKER_RULES_DOWNCASTWRONGOBJECT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: static_cast from base to derived, and casts that mean it, in code that is not dependent and can be reached.
/// Undecided when: the object that the operand points to is not seen as a whole (PointerModel), was reached by launder, or
/// is an alternative of a union; silent then.
/// Source: [expr.static.cast]/2, [expr.static.cast]/10.
class DowncastWrongObject : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
