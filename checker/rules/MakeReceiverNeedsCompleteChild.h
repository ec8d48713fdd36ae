// Finds make_receiver_for declared in a way that needs the operation state to be complete.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_MAKERECEIVERNEEDSCOMPLETECHILD_H
#define SNUG_CHECKER_RULES_MAKERECEIVERNEEDSCOMPLETECHILD_H

#include "rules/ReceiverMakers.h"

namespace snug::rules {

/// Input: function templates make_receiver_for of receivers, with a parameter `ChildOp *`: their constraints, concepts
/// looked into, noexcept-specifier and result type.
/// Undecided when: what is asked hides in a function or a class template other than the traits of the standard; silent
/// then.
/// Source: [exec.recv.concepts]/4-9; P3425R1.
class MakeReceiverNeedsCompleteChild : public ReceiverMakerRule {
public:
  using ReceiverMakerRule::ReceiverMakerRule;

private:
  bool judge(const ReceiverMaker &Maker, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
