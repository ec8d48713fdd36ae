// Finds objects created in members that provide no storage, which ends the lifetime of the enclosing object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageNotByteArray.h"

#include "layout/Interconvertible.h"
#include "rules/Names.h"
#include "rules/Placement.h"
#include "rules/Reachability.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace snug::rules {

using clang::CharUnits;

void StorageNotByteArray::declareInterest(StmtInterest &Interest) const { addPlacementKinds(Interest); }

/// What a look at one subobject, and at the offset within it, says of the whole; none if its parts have to be asked.
using Answer = llvm::function_ref<std::optional<bool>(clang::QualType, CharUnits)>;

/// Whether the object of `Whole`, or a subobject of it that `Offset` lies in, answers yes.
static bool anyAt(clang::QualType Whole, CharUnits Offset, const clang::ASTContext &AST, Answer Ask) {
  if (std::optional<bool> Said = Ask(Whole, Offset))
    return *Said;
  if (const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(Whole)) {
    const CharUnits Size = AST.getTypeSizeInChars(Array->getElementType());
    return !Size.isZero() &&
           anyAt(Array->getElementType(), CharUnits::fromQuantity(Offset.getQuantity() % Size.getQuantity()), AST, Ask);
  }
  const clang::CXXRecordDecl *Class = completeRecord(Whole);
  if (!Class)
    return false;
  const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(Class);
  auto In = [&](clang::QualType Part, CharUnits Start) {
    return Start <= Offset && (Start == Offset || Offset < Start + AST.getTypeSizeInChars(Part)) &&
           anyAt(Part, Offset - Start, AST, Ask);
  };
  for (const clang::CXXBaseSpecifier &Base : Class->bases())
    if (!Base.isVirtual() && In(Base.getType(), Layout.getBaseClassOffset(Base.getType()->getAsCXXRecordDecl())))
      return true;
  return llvm::any_of(Class->fields(), [&](const clang::FieldDecl *Field) {
    return !Field->isBitField() && !Field->getType()->isReferenceType() && !Field->getType()->isIncompleteType() &&
           In(Field->getType(),
              AST.toCharUnitsFromBits(static_cast<std::int64_t>(Layout.getFieldOffset(Field->getFieldIndex()))));
  });
}

/// Whether an object of `Whole` has, at `Offset`, a subobject that the new object could be, or bytes that provide storage
/// for it: an alternative of a union, mostly, of which the place named another.
static bool hasRoomFor(const Placement &P, clang::QualType Whole, CharUnits Offset, const clang::ASTContext &AST) {
  return anyAt(Whole, Offset, AST, [&](clang::QualType Part, CharUnits At) -> std::optional<bool> {
    if (layout::areSimilar(AST, Part, P.Type))
      return At.isZero();
    return providesStorage(AST, Part) ? std::optional(true) : std::nullopt;
  });
}

/// Whether the new object lies in an array of plain `char`, or in a class that has one there.
static bool isInChars(clang::QualType Whole, const clang::ASTContext &AST) {
  return anyAt(Whole, CharUnits::Zero(), AST, [&](clang::QualType Part, CharUnits) -> std::optional<bool> {
    const clang::ArrayType *Array = AST.getAsArrayType(Part);
    return Array && Array->getElementType()->isCharType() ? std::optional(true) : std::nullopt;
  });
}

/// The note that offers the other element type.
static Reason otherElement(const clang::FieldDecl &Member, const RuleContext &Context) {
  Reason Fix{"",
             quoted(Member) + " is declared here; an array of 'unsigned char' or 'std::byte' provides storage",
             Context.locate(Member.getLocation()),
             {}};
  const clang::SourceRange Declaration = editableDeclaration(&Member, Context.AST);
  auto Array = Member.getTypeSourceInfo()->getTypeLoc().getAs<clang::ConstantArrayTypeLoc>();
  auto Element =
      Array ? Array.getElementLoc().getUnqualifiedLoc().getAs<clang::BuiltinTypeLoc>() : clang::BuiltinTypeLoc();
  if (Declaration.isValid() && Element && Element.getTypePtr()->isCharType() &&
      Element.getBeginLoc() == Element.getEndLoc() && Element.getBeginLoc().isFileID()) {
    Location From = Context.locate(Element.getBeginLoc());
    Fix.FixIts.push_back({From, From, "unsigned "});
  }
  return Fix;
}

void StorageNotByteArray::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  std::optional<Placement> P = placementOf(S, Context);
  if (!P || isByte(P->Type))
    return;
  const clang::ASTContext &AST = Context.AST;
  if (hasRoomFor(*P, P->Place.Object, CharUnits::Zero(), AST))
    return;
  CharUnits Offset;
  clang::QualType Inner = P->Place.Object;
  clang::QualType Array;
  const clang::FieldDecl *Member = nullptr;
  const clang::CXXRecordDecl *Class = nullptr;
  for (const Enclosing &E : P->Place.Around) {
    if (E.Provides)
      return;
    if (E.isElement()) {
      if (!E.Index)
        return;
      Offset += AST.getTypeSizeInChars(Inner) * static_cast<std::int64_t>(*E.Index);
      if (!Member)
        Array = E.Type;
    } else if (E.Member) {
      Offset += AST.toCharUnitsFromBits(static_cast<std::int64_t>(AST.getFieldOffset(E.Member)));
      // An anonymous union is no object that anybody would name.
      if (const clang::CXXRecordDecl *Whole = completeRecord(E.Type)) {
        Member = Member ? Member : E.Member;
        if (!Class && !Whole->isAnonymousStructOrUnion())
          Class = Whole;
      }
    } else {
      break;
    }
    Inner = E.Type;
    if (hasRoomFor(*P, Inner, Offset, AST))
      return;
  }
  if (!Member || !Class || !isReachable(*P->By, Scope.Function, Context.Graphs))
    return;
  if (Array.isNull() && AST.getAsArrayType(Member->getType()))
    Array = Member->getType();
  std::string What = Array.isNull() ? quoted(*Member) + ", of type " + quoted(Member->getType(), AST) + ","
                                    : "an array of " + quoted(AST.getAsArrayType(Array)->getElementType(), AST);
  Finding F =
      violated(Context.locate(P->By->getBeginLoc()),
               What + " does not provide storage; the lifetime of the enclosing " + quoted(*Class) + " ends here");
  // Wrong by the letter alone: accesses through characters alias everything, and no compiler is known to make use of the
  // class's death.
  if (Array.isNull() ? isInChars(P->Place.Object, AST) : AST.getAsArrayType(Array)->getElementType()->isCharType())
    F.Severity = Level::Warning;
  F.Reasons.push_back(otherElement(*Member, Context));
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
