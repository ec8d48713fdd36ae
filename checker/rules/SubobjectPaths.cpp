// The ways from an object to the subobjects of one type in it, and what keeps the two from sharing an address by the
// letter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SubobjectPaths.h"

#include "layout/Interconvertible.h"
#include "layout/Names.h"
#include "layout/StandardLayout.h"
#include "rules/PointerValue.h"

#include "clang/AST/Attr.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using clang::CharUnits;
using clang::CXXRecordDecl;
using clang::FieldDecl;

namespace {

class Search {
public:
  Search(const clang::ASTContext &AST, clang::QualType Part) : AST(AST), Part(Part) {}

  void into(const CXXRecordDecl &Class, SubobjectPath &Way) {
    // Deeper nests and larger classes than these are no operation states.
    if (Way.Steps.size() == 8 || Found.size() == 16 || ++Visits == 512)
      return;
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Class);
    for (const clang::CXXBaseSpecifier &Specifier : Class.bases()) {
      const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl();
      if (Specifier.isVirtual() || !Base || !(Base = Base->getDefinition()))
        continue;
      down({&Class, nullptr, Base}, Layout.getBaseClassOffset(Base), Specifier.getType(), Way);
    }
    for (const FieldDecl *Field : Class.fields()) {
      if (Field->isBitField() || Field->getType()->isReferenceType())
        continue;
      auto Bits = static_cast<std::int64_t>(Layout.getFieldOffset(Field->getFieldIndex()));
      down({&Class, Field, nullptr}, AST.toCharUnitsFromBits(Bits), Field->getType(), Way);
    }
  }

  std::vector<SubobjectPath> Found;

private:
  void down(SubobjectStep Step, CharUnits Offset, clang::QualType Type, SubobjectPath &Way) {
    const CharUnits OuterOffset = Way.Offset;
    const bool OuterElement = Way.ThroughElement;
    Way.Steps.push_back(Step);
    Way.Offset += Offset;
    if (layout::areSimilar(AST, Type, Part)) {
      Found.push_back(Way);
    } else {
      if (const clang::ArrayType *Array = AST.getAsArrayType(Type)) {
        Way.ThroughElement = true;
        Type = AST.getBaseElementType(Array);
        if (layout::areSimilar(AST, Type, Part))
          Found.push_back(Way);
      }
      const CXXRecordDecl *Inner = Type->getAsCXXRecordDecl();
      if (Inner && (Inner = Inner->getDefinition()) && !Inner->isInvalidDecl())
        into(*Inner, Way);
    }
    Way.Steps.pop_back();
    Way.Offset = OuterOffset;
    Way.ThroughElement = OuterElement;
  }

  const clang::ASTContext &AST;
  clang::QualType Part;
  unsigned Visits = 0;
};

/// The first field, own or inherited, that the condition holds for.
template <class Condition> const FieldDecl *firstField(const CXXRecordDecl &Class, Condition Holds) {
  for (const clang::CXXBaseSpecifier &Base : Class.bases())
    if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl(); B && (B = B->getDefinition()))
      if (const FieldDecl *Inherited = firstField(*B, Holds))
        return Inherited;
  for (const FieldDecl *Field : Class.fields())
    if (Holds(*Field))
      return Field;
  return nullptr;
}

bool isZeroLength(const clang::ASTContext &AST, const FieldDecl &F) {
  return F.isUnnamedBitField() && F.getBitWidth()->EvaluateKnownConstInt(AST).isZero();
}

/// The bit-field that takes the start of the class, where `Member` is the next thing in it that has an address.
const FieldDecl *bitFieldBefore(const clang::ASTContext &AST, const CXXRecordDecl &Class, const FieldDecl &Member) {
  const FieldDecl *First = firstField(Class, [&](const FieldDecl &F) { return !isZeroLength(AST, F); });
  if (!First || !First->isBitField())
    return nullptr;
  const FieldDecl *Next = firstField(Class, [](const FieldDecl &F) { return !F.isBitField(); });
  return Next == &Member ? First : nullptr;
}

bool isEmptyMember(const FieldDecl *Member) {
  const CXXRecordDecl *Class =
      Member && Member->hasAttr<clang::NoUniqueAddressAttr>() ? Member->getType()->getAsCXXRecordDecl() : nullptr;
  return Class && Class->hasDefinition() && Class->isEmpty();
}

} // namespace

std::vector<SubobjectPath> subobjectsOf(const clang::ASTContext &AST, const CXXRecordDecl &Whole,
                                        clang::QualType Part) {
  Search S(AST, Part);
  SubobjectPath Way;
  const CXXRecordDecl *Definition = Whole.getDefinition();
  if (Definition && !Definition->isInvalidDecl() && !Definition->isDependentContext())
    S.into(*Definition, Way);
  return std::move(S.Found);
}

CharUnits offsetOf(const clang::ASTContext &AST, const SubobjectStep &Step) {
  if (Step.Member)
    return AST.toCharUnitsFromBits(static_cast<std::int64_t>(AST.getFieldOffset(Step.Member)));
  const bool Direct = llvm::any_of(Step.From->bases(), [&](const clang::CXXBaseSpecifier &B) {
    return !B.isVirtual() && declaresSameEntity(B.getType()->getAsCXXRecordDecl(), Step.Base);
  });
  return Direct ? AST.getASTRecordLayout(Step.From).getBaseClassOffset(Step.Base) : CharUnits::Zero();
}

