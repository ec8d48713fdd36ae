// Finds parent addresses computed from a child's address inside a macro or from a pointer to member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTAINEROFMACRO_H
#define SNUG_CHECKER_RULES_CONTAINEROFMACRO_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: casts to a class pointer that a macro writes (container_of, CONTAINING_RECORD, list_entry and their kin,
/// known by what they expand to, not by name), or whose offset is computed from a pointer to member (intrusive
/// containers' parent_from_member). Undecided when: as for container-of-offsetof; silent then.
/// Source: [expr.add]/4; the helper's own offset: [expr.mptr.oper]/4.
class ContainerOfMacro : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
