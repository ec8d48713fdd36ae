// Finds operation states that store a receiver which could be made anew, and says what of the protocol is missing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_INLININGDIDNOTHAPPEN_H
#define SNUG_CHECKER_RULES_INLININGDIDNOTHAPPEN_H

#include "rules/Rule.h"

#include <set>
#include <utility>

namespace snug::rules {

/// Input:  operation states, and the receivers among their members and bases; through wrappers without a start of
///         their own.
/// Result: a finding where one of the two sides takes part: the receiver offers make_receiver_for, or the operation
///         state asks for it. Where neither does, stored-back-pointer tells what that costs.
/// Source: [exec.recv.concepts]/4-9; P3425R1.
class InliningDidNotHappen : public Rule {
public:
  using Rule::Rule;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  /// Templates that were reported, and why: their other specialisations store for the same reason.
  std::set<std::pair<const clang::Decl *, int>> Settled;
};

} // namespace snug::rules

#endif
