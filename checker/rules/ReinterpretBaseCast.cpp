// Finds reinterpreting casts between a class and its base.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ReinterpretBaseCast.h"

#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"

namespace snug::rules {

void ReinterpretBaseCast::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// How the cast is called in a message.
static const char *spelling(const clang::ExplicitCastExpr &Cast) {
  if (llvm::isa<clang::CXXReinterpretCastExpr>(Cast))
    return "reinterpret_cast";
  return llvm::isa<clang::CXXStaticCastExpr>(Cast) ? "static_cast from 'void *'" : "C-style cast";
}

/// `static_cast` in the place of `reinterpret_cast`, where it compiles and means what was meant.
static void addFix(const Misconversion &M, const StmtScope &Scope, const RuleContext &Context, Finding &F) {
  const auto *Cast = llvm::dyn_cast<clang::CXXReinterpretCastExpr>(M.Cast);
  // In a template the next instantiation may have other bases.
  if (!Cast || !Cast->getOperatorLoc().isFileID() || !Cast->getAngleBrackets().getBegin().isFileID() ||
      (Scope.Function && Scope.Function->isTemplateInstantiation()))
    return;
  clang::QualType From = Cast->getSubExprAsWritten()->getType();
  if (!Cast->isGLValue())
    From = From->isPointerType() ? From->getPointeeType() : clang::QualType();
  const clang::CXXRecordDecl *Source = completeRecord(From), *Target = completeRecord(castTarget(*Cast));
  if (!Source || !Target)
    return;
  const bool Up = declaresSameEntity(Source, M.Whole);
  if (!(Up ? declaresSameEntity(Target, M.Why.Culprit.Base)
           : declaresSameEntity(Source, M.Why.Culprit.Base) && declaresSameEntity(Target, M.Whole)))
    return;
  // The class must be complete where the cast stands, and its base nobody's secret.
  std::optional<BaseRelation> How = baseRelation(Context.AST, *M.Whole, *M.Why.Culprit.Base);
  if (!How || !How->Public ||
      !Context.sources().isBeforeInTranslationUnit(M.Whole->getBraceRange().getEnd(), Cast->getBeginLoc()))
    return;
  Location Begin = Context.locate(Cast->getOperatorLoc());
  Location End = Context.locate(
      Cast->getOperatorLoc().getLocWithOffset(static_cast<int>(llvm::StringRef("reinterpret_cast").size())));
  F.FixIts.push_back({Begin, End, "static_cast"});
}

void ReinterpretBaseCast::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  const std::optional<Misconversion> &M = Context.Conversions.of(Cast);
  if (!M || M->Why.Kind != Interconvertibility::Base)
    return;
  std::string Derived = quoted(*M->Whole), Base = quoted(*M->Why.Culprit.Base);
  std::string Between = std::string(spelling(Cast)) + " between " + Derived + " and its base " + Base;
  const std::int64_t Offset = M->Why.Offset.getQuantity();
  std::string Message = Between + " does not adjust the address";
  if (M->Holds)
    Message = Between + " holds only while " + Derived + " stays standard-layout";
  else if (!Offset)
    Message += "; the two are not pointer-interconvertible, and the result still points to the " +
               quoted(M->Still, Context.AST);
  Finding F = violated(Context.locate(Cast.getBeginLoc()), std::move(Message));
  if (M->Holds)
    F.Severity = Level::Note;
  else if (!Offset)
    F.Severity = Level::Warning; // the right address, and no compiler is known to exploit that it is the other object's
  Location Class = Context.locate(M->Whole->getLocation());
  if (Offset)
    F.Reasons.push_back({"", Base + " is at offset " + std::to_string(Offset) + " of " + Derived, Class, {}});
  if (!M->Holds && !Offset) {
    F.Reasons.push_back({"", Derived + " is not a standard-layout class", Class, {}});
    llvm::append_range(F.Reasons, layout::whyNotStandardLayout(Context.AST, *M->Whole));
  }
  F.Reasons.push_back({"",
                       declaresSameEntity(completeRecord(castTarget(Cast)), M->Why.Culprit.Base)
                           ? "a conversion to the base is implicit; where it must be spelt, use static_cast"
                           : "use static_cast, which knows where the base is",
                       F.Where,
                       {}});
  addFix(*M, Scope, Context, F);
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
