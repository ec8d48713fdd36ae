// Finds constexpr functions that reach a reinterpret_cast whenever they are called.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CastNotConstant.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/AST/ASTLambda.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

namespace snug::rules {

using namespace clang;

void CastNotConstant::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// Whether the statement, or one below it, may leave the function.
static bool mayReturn(const Stmt *S) {
  if (!S || llvm::isa<LambdaExpr>(S))
    return false;
  if (llvm::isa<ReturnStmt, CXXThrowExpr, GotoStmt, CoreturnStmt>(S))
    return true;
  for (const Stmt *Child : S->children())
    if (mayReturn(Child))
      return true;
  return false;
}

/// Whether `Child` is evaluated whenever its parent is. Of an `if constexpr` an instantiation has the taken branch only.
static bool always(const Stmt &Parent, const Stmt *Child, bool IsPattern) {
  if (const auto *If = llvm::dyn_cast<IfStmt>(&Parent))
    return (If->isConstexpr() && !IsPattern) || Child == If->getCond() || Child == If->getInit();
  if (const auto *Block = llvm::dyn_cast<CompoundStmt>(&Parent)) {
    for (const Stmt *Before : Block->body()) {
      if (Before == Child)
        return true;
      if (mayReturn(Before))
        return false;
    }
    return true;
  }
  if (const auto *Binary = llvm::dyn_cast<BinaryOperator>(&Parent))
    return !Binary->isLogicalOp() || Child == Binary->getLHS();
  if (const auto *Conditional = llvm::dyn_cast<AbstractConditionalOperator>(&Parent))
    return Child == Conditional->getCond();
  return llvm::isa<Expr, ReturnStmt, DeclStmt>(&Parent) && !llvm::isa<LambdaExpr, StmtExpr>(&Parent);
}

void CastNotConstant::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<ExplicitCastExpr>(S);
  const bool Reinterprets =
      llvm::isa<CXXReinterpretCastExpr>(Cast) || Cast.getCastKind() == CK_LValueBitCast ||
      (Cast.getCastKind() == CK_BitCast && llvm::isa<CStyleCastExpr>(Cast) && Cast.getType()->isPointerType() &&
       !Cast.getSubExpr()->getType()->isVoidPointerType() && !Cast.getType()->isVoidPointerType());
  const FunctionDecl *F = Scope.Function;
  if (!Reinterprets || !F || !F->isConstexprSpecified() || isLambdaCallOperator(F) ||
      Context.isExcluded(Cast.getBeginLoc()))
    return;
  const Stmt *Child = &S;
  for (const Stmt *Parent : llvm::reverse(Scope.Ancestors)) {
    if (!always(*Parent, Child, /*IsPattern=*/false))
      return;
    Child = Parent;
  }
  Context.report(finding(*F, Cast, Context), F);
}

Finding CastNotConstant::finding(const FunctionDecl &F, const ExplicitCastExpr &Cast,
                                 const RuleContext &Context) const {
  const std::string Name = F.getDeclName().isIdentifier() ? "'" + F.getNameAsString() + "'" : "this function";
  Finding Found = violated(Context.locate(Cast.getBeginLoc()),
                           Name + " is constexpr, but can never be evaluated in a constant expression: " +
                               (llvm::isa<CXXReinterpretCastExpr>(Cast) ? "it reaches a reinterpret_cast"
                                                                        : "this cast is a reinterpret_cast"));
  Found.Reasons.push_back({"",
                           "make the part a base class and use static_cast, which is constant; or keep the cast for "
                           "run time with 'if consteval', 'if (std::is_constant_evaluated())' before C++23",
                           Found.Where,
                           {}});
  return Found;
}

/// Calls `Then` for each reinterpret_cast below `S` that is always reached.
template <class Callback> static void alwaysReached(const Stmt &S, Callback Then) {
  for (const Stmt *Child : S.children()) {
    if (!Child || !always(S, Child, /*IsPattern=*/true))
      continue;
    if (const auto *Cast = llvm::dyn_cast<CXXReinterpretCastExpr>(Child))
      Then(*Cast);
    alwaysReached(*Child, Then);
  }
}

void CastNotConstant::visitDecl(const Decl &D, RuleContext &Context) {
  const auto *Template = llvm::cast<FunctionTemplateDecl>(&D);
  if (Context.isExcluded(D.getLocation()) || !Template->specializations().empty())
    return;
  const FunctionDecl &F = *Template->getTemplatedDecl();
  if (F.isConstexprSpecified() && F.doesThisDeclarationHaveABody() && F.getBody())
    alwaysReached(*F.getBody(), [&](const CXXReinterpretCastExpr &Cast) { Context.report(finding(F, Cast, Context)); });
}

} // namespace snug::rules
