// Finds tables of functions that objects point to and that are more than a cache line, or may cross one.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_VTABLESHAPE_H
#define SNUG_CHECKER_RULES_VTABLESHAPE_H

#include "rules/Rule.h"
#include "rules/Specialisations.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

namespace snug::rules {

/// Input: constants of classes that consist of pointers to functions, where a member of some class points to such a
/// table: the vtables that people write by hand.
/// Result: one finding per class or template of tables, at its definition, with the constants that it speaks of.
class VtableShape : public Rule {
public:
  using Rule::Rule;
  void declareDeclInterest(DeclInterest &Interest) const override { addKinds<clang::VarDecl>(Interest); }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  using Constants = std::vector<const clang::VarDecl *>;

  void report(const HeaviestSpecialisations::Kept &K, RuleContext &Context);

  llvm::MapVector<const clang::CXXRecordDecl *, Constants> Tables;
  /// Classes that some member points to.
  llvm::DenseSet<const clang::CXXRecordDecl *> PointedTo;
};

} // namespace snug::rules

#endif
