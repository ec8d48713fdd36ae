// Finds objects created in members that provide no storage, which ends the lifetime of the enclosing object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGENOTBYTEARRAY_H
#define SNUG_CHECKER_RULES_STORAGENOTBYTEARRAY_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: placement new and std::construct_at in code that is not dependent and can be reached.
/// Undecided when: the place is not seen (PointerModel). Variables of their own are left alone: nothing encloses them.
/// Source: [intro.object]/3, [basic.life]/2.
class StorageNotByteArray : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
