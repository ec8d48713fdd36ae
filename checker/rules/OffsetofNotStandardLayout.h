// Finds offsets of members of classes that are not standard-layout, where something is computed from them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_OFFSETOFNOTSTANDARDLAYOUT_H
#define SNUG_CHECKER_RULES_OFFSETOFNOTSTANDARDLAYOUT_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: offsetof where its value is named, returned or added to a pointer. An offset that is compared or listed in a
/// table computes no address; one inside a computation of a parent's address is that rule's.
/// Source: [support.types.layout]/1.
class OffsetofNotStandardLayout : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
