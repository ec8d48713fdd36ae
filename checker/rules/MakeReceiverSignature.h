// Finds receivers whose make_receiver_for is almost right, so that they are stored without a word.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_MAKERECEIVERSIGNATURE_H
#define SNUG_CHECKER_RULES_MAKERECEIVERSIGNATURE_H

#include "rules/ReceiverMakers.h"

namespace snug::rules {

/// Input: receivers that declare make_receiver_for, or inherit one publicly from a base that is another class.
/// Undecided when: a noexcept-specifier or result type depends on arguments that nobody gave; silent then.
/// Source: [exec.recv.concepts]/4-9; P3425R1.
class MakeReceiverSignature : public ReceiverMakerRule {
public:
  using ReceiverMakerRule::ReceiverMakerRule;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  bool judge(const ReceiverMaker &Maker, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
