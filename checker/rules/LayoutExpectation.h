// Holds classes, aliases, variables and members to the sizes, offsets and counts stated on them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAYOUTEXPECTATION_H
#define SNUG_CHECKER_RULES_LAYOUTEXPECTATION_H

#include "rules/Rule.h"
#include "rules/StatedExpectations.h"

namespace snug::rules {

/// Input: complete, non-dependent types that carry SNUG(…), instantiations included.
/// Result: per broken expectation one finding at the type with the bytes that make the difference as notes.
/// Undecided when: a specialisation that an alias names was never completed; back-pointers may hide in opaque bytes.
class LayoutExpectation : public Rule {
public:
  using Rule::Rule;
  bool wantsDecls() const override { return true; }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  void check(const clang::NamedDecl &Subject, clang::QualType Type, RuleContext &Context);
  void checkType(const clang::NamedDecl &Subject, clang::QualType Type, const StatedExpectation &Stated,
                 RuleContext &Context);
  void checkMember(const clang::CXXRecordDecl &Record, const StatedExpectation &Stated, RuleContext &Context);
  void report(Finding F, const StatedExpectation &Stated, RuleContext &Context);
};

} // namespace snug::rules

#endif
