// Finds base classes that are initialised from a call's result, which moves it: nothing is elided there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_BASEFROMPRVALUE_H
#define SNUG_CHECKER_RULES_BASEFROMPRVALUE_H

#include "rules/CallInitialisers.h"

namespace snug::rules {

/// Input:  initialisers of bases in constructors and in braces. Undecided when: the move constructor's body decides
///         whether an address in the object survives.
/// Source: [dcl.init.general]/16, [class.copy.elision]; [exec.opstate.general].
class BaseFromPrvalue : public CallInitialiserRule {
public:
  using CallInitialiserRule::CallInitialiserRule;

protected:
  void judge(const CallInitialiser &Init, const clang::FunctionDecl *Function, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
