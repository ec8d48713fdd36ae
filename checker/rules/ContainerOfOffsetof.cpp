// Finds parent addresses computed from a child's address by subtracting an offsetof.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ContainerOfOffsetof.h"

#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

namespace snug::rules {

void ContainerOfOffsetof::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::CXXReinterpretCastExprClass);
  Interest.set(clang::Stmt::CStyleCastExprClass);
}

static const clang::OffsetOfExpr *findOffsetOf(const clang::Stmt *S) {
  if (!S)
    return nullptr;
  if (const auto *Found = llvm::dyn_cast<clang::OffsetOfExpr>(S))
    return Found;
  for (const clang::Stmt *Child : S->children())
    if (const auto *Found = findOffsetOf(Child))
      return Found;
  return nullptr;
}

void ContainerOfOffsetof::visitStmt(const clang::Stmt &S, const StmtScope &, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const clang::CXXRecordDecl *Target = Cast.getType()->getPointeeCXXRecordDecl();
  if (!Target || Context.isExcluded(Cast.getBeginLoc()))
    return;
  const auto *Sum = llvm::dyn_cast<clang::BinaryOperator>(Cast.getSubExpr()->IgnoreParenImpCasts());
  if (!Sum || !Sum->isAdditiveOp() || !Sum->getType()->isPointerType() || !findOffsetOf(Sum->getRHS()))
    return;
  Context.report(violated(Context.locate(Cast.getBeginLoc()),
                          "the address of the enclosing '" + Target->getNameAsString() +
                              "' is computed by pointer arithmetic that leaves the child; this is undefined"));
}

} // namespace snug::rules
