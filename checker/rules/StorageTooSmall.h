// Finds objects created in an array that is smaller than they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGETOOSMALL_H
#define SNUG_CHECKER_RULES_STORAGETOOSMALL_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: placement new and std::construct_at in code that is not dependent and can be reached.
/// Undecided when: the array is not seen (PointerModel), or an element's index is not known and the array would have
/// room for it from its start; silent then.
/// Source: [basic.life]/2, [intro.object]/3.
class StorageTooSmall : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
