// Finds bytes that hold an object of one type and are read as another.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CHILDTYPEMISMATCH_H
#define SNUG_CHECKER_RULES_CHILDTYPEMISMATCH_H

#include "rules/Rule.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"

namespace snug::rules {

/// Input:  every naming of a member array of bytes: what is created there, what its address is cast to.
/// Result: a finding where the file creates objects there, and a cast leads to a type that none of them is, has for a
///         base or starts with. Silent where the address goes anywhere else, so that more may be created, and where one
///         function template serves several types.
/// Source: [ptr.launder]/2, [basic.lval]/11.
class ChildTypeMismatch : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  struct Reading {
    clang::QualType Type;
    const clang::Expr *Cast;
    const clang::FunctionDecl *Function;
  };
  struct Storage {
    llvm::SmallVector<std::pair<clang::QualType, clang::SourceLocation>, 1> Created;
    /// Casts whose result is laundered, dereferenced or destroyed.
    llvm::SmallVector<Reading, 1> Readings;
    /// Types that the address is cast to, and that may well be created there afterwards.
    llvm::SmallVector<clang::QualType, 1> Assumed;
    /// Somebody else may create something there.
    bool Open = false;
  };
  bool mayBeOther(const clang::FieldDecl &Field) const;

  llvm::MapVector<const clang::FieldDecl *, Storage> Known;
};

} // namespace snug::rules

#endif
