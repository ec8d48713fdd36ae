// Finds operation states that can be copied or moved.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_MOVABLEOPERATIONSTATE_H
#define SNUG_CHECKER_RULES_MOVABLEOPERATIONSTATE_H

#include "rules/Rule.h"

#include <set>

namespace snug::rules {

/// Input:  classes that say they are operation states, and classes with a base that keeps their address.
/// Source: [exec.opstate.general]/2.
class MovableOperationState : public Rule {
public:
  using Rule::Rule;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  /// Templates that were reported.
  std::set<const clang::Decl *> Settled;
};

} // namespace snug::rules

#endif
