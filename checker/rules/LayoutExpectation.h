// Holds classes, aliases, variables and members to the sizes, offsets and counts stated on them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAYOUTEXPECTATION_H
#define SNUG_CHECKER_RULES_LAYOUTEXPECTATION_H

#include "rules/BackPointers.h"
#include "rules/LayoutFigures.h"
#include "rules/Rule.h"
#include "rules/StatedExpectations.h"
#include "rules/WriterIndex.h"

namespace snug::rules {

/// Input: complete, non-dependent types that carry SNUG(…), instantiations included.
/// Result: per broken expectation one finding at the declaration, with the bytes that make the difference as notes and
/// the place of the promise as the last one.
/// Undecided when: back-pointers may hide in opaque bytes.
class LayoutExpectation : public Rule {
public:
  using Rule::Rule;
  void declareDeclInterest(DeclInterest &Interest) const override {
    addKinds<clang::TypedefNameDecl, clang::VarDecl, clang::CXXRecordDecl>(Interest);
  }
  /// Only where back-pointers are stated: their evidence comes from every statement.
  void declareInterest(StmtInterest &Interest) const override;
  bool wantsExcludedCode() const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &) override { Writers.add(S, Scope); }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  /// One declaration on which figures are stated.
  struct Subject {
    const clang::NamedDecl &Decl;
    clang::QualType Type;
    LayoutFigures Figures;
  };

  void check(const clang::NamedDecl &D, clang::QualType Type, const std::vector<StatedExpectation> &All,
             RuleContext &Context);
  void checkFigure(Subject &S, const StatedExpectation &Stated, RuleContext &Context);
  void checkMember(const clang::CXXRecordDecl &Record, const StatedExpectation &Stated, RuleContext &Context);
  /// Reports numbers that an instantiation made negative or not constant; true if there was nothing to report.
  bool checkNumber(const clang::NamedDecl &D, const StatedExpectation &Stated, RuleContext &Context);
  void report(Finding F, const StatedExpectation &Stated, RuleContext &Context);

  /// What waits for the last statement.
  struct StatedBackPointers {
    const clang::NamedDecl *Decl;
    clang::QualType Type;
    StatedExpectation Stated;
  };
  void checkBackPointers(const StatedBackPointers &S, BackPointers &Analysis, RuleContext &Context);

  WriterIndex Writers;
  std::vector<StatedBackPointers> Waiting;
};

} // namespace snug::rules

#endif
