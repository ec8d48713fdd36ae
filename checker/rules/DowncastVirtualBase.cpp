// Finds casts from a virtual base to the class that derives from it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/DowncastVirtualBase.h"

#include "rules/BlockedDowncast.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

void DowncastVirtualBase::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void DowncastVirtualBase::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  std::optional<BlockedDowncast> Blocked = blockedDowncast(Cast, Scope, Context);
  if (!Blocked || !Blocked->IsVirtual)
    return;
  const bool Itself = llvm::all_of(Blocked->Paths, [](const auto &Path) { return Path.back()->isVirtual(); });
  Finding F =
      violated(Context.locate(Cast.getBeginLoc()),
               quoted(*Blocked->Base) + (Itself ? " is a virtual base of " : " is a base of a virtual base of ") +
                   quoted(*Blocked->Derived) + "; its offset is not a property of " + quoted(*Blocked->Derived));
  addPaths(*Blocked, F, Context);
  std::string Remedy = "derive without 'virtual', or store a pointer to the " + quoted(*Blocked->Derived);
  if (Blocked->Base->isPolymorphic())
    Remedy += "; dynamic_cast finds it at run time";
  F.Reasons.push_back({"", std::move(Remedy), F.Where, {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
