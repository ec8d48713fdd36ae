// Finds casts between a class and an empty member that shares its address with others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/NoUniqueAddressChild.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

namespace snug::rules {

void NoUniqueAddressChild::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void NoUniqueAddressChild::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::EmptyMember)
    return;
  const clang::FieldDecl &Member = *M->Why.Culprit.Member;
  std::string Class = quoted(*M->Why.Culprit.From);
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       "the address of the empty member " + quoted(Member) + " does not determine its " + Class +
                           "; the result still points to the " + quoted(M->Still, Context.AST));
  F.Reasons.push_back({"",
                       quoted(Member) + " is empty and [[no_unique_address]]: it may have the address of any byte of " +
                           Class + " (here of byte " + std::to_string(M->Why.Offset.getQuantity()) + ")",
                       Context.locate(Member.getLocation()),
                       {}});
  F.Reasons.push_back({"",
                       "make " + quoted(Member.getType(), Context.AST) + " a base class of " + Class +
                           ", where it takes no room either, and use static_cast",
                       Context.locate(M->Why.Culprit.From->getLocation()),
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
