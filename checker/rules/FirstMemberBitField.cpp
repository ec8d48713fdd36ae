// Finds casts between a class that starts with a bit-field and the member behind it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FirstMemberBitField.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

namespace snug::rules {

void FirstMemberBitField::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

void FirstMemberBitField::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::BitField)
    return;
  const clang::FieldDecl &Member = *M->Why.Culprit.Member;
  const clang::FieldDecl &Bits = *M->Why.First;
  const clang::CXXRecordDecl &Class = *M->Why.Culprit.From;
  const bool Named = !Bits.isUnnamedBitField();
  std::string BitField = Named ? "the bit-field " + quoted(Bits) : std::string("an unnamed bit-field");
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       BitField + " at the start of " + quoted(Class) + " keeps " + quoted(Member) +
                           " from its address; the result still points to the " + quoted(M->Still, Context.AST));
  F.Reasons.push_back({"",
                       Named ? "a bit-field has no address that a pointer could share"
                             : "the bit-field is no member, so that by the letter " + quoted(Member) +
                                   " is the first; it takes the first byte all the same",
                       Context.locate(Bits.getLocation()),
                       {}});
  F.Reasons.push_back({"",
                       quoted(Member) + " is at offset " + std::to_string(M->Why.Offset.getQuantity()) + " of " +
                           quoted(*M->Whole) + "; the cast does not adjust the address",
                       Context.locate(Member.getLocation()),
                       {}});
  F.Reasons.push_back({"", "move the bit-field behind " + quoted(Member), Context.locate(Bits.getLocation()), {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
