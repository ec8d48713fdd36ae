// Finds casts between a class and its first member that are undefined because the class is not standard-layout.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/InterconvertibleNotStandardLayout.h"

#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/Interconversion.h"
#include "rules/Names.h"
#include "rules/Uses.h"

namespace snug::rules {

void InterconvertibleNotStandardLayout::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

static std::string remedy(const Misconversion &M, const clang::ASTContext &AST) {
  std::string Layout = "give " + quoted(*M.Why.Culprit.From) + " standard layout";
  if (layout::areSimilar(AST, M.Part, M.Still) && canBeBase(M.Part))
    return "make " + quoted(M.Part, AST) + " a base class of " + quoted(*M.Whole) + " and use static_cast, or " +
           Layout;
  if (layout::areSimilar(AST, M.Part, M.Still))
    return Layout;
  return "take the address of the member, or " + Layout;
}

void InterconvertibleNotStandardLayout::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::NotStandardLayout)
    return;
  const clang::CXXRecordDecl &Culprit = *M->Why.Culprit.From;
  const clang::FieldDecl *Member = M->Why.Culprit.Member;
  const bool Itself = declaresSameEntity(&Culprit, M->Whole);
  std::string Part = Itself && Member ? "its first member " + quoted(*Member)
                                      : "the " + quoted(M->Part, Context.AST) + " at its start";
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       quoted(*M->Whole) + " is not pointer-interconvertible with " + Part +
                           "; the result still points to the " + quoted(M->Still, Context.AST));
  if (usesOf(Cast, Scope.Function).Dereferenced)
    F.Severity = Level::Error;
  Location ClassPlace = Context.locate(Culprit.getLocation());
  F.Reasons.push_back({"", quoted(Culprit) + " is not a standard-layout class", ClassPlace, {}});
  for (Reason &R : layout::whyNotStandardLayout(Context.AST, Culprit))
    F.Reasons.push_back(std::move(R));
  if (!M->Why.Offset.isZero())
    F.Reasons.push_back({"",
                         "the " + quoted(M->Part, Context.AST) + " is at offset " +
                             std::to_string(M->Why.Offset.getQuantity()) + " of " + quoted(*M->Whole) +
                             "; the cast does not adjust the address",
                         Context.locate(Member ? Member->getLocation() : Culprit.getLocation()),
                         {}});
  F.Reasons.push_back({"", remedy(*M, Context.AST), F.Where, {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
