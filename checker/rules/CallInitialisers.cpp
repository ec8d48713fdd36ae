// Bases and members that are initialised from what a call returns by value.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CallInitialisers.h"

namespace snug::rules {

using namespace clang;

void CallInitialiserRule::declareInterest(StmtInterest &Interest) const { Interest.set(Stmt::InitListExprClass); }

void CallInitialiserRule::judge(const Expr *Init, const CXXRecordDecl &Whole, const FieldDecl *Member,
                                const FunctionDecl *Function, RuleContext &Context) {
  if (const auto *Default = llvm::dyn_cast_or_null<CXXDefaultInitExpr>(Init))
    Init = Default->getExpr();
  const CXXRecordDecl *Part = Init ? Init->getType()->getAsCXXRecordDecl() : nullptr;
  if (!Part || !Init->isPRValue())
    return;
  Init = Init->IgnoreImplicit();
  const CXXConstructorDecl *MovedBy = nullptr;
  if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(Init);
      Construct && Construct->getNumArgs() >= 1 && Construct->getConstructor()->isCopyOrMoveConstructor()) {
    const auto *Temporary = llvm::dyn_cast<MaterializeTemporaryExpr>(Construct->getArg(0)->IgnoreParens());
    if (!Temporary)
      return;
    MovedBy = Construct->getConstructor();
    Init = Temporary->getSubExpr()->IgnoreImplicit();
  }
  const auto *Call = llvm::dyn_cast<CallExpr>(Init->IgnoreParens());
  if (Call && Call->isPRValue() && declaresSameEntity(Call->getType()->getAsCXXRecordDecl(), Part))
    judge({&Whole, Part, Member, Call, MovedBy}, Function, Context);
}

void CallInitialiserRule::enterFunction(const FunctionDecl &F, RuleContext &Context) {
  const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&F);
  if (!Constructor)
    return;
  for (const CXXCtorInitializer *Init : Constructor->inits())
    if (Init->isBaseInitializer() || Init->isMemberInitializer())
      judge(Init->getInit(), *Constructor->getParent(), Init->getMember(), &F, Context);
}

void CallInitialiserRule::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &List = llvm::cast<InitListExpr>(S);
  const CXXRecordDecl *Whole = List.getType()->getAsCXXRecordDecl();
  Whole = Whole ? Whole->getDefinition() : nullptr;
  if (!Whole || Whole->isUnion())
    return;
  unsigned Next = 0;
  auto Judge = [&](const FieldDecl *Member) {
    if (Next < List.getNumInits())
      judge(List.getInit(Next++), *Whole, Member, Scope.Function, Context);
  };
  for (unsigned I = 0; I != Whole->getNumBases(); ++I)
    Judge(nullptr);
  for (const FieldDecl *Field : Whole->fields())
    if (!Field->isUnnamedBitField())
      Judge(Field);
}

} // namespace snug::rules
