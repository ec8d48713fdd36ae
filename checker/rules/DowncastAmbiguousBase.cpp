// Finds casts to a class that has the type cast from as a base more than once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/DowncastAmbiguousBase.h"

#include "rules/BlockedDowncast.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"

namespace snug::rules {

void DowncastAmbiguousBase::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// make_receiver_for is given the child alone: if its parent has two of them, a step by way of one class is wrong for the
/// other one.
static std::optional<BlockedDowncast> inTwoSteps(const clang::ExplicitCastExpr &Cast, const StmtScope &Scope,
                                                 RuleContext &Context) {
  const clang::FunctionDecl *F = Scope.Function;
  if (Cast.getCastKind() != clang::CK_BaseToDerived || !F || !F->getDeclName().isIdentifier() ||
      F->getName() != "make_receiver_for" || F->getNumParams() != 1)
    return std::nullopt;
  const clang::CXXRecordDecl *Derived = completeRecord(castTarget(Cast));
  const clang::CXXRecordDecl *Child = completeRecord(F->getParamDecl(0)->getType()->getPointeeType());
  if (!Derived || !Child)
    return std::nullopt;
  const clang::Expr *Inner = Cast.getSubExpr();
  bool Steps = false;
  for (;;) {
    Inner = Context.Locals.resolve(Inner);
    if (const auto *Step = llvm::dyn_cast<clang::ExplicitCastExpr>(Inner);
        Step && Step->getCastKind() == clang::CK_BaseToDerived)
      Inner = Step->getSubExpr();
    else if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Inner);
             Unary && (Unary->getOpcode() == clang::UO_Deref || Unary->getOpcode() == clang::UO_AddrOf))
      Inner = Unary->getSubExpr();
    else
      break;
    Steps = true;
  }
  const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(Inner);
  if (!Steps || !Ref || Ref->getDecl() != F->getParamDecl(0))
    return std::nullopt;
  std::optional<BlockedDowncast> Blocked = blockedDowncast(*Derived, *Child);
  return Blocked && !Blocked->IsVirtual ? Blocked : std::nullopt;
}

void DowncastAmbiguousBase::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  std::optional<BlockedDowncast> Blocked = blockedDowncast(Cast, Scope, Context);
  if (!Blocked)
    Blocked = inTwoSteps(Cast, Scope, Context);
  if (!Blocked || Blocked->IsVirtual)
    return;
  Finding F = violated(Context.locate(Cast.getBeginLoc()), quoted(*Blocked->Base) + " is an ambiguous base of " +
                                                               quoted(*Blocked->Derived) + ": " +
                                                               countOf(Blocked->Paths.size(), "path"));
  addPaths(*Blocked, F, Context);
  F.Reasons.push_back(
      {"",
       "give each " + quoted(*Blocked->Base) +
           " a tag, in the receiver's type for instance, and cast in two steps through the tagged class",
       F.Where,
       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
