// Finds casts between a class and a member of it that is not the first.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FirstMemberNotFirst.h"

#include "rules/ContainerOf.h"
#include "rules/Interconversion.h"
#include "rules/Names.h"

namespace snug::rules {

void FirstMemberNotFirst::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void FirstMemberNotFirst::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::NotFirst)
    return;
  const clang::FieldDecl &Member = *M->Why.Culprit.Member;
  const clang::CXXRecordDecl &Class = *M->Why.Culprit.From;
  const bool IsUp = declaresSameEntity(completeRecord(castTarget(Cast)), M->Whole);
  std::string Still = "; the result still points to the " + quoted(M->Still, Context.AST);
  std::string Message = quoted(Member) + " is not the first member of " + quoted(Class) +
                        (M->Why.First ? " (that is " + quoted(*M->Why.First) + ")" : std::string());
  Finding F = violated(Context.locate(Cast.getBeginLoc()), Message + Still);
  if (M->Why.First)
    F.Reasons.push_back({"",
                         quoted(*M->Why.First) + " is the first member of " + quoted(Class),
                         Context.locate(M->Why.First->getLocation()),
                         {}});
  F.Reasons.push_back({"",
                       quoted(Member) + " is at offset " + std::to_string(M->Why.Offset.getQuantity()) + " of " +
                           quoted(*M->Whole) + "; the cast does not adjust the address",
                       Context.locate(Member.getLocation()),
                       {}});
  F.Reasons.push_back({"",
                       "move " + quoted(Member) + " to the front of " + quoted(Class) + ", or " +
                           (IsUp ? wayToTheWhole(M->Part, *M->Whole, Context.AST)
                                 : "take the address of the member, which needs no cast"),
                       F.Where,
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
