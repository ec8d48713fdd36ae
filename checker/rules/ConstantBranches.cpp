// Which statements no run reaches because a condition around them is a constant.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ConstantBranches.h"

#include "clang/AST/Expr.h"

#include <optional>

namespace snug::rules {

static std::optional<bool> constant(const clang::Expr *Condition, const clang::ASTContext &AST) {
  bool Result = false;
  if (!Condition || Condition->isValueDependent() || !Condition->EvaluateAsBooleanCondition(Result, AST))
    return std::nullopt;
  return Result;
}

/// Whether the cases that a switch over a constant may enter `Inner` by all belong to other values. Statements before the
/// first case of `Inner` are those of the cases above; nothing is decided then.
static bool isOtherCase(const clang::SwitchStmt &Switch, const clang::Stmt &Inner, const clang::ASTContext &AST) {
  clang::Expr::EvalResult Value;
  const auto *Case = llvm::dyn_cast<clang::CaseStmt>(&Inner);
  if (!Case || Case->getRHS() || Switch.getCond()->isValueDependent() || !Switch.getCond()->EvaluateAsInt(Value, AST))
    return false;
  clang::Expr::EvalResult Label;
  return Case->getLHS()->EvaluateAsInt(Label, AST) &&
         !llvm::APSInt::isSameValue(Label.Val.getInt(), Value.Val.getInt());
}

bool isRuledOut(const clang::Stmt &S, llvm::ArrayRef<const clang::Stmt *> Ancestors, const clang::ASTContext &AST) {
  const clang::Stmt *Inner = &S;
  llvm::SmallVector<const clang::Stmt *, 16> Below;
  for (const clang::Stmt *Outer : llvm::reverse(Ancestors)) {
    if (const auto *If = llvm::dyn_cast<clang::IfStmt>(Outer)) {
      std::optional<bool> Taken = constant(If->getCond(), AST);
      if (Taken && (*Taken ? Inner == If->getElse() : Inner == If->getThen()))
        return true;
    } else if (const auto *Choice = llvm::dyn_cast<clang::ConditionalOperator>(Outer)) {
      std::optional<bool> Taken = constant(Choice->getCond(), AST);
      if (Taken && (*Taken ? Inner == Choice->getFalseExpr() : Inner == Choice->getTrueExpr()))
        return true;
    } else if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(Outer);
               Binary && Binary->isLogicalOp() && Inner == Binary->getRHS()) {
      if (constant(Binary->getLHS(), AST) == (Binary->getOpcode() == clang::BO_LOr))
        return true;
    } else if (const auto *While = llvm::dyn_cast<clang::WhileStmt>(Outer)) {
      if (Inner == While->getBody() && constant(While->getCond(), AST) == false)
        return true;
    } else if (const auto *For = llvm::dyn_cast<clang::ForStmt>(Outer)) {
      if ((Inner == For->getBody() || Inner == For->getInc()) && For->getCond() &&
          constant(For->getCond(), AST) == false)
        return true;
    } else if (const auto *Switch = llvm::dyn_cast<clang::SwitchStmt>(Outer)) {
      for (const clang::Stmt *Between : Below)
        if (isOtherCase(*Switch, *Between, AST))
          return true;
    }
    Below.push_back(Outer);
    Inner = Outer;
  }
  return false;
}

} // namespace snug::rules
