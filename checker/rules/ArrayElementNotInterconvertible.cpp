// Finds casts from the first element of an array to the array or to a class that starts with it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ArrayElementNotInterconvertible.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/Uses.h"

#include "clang/Lex/Lexer.h"

namespace snug::rules {

void ArrayElementNotInterconvertible::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// The address of the array in the place of the address of its element: `&s.bytes` for `s.bytes` and `&s.bytes[0]`.
static void addFix(const clang::ExplicitCastExpr &Cast, const RuleContext &Context, Finding &F) {
  const clang::Expr *Operand = Cast.getSubExprAsWritten()->IgnoreParens();
  if (!Operand->getBeginLoc().isFileID() || !Operand->getEndLoc().isFileID() || Cast.isGLValue())
    return;
  if (Operand->getType()->isArrayType() && llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(Operand)) {
    Location Before = Context.locate(Operand->getBeginLoc());
    F.FixIts.push_back({Before, Before, "&"});
    return;
  }
  const auto *Address = llvm::dyn_cast<clang::UnaryOperator>(Operand);
  const auto *Element = Address && Address->getOpcode() == clang::UO_AddrOf
                            ? llvm::dyn_cast<clang::ArraySubscriptExpr>(Address->getSubExpr()->IgnoreParens())
                            : nullptr;
  if (!Element || !Element->getLHS()->IgnoreImpCasts()->getType()->isArrayType() ||
      !Element->getLHS()->getEndLoc().isFileID())
    return;
  const clang::SourceManager &SM = Context.sources();
  clang::SourceLocation From =
      clang::Lexer::getLocForEndOfToken(Element->getLHS()->getEndLoc(), 0, SM, Context.AST.getLangOpts());
  clang::SourceLocation To =
      clang::Lexer::getLocForEndOfToken(Element->getRBracketLoc(), 0, SM, Context.AST.getLangOpts());
  if (From.isValid() && To.isValid())
    F.FixIts.push_back({Context.locate(From), Context.locate(To), ""});
}

void ArrayElementNotInterconvertible::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::Element)
    return;
  // All bytes of the array are reachable through its element, so that launder may lead there. [ptr.launder]/2.
  if (Uses Used = usesOf(Cast, Scope.Function); Used.Laundered && !Used.Dereferenced && !Used.Escapes)
    return;
  std::string Array = M->Array ? quoted(*M->Array) : quoted(M->Part, Context.AST);
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       M->Whole ? "a pointer to the first element of " + Array + " does not convert to the " +
                                      quoted(*M->Whole) + " that starts with the array"
                                : "a pointer to the first element of " + Array + " does not convert to the array");
  F.Reasons.push_back({"",
                       "an array and its first element share an address, but are not pointer-interconvertible",
                       M->Array ? Context.locate(M->Array->getLocation()) : F.Where,
                       {}});
  addFix(Cast, Context, F);
  F.Reasons.push_back({"",
                       F.FixIts.empty() ? "pass a pointer to the array, or wrap the cast: 'std::launder(…)'"
                                        : "take the address of the array, or wrap the cast: 'std::launder(…)'",
                       F.Where,
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
