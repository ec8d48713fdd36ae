// Finds offsets of members of classes that are not standard-layout, where something is computed from them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/OffsetofNotStandardLayout.h"

#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

#include <utility>

namespace snug::rules {

void OffsetofNotStandardLayout::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::OffsetOfExprClass);
}

/// Whether `Argument` of a call becomes a number with a name there. What is printed or compared becomes none: a variable
/// argument, an operand, a reference to whatever a test macro is given.
static bool isNamedByCallee(const clang::Stmt &Argument, const clang::CallExpr &Call) {
  const clang::FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || llvm::isa<clang::CXXOperatorCallExpr>(Call))
    return false;
  for (unsigned I = 0; I != Call.getNumArgs() && I != Callee->getNumParams(); ++I)
    if (Call.getArg(I) == &Argument)
      return !Callee->getParamDecl(I)->getType()->isReferenceType();
  return false;
}

/// Whether the value is given a name, here or by a function that is called, returned, or added to a pointer.
static bool feedsAComputation(const clang::OffsetOfExpr &Offset, const StmtScope &Scope, RuleContext &Context) {
  const clang::Stmt *Inner = &Offset;
  for (const clang::Stmt *Outer : llvm::reverse(Scope.Ancestors)) {
    const clang::Stmt *Value = std::exchange(Inner, Outer);
    if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(Outer))
      if (matchContainerOf(*Cast, Context.AST, Context.Locals) ||
          matchContainerOfInteger(*Cast, Context.AST, Context.Locals))
        return false; // said there
    if (llvm::isa<clang::ParenExpr, clang::CastExpr, clang::FullExpr>(Outer))
      continue;
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Outer);
        Unary && (Unary->getOpcode() == clang::UO_Minus || Unary->getOpcode() == clang::UO_AddrOf))
      continue;
    if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(Outer); Binary && Binary->isAdditiveOp())
      continue;
    if (llvm::isa<clang::ArraySubscriptExpr>(Outer))
      continue;
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(Outer))
      return isNamedByCallee(*Value, *Call);
    return llvm::isa<clang::DeclStmt, clang::ReturnStmt>(Outer);
  }
  return true;
}

void OffsetofNotStandardLayout::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Offset = llvm::cast<clang::OffsetOfExpr>(S);
  const clang::CXXRecordDecl *Record = completeRecord(Offset.getTypeSourceInfo()->getType());
  if (!Record || layout::isStandardLayout(Context.AST, *Record) || !feedsAComputation(Offset, Scope, Context))
    return;
  Finding F = violated(Context.locate(Context.sources().getExpansionLoc(Offset.getBeginLoc())),
                       "offsetof on the non-standard-layout " + quoted(*Record) + " is only conditionally supported");
  F.Reasons = layout::whyNotStandardLayout(Context.AST, *Record);
  F.Reasons.push_back({"",
                       "to get from a part to the whole, make the part a base class and use static_cast, which has no "
                       "condition on the layout",
                       F.Where,
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
