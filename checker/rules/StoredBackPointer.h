// Finds stored pointers and references that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STOREDBACKPOINTER_H
#define SNUG_CHECKER_RULES_STOREDBACKPOINTER_H

#include "rules/BackPointerText.h"
#include "rules/Rule.h"
#include "rules/WriterIndex.h"

namespace snug::rules {

/// Input: every complete class; the evidence comes from all statements, those of excluded headers too.
/// Result: one finding per outermost class that encloses a back-pointer, with every distinct offset in it; classes
/// that such a class contains are not reported again, specialisations of one template are one finding.
/// Undecided when: see BackPointers.h.
/// Source: P3425R1.
class StoredBackPointer : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;
  bool wantsExcludedCode() const override { return true; }

private:
  /// One finding for all specialisations of a template.
  void report(llvm::ArrayRef<ReportedClass> Classes, RuleContext &Context) const;

  WriterIndex Writers;
  std::vector<const clang::CXXRecordDecl *> Records;
};

} // namespace snug::rules

#endif
