// Finds parent addresses computed from a child's address by subtracting an offsetof.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ContainerOfOffsetof.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

namespace snug::rules {

void ContainerOfOffsetof::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void ContainerOfOffsetof::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  std::optional<ContainerOf> Match = matchContainerOf(Cast, Context.AST, Context.Locals);
  if (!Match || Match->MemberPointer || macroOf(*Match, Context.sources()).isValid())
    return;
  Finding F = violated(Context.locate(Cast.getBeginLoc()), "the address of the enclosing " + quoted(*Match->Enclosing) +
                                                               " is computed by pointer arithmetic that leaves " +
                                                               (Match->Member ? quoted(*Match->Member) : "the member") +
                                                               "; this is undefined");
  addContainerOfReasons(*Match, F, Context);
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
