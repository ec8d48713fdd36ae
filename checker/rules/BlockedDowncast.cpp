// Classes and bases between which no static_cast leads down, and the casts that are written in its place.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BlockedDowncast.h"

#include "rules/Interconversion.h"
#include "rules/Names.h"
#include "rules/SubobjectPaths.h"
#include "rules/Uses.h"

#include "clang/AST/CXXInheritance.h"
#include "clang/AST/RecordLayout.h"

namespace snug::rules {

std::optional<BlockedDowncast> blockedDowncast(const clang::CXXRecordDecl &Derived, const clang::CXXRecordDecl &Base) {
  const std::optional<BaseRelation> How = baseRelation(Base.getASTContext(), Derived, Base);
  if (!How || How->Kind == Interconvertibility::Base)
    return std::nullopt;
  clang::CXXBasePaths Paths;
  Derived.isDerivedFrom(&Base, Paths);
  BlockedDowncast Result{&Derived, &Base, How->Kind == Interconvertibility::VirtualBase, {}};
  for (const clang::CXXBasePath &Path : Paths) {
    Result.Paths.emplace_back();
    for (const clang::CXXBasePathElement &Element : Path)
      Result.Paths.back().push_back(Element.Base);
  }
  return Result;
}

std::optional<BlockedDowncast> blockedDowncast(const clang::ExplicitCastExpr &Cast, const StmtScope &Scope,
                                               RuleContext &Context) {
  if (castOfIncomplete(Cast, Context.AST)) // the cause, which c-style-cast-incomplete tells
    return std::nullopt;
  const clang::CXXRecordDecl *Derived = reinterprets(Cast) ? completeRecord(castTarget(Cast)) : nullptr;
  if (!Derived || Derived->getNumBases() == 0)
    return std::nullopt;
  const PointerValue V = Context.Pointers.operandOf(Cast);
  const clang::CXXRecordDecl *Base = V && !V.StaleSince ? completeRecord(V.Object) : nullptr;
  std::optional<BlockedDowncast> Result = Base ? blockedDowncast(*Derived, *Base) : std::nullopt;
  if (!Result)
    return std::nullopt;
  // A stale pointer may be stored, compared and cast back.
  const Uses Used = usesOf(Cast, Scope.Function);
  return Used.Dereferenced || Used.Escapes ? Result : std::nullopt;
}

void addPaths(const BlockedDowncast &Blocked, Finding &F, const RuleContext &Context) {
  for (const auto &Path : Blocked.Paths) {
    std::string Way;
    clang::CharUnits Offset;
    const clang::CXXRecordDecl *Class = Blocked.Derived;
    bool Virtual = false;
    for (const clang::CXXBaseSpecifier *Step : Path) {
      const clang::CXXRecordDecl *Base = Step->getType()->getAsCXXRecordDecl()->getDefinition();
      Virtual |= Step->isVirtual();
      if (!Virtual)
        Offset += Context.AST.getASTRecordLayout(Class).getBaseClassOffset(Base);
      if (Step != Path.back())
        Way += (Way.empty() ? " by way of " : ", ") + quoted(*Base);
      Class = Base;
    }
    F.Reasons.push_back(
        {"",
         quoted(*Blocked.Base) + " is a base of " + quoted(*Blocked.Derived) + (Way.empty() ? " directly" : Way) +
             (Virtual ? ", where the derivation is virtual" : ", at offset " + std::to_string(Offset.getQuantity())),
         Context.locate(Path.front()->getBeginLoc()),
         {}});
  }
}

} // namespace snug::rules
