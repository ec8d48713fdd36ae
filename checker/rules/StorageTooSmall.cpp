// Finds objects created in an array that is smaller than they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageTooSmall.h"

#include "rules/Names.h"
#include "rules/Placement.h"
#include "rules/Reachability.h"

namespace snug::rules {

void StorageTooSmall::declareInterest(StmtInterest &Interest) const { addPlacementKinds(Interest); }

/// The note that offers another bound, where that can be written.
static Reason larger(const Storage &S, const Placement &P, const RuleContext &Context) {
  const clang::ASTContext &AST = Context.AST;
  Reason Fix{"",
             quoted(*S.Name) + " is declared here; 'sizeof' says what it needs, whatever becomes of the type",
             Context.locate(S.Name->getLocation()),
             {}};
  const auto *Declarator = llvm::dyn_cast<clang::DeclaratorDecl>(S.Name);
  if (!editableDeclaration(S.Name, AST).isValid() || !S.Offset.isZero() || P.Type->isArrayType())
    return Fix;
  auto Array = Declarator->getTypeSourceInfo()->getTypeLoc().getAs<clang::ConstantArrayTypeLoc>();
  std::string Name = nameAt(P.Type, Declarator->getBeginLoc(), AST);
  const clang::Expr *Bound = Array ? Array.getSizeExpr() : nullptr;
  if (Name.empty() || !Bound || !Array.getBracketsRange().isValid() || !Array.getRBracketLoc().isFileID() ||
      !AST.getTypeSizeInChars(Array.getTypePtr()->getElementType()).isOne())
    return Fix;
  Location From = Context.locate(Array.getLBracketLoc().getLocWithOffset(1));
  Fix.FixIts.push_back({From, Context.locate(Array.getRBracketLoc()), "sizeof(" + Name + ")"});
  return Fix;
}

void StorageTooSmall::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  std::optional<Placement> P = placementOf(S, Context);
  std::optional<Storage> Where = P ? storageAt(P->Place, Context.AST) : std::nullopt;
  if (!Where)
    return;
  const clang::CharUnits Needed = Context.AST.getTypeSizeInChars(P->Type);
  if (Needed <= Where->Room || !isReachable(*P->By, Scope.Function, Context.Graphs))
    return;
  std::string Name = Where->Name ? quoted(*Where->Name) : "the " + quoted(Where->Type, Context.AST);
  std::string Room = bytes(Where->Room.getQuantity());
  if (!Where->Offset.isZero())
    Room += " from offset " + std::to_string(Where->Offset.getQuantity()) + " on";
  Finding F =
      violated(Context.locate(P->By->getBeginLoc()),
               Name + " has " + Room + ", " + quoted(P->Type, Context.AST) + " needs " + bytes(Needed.getQuantity()));
  if (Where->Name)
    F.Reasons.push_back(larger(*Where, *P, Context));
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
