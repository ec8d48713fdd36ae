// Finds objects created in the place of a base class or of a [[no_unique_address]] member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_BASEREBUILTINPLACE_H
#define SNUG_CHECKER_RULES_BASEREBUILTINPLACE_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input:  placement new, construct_at, start_lifetime_as, and memset or memcpy of a size that is constant.
/// Undecided when: the place is (PointerModel); silent then, and for members of unions.
/// Source: [intro.object]/2, [basic.life]/9, [expr.sizeof]/2.
class BaseRebuiltInPlace : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
