// Finds downcasts of objects that are known not to be part of the derived class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/DowncastWrongObject.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/Reachability.h"

#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

void DowncastWrongObject::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// What the cast is applied to: the base, or the object that is known to have it as a base.
static std::string nameOf(const PointerValue &V, clang::QualType Object, const Enclosing *Around,
                          const clang::ASTContext &AST) {
  std::string Name = V.Name ? quoted(*V.Name) : "the object";
  std::string Type = quoted(Object, AST);
  if (!Around || Around->Provides)
    return Name + " is a complete " + Type;
  if (Around->Member)
    return Name + " is a member of type " + Type;
  return Name + " is an array of " + Type;
}

void DowncastWrongObject::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  if (Cast.getCastKind() != clang::CK_BaseToDerived)
    return;
  clang::QualType Static = Cast.getSubExpr()->getType();
  // A cast to an rvalue reference takes its temporary as it is written.
  const bool IsTemporary = Cast.isGLValue() && Cast.getSubExpr()->isPRValue();
  const PointerValue V = IsTemporary ? knownObject(Static, nullptr) : Context.Pointers.operandOf(Cast);
  if (Static->isPointerType())
    Static = Static->getPointeeType();
  clang::QualType Target = castTarget(Cast);
  if (!V || V.Launder || V.StaleSince || Context.Pointers.isStale(V, Static) ||
      Context.Pointers.derivedAround(V, Target) != DerivedAround::No)
    return;
  clang::QualType Whole = V.Object;
  const Enclosing *Around = nullptr;
  for (const Enclosing &E : V.Around) {
    Around = &E;
    if (!E.Base)
      break;
    Whole = E.Type;
    Around = nullptr;
  }
  // Which alternative is active is another question.
  if (Around && Around->Member && Around->Member->getParent()->isUnion())
    return;
  const clang::CXXRecordDecl *Derived = completeRecord(Target);
  const clang::CXXRecordDecl *Object = completeRecord(Whole);
  // It does have a base of that class, and the step up to it was not seen.
  if (!Derived || !Object || declaresSameEntity(Object, Derived) || Object->isDerivedFrom(Derived))
    return;
  if (!isReachable(Cast, Scope.Function, Context.Graphs))
    return;
  const bool Exactly = layout::areSimilar(Context.AST, Whole, V.Object);
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       nameOf(V, Whole, Around, Context.AST) +
                           (Exactly ? ", not the base of a " + quoted(Target, Context.AST)
                                    : "; its " + quoted(V.Object, Context.AST) + " is not the base of a " +
                                          quoted(Target, Context.AST)));
  if (V.Name)
    F.Reasons.push_back({"", quoted(*V.Name) + " is declared here", Context.locate(V.Name->getLocation()), {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
