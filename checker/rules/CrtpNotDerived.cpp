// Finds classes and objects whose base casts its this to a class that they are not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CrtpNotDerived.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

void CrtpNotDerived::declareInterest(StmtInterest &Interest) const {
  addCastKinds(Interest);
  Interest.set(clang::Stmt::CallExprClass);
  Interest.set(clang::Stmt::CXXMemberCallExprClass);
  Interest.set(clang::Stmt::CXXNewExprClass);
  Interest.set(clang::Stmt::MaterializeTemporaryExprClass);
}

static const clang::Expr *dereferenced(const clang::Expr *E) {
  E = E->IgnoreParenImpCasts();
  const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E);
  return Unary && Unary->getOpcode() == clang::UO_Deref ? Unary->getSubExpr()->IgnoreParenImpCasts() : E;
}

static const clang::CXXRecordDecl *classOfThis(const clang::Expr *E) {
  const auto *This = llvm::dyn_cast<clang::CXXThisExpr>(E);
  return This ? completeRecord(This->getType()->getPointeeType()) : nullptr;
}

/// Calls `Then(class)` for the classes among the template's arguments, those in packs included.
template <class Function> static bool anyArgument(const clang::CXXRecordDecl &Class, Function Then) {
  const auto *Specialization = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&Class);
  auto Test = [&](const clang::TemplateArgument &A) {
    const clang::CXXRecordDecl *Record =
        A.getKind() == clang::TemplateArgument::Type ? completeRecord(A.getAsType()) : nullptr;
    return Record && Then(*Record);
  };
  return Specialization &&
         llvm::any_of(Specialization->getTemplateArgs().asArray(), [&](const clang::TemplateArgument &A) {
           return A.getKind() == clang::TemplateArgument::Pack ? llvm::any_of(A.getPackAsArray(), Test) : Test(A);
         });
}

void CrtpNotDerived::addCast(const clang::CXXRecordDecl *Base, const clang::CXXRecordDecl *Derived,
                             clang::SourceLocation Where) {
  if (!anyArgument(*Base, [&](const clang::CXXRecordDecl &A) { return declaresSameEntity(&A, Derived); }))
    return;
  CastList &Known = Casts[Base];
  if (llvm::none_of(Known, [&](const SelfCast &C) { return C.Derived == Derived; }))
    Known.push_back({Base, Derived, Where});
}

/// Whether a base of the class, or the class itself, is a template that has a class derived from it as an argument, and
/// which the class is not. Without such a base no cast can be wrong.
bool CrtpNotDerived::mayMatter(const clang::CXXRecordDecl &Class) {
  auto [Known, New] = Candidates.try_emplace(&Class, false);
  if (!New)
    return Known->second;
  bool Result = anyArgument(Class, [&](const clang::CXXRecordDecl &A) { return A.isDerivedFrom(&Class); });
  for (const clang::CXXBaseSpecifier &Base : Class.bases())
    if (const clang::CXXRecordDecl *B = completeRecord(Base.getType()); B && !Result)
      Result = mayMatter(*B);
  return Candidates[&Class] = Result;
}

void CrtpNotDerived::addObject(clang::QualType T, const clang::ValueDecl *Name, clang::SourceLocation Where,
                               const clang::FunctionDecl *Function, RuleContext &Context) {
  if (T.isNull() || T->isReferenceType() || T->isDependentType())
    return;
  const clang::CXXRecordDecl *Class = completeRecord(Context.AST.getBaseElementType(T));
  if (Class && mayMatter(*Class) && !Context.isExcluded(Where))
    Objects.push_back({Class, Name, Where, Function});
}

void CrtpNotDerived::visitDecl(const clang::Decl &D, RuleContext &Context) {
  const auto &Declarator = llvm::cast<clang::DeclaratorDecl>(D);
  addObject(Declarator.getType(), &Declarator, D.getLocation(), llvm::dyn_cast<clang::FunctionDecl>(D.getDeclContext()),
            Context);
}