/// `relationOf` without an eye for empty members.
static SubobjectRelation judgedByOrder(const clang::ASTContext &AST, const SubobjectPath &Path) {
  SubobjectRelation Result;
  Result.Offset = Path.Offset;
  const CXXRecordDecl *Segment = nullptr; // the class that the bases passed so far belong to
  const SubobjectStep *FirstOfSegment = nullptr;
  SubobjectRelation NotStandardLayout;
  for (const SubobjectStep &Step : Path.Steps) {
    if (!Segment) {
      Segment = Step.From;
      FirstOfSegment = &Step;
    }
    const bool Last = &Step == &Path.Steps.back();
    if (!Step.Member && !Last)
      continue;
    const bool StandardLayout = Segment->isUnion() || layout::isStandardLayout(AST, *Segment);
    if (Step.Member && !Segment->isUnion()) {
      const FieldDecl *BitField =
          StandardLayout && !Path.Offset.isZero() ? bitFieldBefore(AST, *Segment, *Step.Member) : nullptr;
      if (BitField || layout::firstMember(*Segment) != Step.Member) {
        Result.Kind = BitField ? Interconvertibility::BitField : Interconvertibility::NotFirst;
        Result.Culprit = {BitField ? Segment : Step.From, Step.Member, nullptr};
        Result.First = BitField ? BitField : layout::firstMember(*Segment);
        return Result;
      }
    }
    if (!StandardLayout && !NotStandardLayout.Culprit.From) {
      NotStandardLayout.Kind = Interconvertibility::NotStandardLayout;
      NotStandardLayout.Culprit = Step.Member ? Step : *FirstOfSegment;
      NotStandardLayout.Culprit.From = Segment;
    }
    Segment = nullptr;
  }
  if (Path.ThroughElement) {
    Result.Kind = Interconvertibility::Element;
  } else if (NotStandardLayout.Culprit.From) {
    NotStandardLayout.Offset = Path.Offset;
    return NotStandardLayout;
  } else if (!Path.Offset.isZero()) {
    Result.Kind = Interconvertibility::Contradicted;
    for (const SubobjectStep &Step : Path.Steps)
      if (Result.Culprit = Step; !offsetOf(AST, Step).isZero())
        break;
  }
  return Result;
}

SubobjectRelation relationOf(const clang::ASTContext &AST, const SubobjectPath &Path) {
  SubobjectRelation Result = judgedByOrder(AST, Path);
  if (Result.Kind != Interconvertibility::Yes)
    for (const SubobjectStep &Step : Path.Steps)
      if (isEmptyMember(Step.Member)) {
        Result.Kind = Interconvertibility::EmptyMember;
        Result.Culprit = Step;
        Result.First = nullptr;
      }
  return Result;
}

std::optional<BaseRelation> baseRelation(const clang::ASTContext &AST, const CXXRecordDecl &Derived,
                                         const CXXRecordDecl &Base) {
  clang::CXXBasePaths Paths(/*FindAmbiguities=*/true, /*RecordPaths=*/true, /*DetectVirtual=*/true);
  if (!Derived.isDerivedFrom(&Base, Paths))
    return std::nullopt;
  BaseRelation Result;
  const clang::CXXBasePath &Way = Paths.front();
  Result.Public = Way.Access == clang::AS_public;
  if (Paths.isAmbiguous(AST.getCanonicalType(layout::typeOf(AST, Base)))) {
    Result.Kind = Interconvertibility::AmbiguousBase;
  } else if (Paths.getDetectedVirtual()) {
    Result.Kind = Interconvertibility::VirtualBase;
  } else {
    for (const clang::CXXBasePathElement &Element : Way) {
      Result.Path.Steps.push_back({Element.Class, nullptr, completeRecord(Element.Base->getType())});
      Result.Path.Offset += offsetOf(AST, Result.Path.Steps.back());
    }
  }
  return Result;
}

bool providesStorage(const clang::ASTContext &AST, clang::QualType Type) {
  const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(Type);
  if (!Array)
    return false;
  clang::QualType Element = Array->getElementType().getCanonicalType().getUnqualifiedType();
  return Element == AST.UnsignedCharTy || Element->isStdByteType();
}

const FieldDecl *interconvertibleBytes(const clang::ASTContext &AST, const CXXRecordDecl &Record, CharUnits &Size) {
  const CXXRecordDecl *Definition = Record.getDefinition();
  if (!Definition || Definition->isInvalidDecl() || Definition->isDependentContext())
    return nullptr;
  const FieldDecl *Largest = nullptr;
  for (const layout::InterconvertibleSubobject &S : layout::interconvertibleSubobjects(AST, *Definition))
    if (S.Field && S.Offset.isZero() && providesStorage(AST, S.Type) &&
        (!Largest || AST.getTypeSizeInChars(S.Type) > Size)) {
      Largest = S.Field;
      Size = AST.getTypeSizeInChars(S.Type);
    }
  return Largest;
}

} // namespace snug::rules
