// Finds objects created in the place of a base class or of a [[no_unique_address]] member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BaseRebuiltInPlace.h"

#include "rules/Names.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/StringSwitch.h"

#include <algorithm>
#include <optional>

namespace snug::rules {

using namespace clang;

void BaseRebuiltInPlace::declareInterest(StmtInterest &Interest) const {
  Interest.set(Stmt::CXXNewExprClass);
  Interest.set(Stmt::CallExprClass);
}

namespace {

/// Somebody writes all bytes of an object of type `Written` at `Place`.
struct Writing {
  const Expr *Place;
  CharUnits Size;
  /// The type of the object that is created; null where bytes are copied.
  QualType Created;
  const char *How;
};

std::optional<Writing> writingOf(const Stmt &S, const ASTContext &AST) {
  if (const auto *New = llvm::dyn_cast<CXXNewExpr>(&S)) {
    if (New->getNumPlacementArgs() != 1 || New->isArray() || !saysWhat(New->getAllocatedType()))
      return std::nullopt;
    return Writing{New->getPlacementArg(0), AST.getTypeSizeInChars(New->getAllocatedType()), New->getAllocatedType(),
                   "placement new"};
  }
  const auto &Call = llvm::cast<CallExpr>(S);
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || !Callee->getDeclName().isIdentifier() || Call.getNumArgs() == 0)
    return std::nullopt;
  llvm::StringRef Name = Callee->getName();
  if (Name == "construct_at" || Name == "start_lifetime_as") {
    QualType Result = Callee->getReturnType();
    if (!Result->isPointerType() || !saysWhat(Result->getPointeeType()))
      return std::nullopt;
    return Writing{Call.getArg(0), AST.getTypeSizeInChars(Result->getPointeeType()), Result->getPointeeType(),
                   Name == "construct_at" ? "construct_at" : "start_lifetime_as"};
  }
  Name.consume_front("__builtin_");
  const char *How = llvm::StringSwitch<const char *>(Name)
                        .Case("memset", "memset")
                        .Case("memcpy", "memcpy")
                        .Case("memmove", "memmove")
                        .Default(nullptr);
  Expr::EvalResult Size;
  if (!How || Call.getNumArgs() != 3 || Call.getArg(2)->isValueDependent() || !Call.getArg(2)->EvaluateAsInt(Size, AST))
    return std::nullopt;
  return Writing{Call.getArg(0), CharUnits::fromQuantity(Size.Val.getInt().getZExtValue()), {}, How};
}

/// What shares bytes with a subobject, without being a part of it.
struct Overlap {
  const FieldDecl *First = nullptr;
  CharUnits Size;
};

Overlap overlap(const ASTContext &AST, const CXXRecordDecl &Whole, const FieldDecl *Member, const CXXRecordDecl &Part,
                CharUnits Written) {
  const ASTRecordLayout &Layout = AST.getASTRecordLayout(&Whole);
  const CharUnits Begin =
      Member ? AST.toCharUnitsFromBits(static_cast<std::int64_t>(Layout.getFieldOffset(Member->getFieldIndex())))
             : Layout.getBaseClassOffset(&Part);
  // Everything of the part itself lies before the tail padding that others may use.
  const CharUnits From = Begin + AST.getASTRecordLayout(&Part).getDataSize(), To = Begin + Written;
  Overlap Result;
  std::int64_t Last = From.getQuantity();
  for (const FieldDecl *Field : Whole.fields()) {
    if (Field == Member || Field->isUnnamedBitField())
      continue;
    const CharUnits At =
        AST.toCharUnitsFromBits(static_cast<std::int64_t>(Layout.getFieldOffset(Field->getFieldIndex())));
    const CharUnits End = At + std::max(CharUnits::One(), AST.getTypeSizeInChars(Field->getType()));
    if (At < From || At >= To)
      continue;
    const std::int64_t Upto = std::min(End, To).getQuantity();
    if (Upto <= Last)
      continue;
    Result.First = Result.First ? Result.First : Field;
    Result.Size += CharUnits::fromQuantity(Upto - std::max(Last, At.getQuantity()));
    Last = Upto;
  }
  return Result;
}

} // namespace

void BaseRebuiltInPlace::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  std::optional<Writing> W = writingOf(S, Context.AST);
  if (!W || Context.isExcluded(S.getBeginLoc()))
    return;
  const PointerValue Place = Context.Pointers.valueOf(W->Place);
  if (!Place || Place.Is == PointerValue::Kind::Provided || Place.Around.empty())
    return;
  const Enclosing &Outer = Place.Around.front();
  const CXXRecordDecl *Whole = completeRecord(Outer.Type);
  const CXXRecordDecl *Part = completeRecord(Place.Object);
  const bool Overlapping = Outer.Base || (Outer.Member && Outer.Member->hasAttr<NoUniqueAddressAttr>());
  if (!Whole || !Part || !Overlapping || Whole->isUnion() || (Outer.Base && Whole->isVirtuallyDerivedFrom(Part)))
    return;
  if (Outer.Base && llvm::none_of(Whole->bases(), [&](const CXXBaseSpecifier &B) {
        return declaresSameEntity(B.getType()->getAsCXXRecordDecl(), Part);
      }))
    return;
  if (!W->Created.isNull() && !layout::areSimilar(Context.AST, W->Created, Place.Object))
    return;
  const Overlap Shared = overlap(Context.AST, *Whole, Outer.Member, *Part, W->Size);
  if (W->Created.isNull() && !Shared.First)
    return;
  const std::string PartName = quoted(*Part), WholeName = quoted(*Whole);
  const std::string What = Outer.Member ? quoted(*Outer.Member) + ", a [[no_unique_address]] member of " + WholeName
                                        : PartName + ", a base class of " + WholeName;
  const std::string Writes =
      std::string(W->How) + " writes " + bytes(W->Size.getQuantity()) + " in the place of " + What;
  Finding F = violated(Context.locate(S.getBeginLoc()),
                       Shared.First ? Writes + ": " + bytes(Shared.Size.getQuantity()) + " of them " +
                                          (Shared.Size.isOne() ? "belongs" : "belong") + " to " + quoted(*Shared.First)
                                    : std::string(W->How) + " in the place of " + What +
                                          ": the new object is no part of the " + WholeName);
  if (!Shared.First || W->Created.isNull())
    F.Severity = Level::Warning;
  if (Shared.First)
    F.Reasons.push_back({"",
                         quoted(*Shared.First) + " lies in the tail padding of " + PartName +
                             ", which a base class and a [[no_unique_address]] member share with what follows",
                         Context.locate(Shared.First->getLocation()),
                         {}});
  if (!W->Created.isNull())
    F.Reasons.push_back(
        {"",
         "an object created here does not replace a potentially-overlapping subobject: names of the old "
         "one and pointers to it do not lead to it, and the lifetime of the " +
             WholeName + " ends",
         F.Where,
         {}});
  F.Reasons.push_back({"",
                       "keep what is built more than once in a union member or in an array of bytes",
                       Context.locate(Outer.Member ? Outer.Member->getLocation() : Whole->getLocation()),
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
