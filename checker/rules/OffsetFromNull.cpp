// Finds offsets computed from the address of a member of a null pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/OffsetFromNull.h"

#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/HandWrittenOffset.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace snug::rules {

void OffsetFromNull::declareInterest(StmtInterest &Interest) const { Interest.set(clang::Stmt::UnaryOperatorClass); }

/// What stands around the address, as far as it is about the offset.
struct Surroundings {
  const clang::ExplicitCastExpr *ToInteger = nullptr;
  /// The same number as the pointer was made from is subtracted.
  bool BaseSubtracted = false;
  /// Part of the computation of a parent's address, which has been reported as that.
  bool ContainerOf = false;
};

static bool isNumber(const clang::Expr *E, std::uint64_t N) {
  const auto *Literal = llvm::dyn_cast<clang::IntegerLiteral>(E->IgnoreParenCasts());
  return Literal && Literal->getValue() == N;
}

static Surroundings lookAround(const clang::Expr &Address, std::uint64_t Base, const StmtScope &Scope,
                               RuleContext &Context) {
  Surroundings Result;
  const clang::Stmt *Inner = &Address;
  bool Offset = true;
  for (const clang::Stmt *Outer : llvm::reverse(Scope.Ancestors)) {
    if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(Outer)) {
      if (matchContainerOf(*Cast, Context.AST, Context.Locals) ||
          matchContainerOfInteger(*Cast, Context.AST, Context.Locals))
        Result.ContainerOf = true;
      if (Offset && !Result.ToInteger && Cast->getType()->isIntegerType())
        Result.ToInteger = Cast;
    } else if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(Outer)) {
      if (Offset && Binary->getOpcode() == clang::BO_Sub && Binary->getLHS() == Inner)
        Result.BaseSubtracted |= isNumber(Binary->getRHS(), Base);
      Offset = false;
    } else if (!llvm::isa<clang::ParenExpr, clang::CastExpr>(Outer)) {
      Offset = false;
    }
    if (!llvm::isa<clang::Expr>(Outer))
      break;
    Inner = Outer;
  }
  return Result;
}

void OffsetFromNull::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Address = llvm::cast<clang::UnaryOperator>(S);
  std::optional<HandWrittenOffset> Written = handWrittenOffset(Address, Context.AST);
  if (!Written)
    return;
  // The offsetof of a C library is that library's affair.
  clang::SourceLocation Begin = Address.getBeginLoc();
  if (Begin.isMacroID() && Context.isExcluded(Context.sources().getSpellingLoc(Begin)) &&
      Context.sources().isInSystemHeader(Context.sources().getSpellingLoc(Begin)))
    return;
  Surroundings Around = lookAround(Address, Written->Base, Scope, Context);
  if (Around.ContainerOf || (Written->Base && !Around.BaseSubtracted))
    return;
  std::string Record = quoted(*Written->Record);
  Finding F = violated(Context.locate(Context.sources().getExpansionLoc(Begin)),
                       "hand-written offsetof: there is no " + Record + " at this address for " +
                           quoted(*Written->Member) + " to be a member of");
  F.Reasons.push_back({"",
                       "naming a member of an object that does not exist is undefined, whether or not it is read",
                       Context.locate(Written->Member->getLocation()),
                       {}});
  Reason Fix{"", "write offsetof", F.Where, {}};
  const clang::CXXRecordDecl *Definition = Written->Record->getDefinition();
  if (!Written->Designator.empty() && Definition) {
    std::string Offsetof =
        "offsetof(" + quoted(*Written->Record).substr(1, Record.size() - 2) + ", " + Written->Designator + ")";
    Fix.Text = "write '" + Offsetof + "'";
    if (Around.ToInteger && !Written->Base && Around.ToInteger->getBeginLoc().isFileID() &&
        Around.ToInteger->getEndLoc().isFileID() && !(Scope.Function && Scope.Function->isTemplateInstantiation())) {
      clang::SourceLocation End = clang::Lexer::getLocForEndOfToken(Around.ToInteger->getEndLoc(), 0, Context.sources(),
                                                                    Context.AST.getLangOpts());
      Fix.FixIts.push_back({Context.locate(Around.ToInteger->getBeginLoc()), Context.locate(End), Offsetof});
    }
  }
  F.Reasons.push_back(std::move(Fix));
  if (Definition && !Definition->isInvalidDecl() && !Definition->isDependentContext())
    if (std::vector<Reason> Why = layout::whyNotStandardLayout(Context.AST, *Definition); !Why.empty()) {
      F.Reasons.push_back(
          {"",
           "offsetof is only conditionally supported here: " + Record + " is not a standard-layout class",
           Context.locate(Definition->getLocation()),
           {}});
      llvm::append_range(F.Reasons, Why);
    }
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
