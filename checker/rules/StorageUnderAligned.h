// Finds objects created in storage that is aligned to less than they need.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGEUNDERALIGNED_H
#define SNUG_CHECKER_RULES_STORAGEUNDERALIGNED_H

#include "rules/Rule.h"

namespace snug::rules {

/// Input: placement new and std::construct_at in code that is not dependent and can be reached.
/// Undecided when: the place is not seen (PointerModel), or the alignment depends on an index that is not known; silent
/// then. An object that only a pointer leads to is taken to be aligned as its class says, and as every class says that
/// has it as a base or a member.
/// Source: [basic.align]/1.
class StorageUnderAligned : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  /// What is reported unless every class that has the unseen object as a part puts it where the place is aligned.
  struct Pending {
    Finding What;
    const clang::FunctionDecl *Function;
    const clang::CXXRecordDecl *Unseen;
    clang::CharUnits Offset;
    clang::CharUnits Needed;
    unsigned Aligned = 0;
    unsigned Others = 0;
  };
  std::vector<Pending> Found;
};

} // namespace snug::rules

#endif