void CrtpNotDerived::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(&S))
    return addObject(New->getAllocatedType(), nullptr, New->getBeginLoc(), Scope.Function, Context);
  if (const auto *Temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(&S))
    return addObject(Temporary->getType(), nullptr, Temporary->getBeginLoc(), Scope.Function, Context);
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S)) {
    const clang::FunctionDecl *Callee = Call->getDirectCallee();
    for (unsigned I = 0; Callee && I != Call->getNumArgs(); ++I)
      if (const clang::CXXRecordDecl *Class = classOfThis(dereferenced(Call->getArg(I)));
          Class && llvm::isa<clang::ClassTemplateSpecializationDecl>(Class))
        SelfArguments[{Callee->getCanonicalDecl(), I}].push_back(Class);
    return;
  }
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const clang::CXXRecordDecl *Derived =
      Cast.getCastKind() == clang::CK_BaseToDerived ? completeRecord(castTarget(Cast)) : nullptr;
  if (!Derived)
    return;
  const clang::Expr *Operand = dereferenced(Context.Locals.resolve(Cast.getSubExpr()));
  if (const clang::CXXRecordDecl *Class = classOfThis(Operand)) {
    addCast(Class, Derived, Cast.getBeginLoc());
  } else if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(Operand)) {
    const auto *P = llvm::dyn_cast<clang::ParmVarDecl>(Ref->getDecl());
    if (P && Scope.Function && P->getDeclContext() == Scope.Function)
      CastParameters[{Scope.Function->getCanonicalDecl(), P->getFunctionScopeIndex()}].push_back(
          {nullptr, Derived, Cast.getBeginLoc()});
  }
}

/// Functions that cast a parameter, where they are given a `this`.
void CrtpNotDerived::joinParameters() {
  if (std::exchange(Joined, true))
    return;
  for (const auto &[Place, Given] : SelfArguments)
    if (auto Found = CastParameters.find(Place); Found != CastParameters.end())
      for (const clang::CXXRecordDecl *Class : Given)
        for (const SelfCast &Cast : Found->second)
          addCast(Class, Cast.Derived, Cast.Where);
}

const CrtpNotDerived::CastList &CrtpNotDerived::open(const clang::CXXRecordDecl &Class) {
  if (auto Known = Open.find(&Class); Known != Open.end())
    return Known->second;
  CastList Result;
  if (auto Own = Casts.find(&Class); Own != Casts.end())
    Result = Own->second;
  for (const clang::CXXBaseSpecifier &Base : Class.bases())
    if (const clang::CXXRecordDecl *B = completeRecord(Base.getType()))
      for (const SelfCast &Cast : CastList(open(*B)))
        // A base that is no part of a `Derived` has been reported itself.
        if (!declaresSameEntity(Cast.Derived, &Class) && Cast.Derived->isDerivedFrom(B))
          Result.push_back(Cast);
  return Open[&Class] = std::move(Result);
}

void CrtpNotDerived::explain(const SelfCast &Cast, Finding &F, const RuleContext &Context) const {
  F.Reasons.push_back(
      {"", quoted(*Cast.Base) + " casts 'this' to " + quoted(*Cast.Derived) + " here", Context.locate(Cast.Where), {}});
  std::string Name = "'" + Cast.Base->getNameAsString() + "'";
  F.Reasons.push_back(
      {"",
       "let " + Name +
           " have a private constructor and its argument as a friend, and state std::derived_from of the two "
           "in the constructor's body",
       Context.locate(Cast.Base->getLocation()),
       {}});
}

void CrtpNotDerived::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  joinParameters();
  if (Casts.empty() || Record.getNumBases() == 0 || Context.isExcluded(Record.getLocation()))
    return;
  for (const SelfCast &Cast : CastList(open(Record))) {
    if (declaresSameEntity(Cast.Base, &Record) || Cast.Derived->isDerivedFrom(&Record))
      continue;
    Finding F = violated(Context.locate(Record.getLocation()), quoted(Record) + " derives from " + quoted(*Cast.Base) +
                                                                   " but is no " + quoted(*Cast.Derived));
    explain(Cast, F, Context);
    Context.report(std::move(F));
  }
}

void CrtpNotDerived::finish(RuleContext &Context) {
  joinParameters();
  for (const Object &O : Objects)
    for (const SelfCast &Cast : CastList(open(*O.Class))) {
      if (!Cast.Derived->isDerivedFrom(O.Class))
        continue;
      Finding F =
          violated(Context.locate(O.Where), (O.Name ? quoted(*O.Name) : std::string("the object")) + " is a complete " +
                                                quoted(*O.Class) + ", not the base of any " + quoted(*Cast.Derived));
      explain(Cast, F, Context);
      Context.report(std::move(F), O.Function);
    }
}

} // namespace snug::rules
