// Finds [[no_unique_address]] members that are initialised from a call's result, which some compilers move.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_OVERLAPPINGMEMBERFROMPRVALUE_H
#define SNUG_CHECKER_RULES_OVERLAPPINGMEMBERFROMPRVALUE_H

#include "rules/CallInitialisers.h"

namespace snug::rules {

/// Input:  initialisers of members in constructors and in braces.
/// Source: [dcl.init.general]/16, [intro.object]/7; [exec.opstate.general].
class OverlappingMemberFromPrvalue : public CallInitialiserRule {
public:
  using CallInitialiserRule::CallInitialiserRule;

protected:
  void judge(const CallInitialiser &Init, const clang::FunctionDecl *Function, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
