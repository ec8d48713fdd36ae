// Finds data members of receivers that make_receiver_for gives a constant instead of what was connected.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_MAKERECEIVERLOSESSTATE_H
#define SNUG_CHECKER_RULES_MAKERECEIVERLOSESSTATE_H

#include "rules/ReceiverMakers.h"

namespace snug::rules {

/// Input: bodies of make_receiver_for that return braces, a constructor call or a local variable; constructors are
/// followed into their member initialisers. Literals, enumerators, null pointers and what has them for arguments are
/// constants; what depends on template arguments is part of the type, and no constant.
/// Undecided when: a function or variable gives the value, or a constructor or function body names the member; silent
/// then.
/// Source: [exec.recv.concepts]/4-9; P3425R1.
class MakeReceiverLosesState : public ReceiverMakerRule {
public:
  using ReceiverMakerRule::ReceiverMakerRule;

private:
  bool judge(const ReceiverMaker &Maker, RuleContext &Context) override;
  bool judgeBody(const ReceiverMaker &Maker, const clang::FunctionDecl &Function, RuleContext &Context);
};

} // namespace snug::rules

#endif
