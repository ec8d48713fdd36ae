// Finds std::launder calls whose result reaches bytes that the argument does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LaunderUnreachable.h"

#include "layout/Interconvertible.h"
#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/RecordLayout.h"

#include <optional>

namespace snug::rules {

void LaunderUnreachable::declareInterest(StmtInterest &Interest) const {
  addCastKinds(Interest);
  Interest.set(clang::Stmt::CallExprClass);
}

namespace {

/// The first member that lies, in part, behind `Reach` bytes; null if those are padding.
const clang::FieldDecl *memberBehind(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                                     clang::CharUnits Reach, clang::CharUnits At = clang::CharUnits::Zero()) {
  const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
  for (const clang::CXXBaseSpecifier &Specifier : Record.bases())
    if (const clang::CXXRecordDecl *Base = completeRecord(Specifier.getType()); Base && !Specifier.isVirtual())
      if (const clang::FieldDecl *Found = memberBehind(AST, *Base, Reach, At + Layout.getBaseClassOffset(Base)))
        return Found;
  for (const clang::FieldDecl *Field : Record.fields()) {
    if (Field->isUnnamedBitField() || Field->getType()->isReferenceType())
      continue;
    auto Bits = static_cast<std::int64_t>(Layout.getFieldOffset(Field->getFieldIndex()));
    if (At + AST.toCharUnitsFromBits(Bits) + AST.getTypeSizeInChars(Field->getType()) > Reach)
      return Field;
  }
  return nullptr;
}

/// Launder's result points to, or is pointer-interconvertible with, a `Target`; its argument points to `From`.
struct Question {
  const clang::CallExpr *Launder;
  const PointerValue *From;
  clang::QualType Target;
  const clang::Expr *Step; ///< the cast that made the target of launder's result; null for launder's own result
};

std::optional<clang::QualType> derivedThatShares(const clang::ExplicitCastExpr &Cast, const PointerValue &Base) {
  const clang::CXXRecordDecl *Derived = completeRecord(castTarget(Cast));
  const clang::CXXRecordDecl *From = completeRecord(Base.Object);
  if (!Derived || !From || !layout::isInterconvertible(Derived->getASTContext(), *Derived, *From))
    return std::nullopt;
  return castTarget(Cast);
}

} // namespace

void LaunderUnreachable::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  PointerValue V;
  std::optional<Question> Asked;
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S)) {
    if (!isLaunder(*Call))
      return;
    V = Context.Pointers.valueOf(Call->getArg(0));
    clang::QualType Result = Call->getType()->getPointeeType();
    if (!V || Result.isNull() || !saysWhat(Result) || !Context.Pointers.isStale(V, Result))
      return;
    Asked = Question{Call, &V, Result, nullptr};
  } else {
    const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
    clang::QualType Target = castTarget(Cast);
    if (Target.isNull() || !completeRecord(Target))
      return;
    const bool Downcast = Cast.getCastKind() == clang::CK_BaseToDerived;
    if (!Downcast && !reinterprets(Cast))
      return;
    V = Context.Pointers.operandOf(Cast);
    if (!V || !V.Launder)
      return;
    // A downcast reaches no further unless the two classes are interconvertible.
    if (Downcast ? !derivedThatShares(Cast, V)
                 : Context.Pointers.isStale(Context.Pointers.converted(V, Target, &Cast), Target))
      return;
    Asked = Question{V.Launder, V.Laundered.get(), Target, &Cast};
  }
  std::optional<clang::CharUnits> Reach = Context.Pointers.reach(*Asked->From);
  const clang::CharUnits Size = Context.AST.getTypeSizeInChars(Asked->Target);
  if (!Reach || Size <= *Reach)
    return;
  const clang::CXXRecordDecl *Record = completeRecord(Asked->Target);
  const clang::FieldDecl *Behind = Record ? memberBehind(Context.AST, *Record, *Reach) : nullptr;
  std::string Target = quoted(Asked->Target, Context.AST);
  std::string From = quoted(Asked->From->Object, Context.AST);
  Finding F =
      violated(Context.locate(Asked->Launder->getBeginLoc()),
               "std::launder may not reach " + (Behind ? quoted(*Behind) : "the padding of " + Target) + ": " +
                   bytes((Size - *Reach).getQuantity()) + " of " + Target + " are not reachable through the " + From);
  clang::CharUnits Ignored;
  const clang::FieldDecl *Bytes = Record ? interconvertibleBytes(Context.AST, *Record, Ignored) : nullptr;
  if (Asked->Step && Bytes)
    F.Reasons.push_back({"",
                         Target + " is pointer-interconvertible with its member " + quoted(*Bytes) +
                             ", so whoever reaches one reaches all of the other",
                         Context.locate(Bytes->getLocation()),
                         {}});
  if (Asked->Step)
    F.Reasons.push_back({"",
                         "the result of std::launder becomes a pointer to the " + Target + " here",
                         Context.locate(Asked->Step->getBeginLoc()),
                         {}});
  F.Reasons.push_back({"",
                       "the argument points to the " + From + ", which is " + bytes(Reach->getQuantity()) + "; the " +
                           Target + " is " + bytes(Size.getQuantity()),
                       Context.locate(Asked->Launder->getArg(0)->getExprLoc()),
                       {}});
  if (Record)
    F.Reasons.push_back({"",
                         Asked->Step ? "keep " + Target +
                                           " to the array alone, or give it a member in another class than "
                                           "the array, so that it has no standard layout"
                                     : "launder to the array of bytes that the " + From + " lives in, and reach the " +
                                           Target + " from there",
                         Context.locate(Record->getLocation()),
                         {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
