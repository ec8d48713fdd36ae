// Finds casts that the letter of the standard allows and the layout of the class defeats.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LayoutContradictsInterconvertible.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace snug::rules {

void LayoutContradictsInterconvertible::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

using Classes = llvm::SmallPtrSet<const clang::CXXRecordDecl *, 8>;

/// The empty classes among the subobjects of `Class`, itself included.
static void collectEmpty(const clang::CXXRecordDecl &Class, Classes &Into) {
  if (Class.isEmpty())
    Into.insert(Class.getCanonicalDecl());
  for (const clang::CXXBaseSpecifier &Base : Class.bases())
    if (const clang::CXXRecordDecl *B = completeRecord(Base.getType()))
      collectEmpty(*B, Into);
  for (const clang::FieldDecl *Field : Class.fields())
    if (const clang::CXXRecordDecl *F =
            completeRecord(clang::QualType(Field->getType()->getBaseElementTypeUnsafe(), 0)))
      collectEmpty(*F, Into);
}

/// The empty class that both the moved part and the rest of the class contain.
static const clang::CXXRecordDecl *repeated(const SubobjectStep &Step) {
  Classes Inside;
  const clang::CXXRecordDecl *Part =
      Step.Base ? Step.Base : completeRecord(clang::QualType(Step.Member->getType()->getBaseElementTypeUnsafe(), 0));
  if (!Part)
    return nullptr;
  collectEmpty(*Part, Inside);
  Classes Outside;
  for (const clang::CXXBaseSpecifier &Base : Step.From->bases())
    if (const clang::CXXRecordDecl *B = completeRecord(Base.getType()); B && !declaresSameEntity(B, Step.Base))
      collectEmpty(*B, Outside);
  for (const clang::CXXRecordDecl *Class : Inside)
    if (Outside.contains(Class))
      return Class;
  return nullptr;
}

void LayoutContradictsInterconvertible::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::Contradicted)
    return;
  const SubobjectStep &Step = M->Why.Culprit;
  std::string Part = Step.Member ? quoted(*Step.Member) : "the base " + quoted(*Step.Base);
  Finding F =
      violated(Context.locate(Cast.getBeginLoc()),
               Part + " is at offset " + std::to_string(offsetOf(Context.AST, Step).getQuantity()) + " although " +
                   quoted(*Step.From) + " is standard-layout; the cast does not adjust the address");
  F.Reasons.push_back({"",
                       "by the letter " + quoted(*Step.From) + " is pointer-interconvertible with " + Part +
                           ", and traits say so; no two objects of one type share an address all the same",
                       Context.locate(Step.From->getLocation()),
                       {}});
  if (const clang::CXXRecordDecl *Twice = repeated(Step))
    F.Reasons.push_back({"",
                         quoted(*Twice) + " is both in " + Part + " and in a base of " + quoted(*Step.From) +
                             "; give one of them a type of its own, such as a template with a tag",
                         Context.locate(Twice->getLocation()),
                         {}});
  F.Reasons.push_back({"",
                       Step.Base
                           ? "use static_cast, which adjusts the address"
                           : "take the address of the member on the way down; on the way up, make it a base class "
                             "and use static_cast",
                       F.Where,
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
