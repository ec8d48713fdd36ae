// Finds casts between a byte array and what lives in it that need std::launder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CastNeedsLaunder.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/StorageCast.h"
#include "rules/Uses.h"

#include "clang/Lex/Lexer.h"

#include <optional>

namespace snug::rules {

void CastNeedsLaunder::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

namespace {

/// The note that offers to wrap the cast.
Reason wrapped(const clang::ExplicitCastExpr &Cast, const RuleContext &Context) {
  Reason Fix{"",
             "wrap the cast: 'std::launder(…)' gives a pointer to the object that lives there",
             Context.locate(Cast.getBeginLoc()),
             {}};
  clang::SourceLocation Begin = Cast.getBeginLoc();
  clang::SourceLocation End =
      clang::Lexer::getLocForEndOfToken(Cast.getEndLoc(), 0, Context.sources(), Context.AST.getLangOpts());
  if (Begin.isFileID() && End.isValid() && End.isFileID() && !Cast.isGLValue()) {
    Location From = Context.locate(Begin), To = Context.locate(End);
    Fix.FixIts.push_back({From, From, "std::launder("});
    Fix.FixIts.push_back({To, To, ")"});
  }
  return Fix;
}

} // namespace

void CastNeedsLaunder::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  clang::QualType Target = castTarget(Cast);
  if (!reinterprets(Cast) || Target.isNull() || !saysWhat(Target))
    return;
  PointerValue V = Context.Pointers.operandOf(Cast);
  // What was stale before has been reported where it became so.
  if (!V || V.StaleSince || !Context.Pointers.isStale(Context.Pointers.converted(V, Target, &Cast), Target))
    return;
  std::optional<StorageCast> Found = storageCast(V, Target, Context.AST);
  if (!Found)
    return;
  // Storing, comparing, laundering the result, or taking it as a place for something new: all defined.
  Uses Used = usesOf(Cast, Scope.Function);
  const bool ReadsBytes = Found->IntoBytes && Target->isArrayType();
  if (!Used.CastOn && !(Used.Escapes && !(ReadsBytes && Cast.isGLValue())) && !(Used.Dereferenced && !ReadsBytes))
    return;
  std::string Object = quoted(Found->Object, Context.AST);
  std::string Where = Found->Bytes ? "in the bytes of " + quoted(*Found->Bytes) : std::string("in an array of bytes");
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       "the " + Object + " lives " + Where + " but is not pointer-interconvertible with " +
                           (Found->Bytes ? "it" : "the array") + "; use std::launder");
  if (Found->Bytes)
    F.Reasons.push_back({"",
                         quoted(*Found->Bytes) + " provides storage; what is created in it is no subobject of it",
                         Context.locate(Found->Bytes->getLocation()),
                         {}});
  F.Reasons.push_back(wrapped(Cast, Context));
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
