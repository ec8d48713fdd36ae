// Finds downcasts and accesses through a pointer that an earlier cast did not make point elsewhere.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/DowncastAfterBadCast.h"

#include "layout/Names.h"
#include "rules/ContainerOf.h"
#include "rules/Interconversion.h"
#include "rules/Names.h"
#include "rules/Reachability.h"
#include "rules/StorageCast.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/Attr.h"

namespace snug::rules {

void DowncastAfterBadCast::declareInterest(StmtInterest &Interest) const {
  addCastKinds(Interest);
  Interest.set(clang::Stmt::MemberExprClass);
}

/// The cast that the value of a pointer, or the address of a glvalue, ends with; through locals.
static const clang::ExplicitCastExpr *lastCast(const clang::Expr *E, LocalValues &Locals) {
  for (unsigned Steps = 0; Steps != 8; ++Steps) {
    E = E->IgnoreParenImpCasts();
    if (llvm::isa<clang::CXXThisExpr>(E))
      return nullptr;
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E);
        Unary && (Unary->getOpcode() == clang::UO_Deref || Unary->getOpcode() == clang::UO_AddrOf))
      E = Unary->getSubExpr();
    else if (const clang::Expr *Value = Locals.resolve(E); Value != E)
      E = Value;
    else
      break;
  }
  return llvm::dyn_cast<clang::ExplicitCastExpr>(E->IgnoreParenImpCasts());
}

/// What the type of a parameter says is not all that it may point to; a cast to a class that has it as a part, or as what
/// lives in its bytes, tells that this was meant.
static bool isMisjudged(const clang::ExplicitCastExpr &Cast, RuleContext &Context) {
  if (const std::optional<Misconversion> &M = Context.Conversions.of(Cast); M && !M->Holds)
    return true;
  const PointerValue V = Context.Pointers.operandOf(Cast);
  return V && storageCast(V, castTarget(Cast), Context.AST);
}

/// Types that a pointer may alias by the promise of the compiler or of the platform: sockaddr and its family.
static bool mayAlias(const clang::CXXRecordDecl &Record) {
  return Record.hasAttr<clang::MayAliasAttr>() || Record.getName().starts_with("sockaddr");
}

/// Two classes of which neither is a part of the other, and no third idea of C relates them.
static bool areUnrelated(const clang::CXXRecordDecl &A, const clang::CXXRecordDecl &B, const clang::ASTContext &AST) {
  auto Related = [&](const clang::CXXRecordDecl &Whole, const clang::CXXRecordDecl &Part) {
    return Whole.isDerivedFrom(&Part) || !subobjectsOf(AST, Whole, layout::typeOf(AST, Part)).empty();
  };
  if (A.isUnion() || B.isUnion() || mayAlias(A) || mayAlias(B) || Related(A, B) || Related(B, A))
    return false;
  // Structures that begin alike are read through each other in C.
  const clang::FieldDecl *First = layout::firstMember(A);
  const clang::FieldDecl *Second = layout::firstMember(B);
  return !First || !Second || !layout::areSimilar(AST, First->getType(), Second->getType());
}

void DowncastAfterBadCast::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const clang::Expr *Operand = nullptr;
  const auto *Downcast = llvm::dyn_cast<clang::ExplicitCastExpr>(&S);
  if (Downcast) {
    if (Downcast->getCastKind() != clang::CK_BaseToDerived)
      return;
    Operand = Downcast->getSubExpr();
  } else {
    const auto &Member = llvm::cast<clang::MemberExpr>(S);
    if (!Member.isArrow() && !Member.getBase()->isLValue())
      return;
    Operand = Member.getBase();
    if (!lastCast(Operand, Context.Locals))
      return;
  }
  clang::QualType Static = Operand->getType();
  const bool IsPointer = Static->isPointerType();
  if (IsPointer)
    Static = Static->getPointeeType();
  const PointerValue V = IsPointer ? Context.Pointers.valueOf(Operand) : Context.Pointers.addressOf(Operand);
  if (!V || !V.StaleSince || V.Launder || !Context.Pointers.isStale(V, Static))
    return;
  const clang::CXXRecordDecl *Object = completeRecord(V.Object);
  const clang::CXXRecordDecl *Class = completeRecord(Static);
  const bool Seen = V.Is != PointerValue::Kind::Unknown;
  const bool Unrelated = Seen && Object && Class && areUnrelated(*Object, *Class, Context.AST);
  if (Downcast ? !Unrelated && !isMisjudged(*V.StaleSince, Context) : !Unrelated || isMisjudged(*V.StaleSince, Context))
    return;
  if (!isReachable(S, Scope.Function, Context.Graphs))
    return;
  const Location Cast = Context.locate(V.StaleSince->getBeginLoc());
  const clang::SourceLocation Where =
      Downcast ? Downcast->getBeginLoc() : llvm::cast<clang::MemberExpr>(S).getExprLoc();
  Finding F =
      violated(Context.locate(Where), "this pointer still points to the " + quoted(V.Object, Context.AST) +
                                          "; the cast at line " + std::to_string(Cast.Line) + " did not change it");
  F.Reasons.push_back({"",
                       "the result of this cast has type " + quoted(V.StaleSince->getType(), Context.AST) +
                           " and points to the same object as before",
                       Cast,
                       {}});
  if (Downcast)
    F.Reasons.push_back({"",
                         "static_cast needs a " + quoted(Static, Context.AST) + " that is the base of a " +
                             quoted(castTarget(*Downcast), Context.AST),
                         F.Where,
                         {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
