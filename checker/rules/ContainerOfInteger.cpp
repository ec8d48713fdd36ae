// Finds parent addresses computed from a child's address by way of integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ContainerOfInteger.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"

namespace snug::rules {

void ContainerOfInteger::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void ContainerOfInteger::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  std::optional<ContainerOf> Match = matchContainerOfInteger(Cast, Context.AST, Context.Locals);
  if (!Match)
    return;
  std::string Child = Match->Member ? quoted(*Match->Member) : "the " + quoted(Match->ChildType, Context.AST);
  Finding F =
      violated(Context.locate(Context.sources().getExpansionLoc(Cast.getBeginLoc())),
               "the address of the enclosing " + quoted(*Match->Enclosing) + " is computed from that of " + Child +
                   " by way of an integer, and relies on the implementation-defined mapping between "
                   "pointers and integers");
  F.Reasons.push_back({"",
                       "it is defined where a pointer to the " + quoted(*Match->Enclosing) +
                           " could have become that integer; it is never a constant expression, and hides from the "
                           "compiler what the pointer points to",
                       F.Where,
                       {}});
  F.Reasons.push_back({"", wayToTheWhole(Match->ChildType, *Match->Enclosing, Context.AST), F.Where, {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
