// The ways from an object to the subobjects of one type in it, and what keeps the two from sharing an address by the
// letter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SubobjectPaths.h"

#include "layout/Interconvertible.h"
#include "layout/StandardLayout.h"

#include "clang/AST/RecordLayout.h"

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

/// The first declaration of the class takes the address 0 without being a member that anything could point to.
bool startsWithBitField(const CXXRecordDecl &Class) {
  for (const clang::CXXBaseSpecifier &Base : Class.bases())
    if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl(); B && startsWithBitField(*B->getDefinition()))
      return true;
  return Class.field_begin() != Class.field_end() && (*Class.field_begin())->isBitField();
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

Relation relationOf(const clang::ASTContext &AST, const SubobjectPath &Path) {
  Relation Result;
  Result.Offset = Path.Offset;
  const CXXRecordDecl *Segment = nullptr; // the class that the bases passed so far belong to
  const SubobjectStep *FirstOfSegment = nullptr;
  Relation NotStandardLayout;
  for (const SubobjectStep &Step : Path.Steps) {
    if (!Segment) {
      Segment = Step.From;
      FirstOfSegment = &Step;
    }
    const bool Last = &Step == &Path.Steps.back();
    if (!Step.Member && !Last)
      continue;
    if (Step.Member && !Segment->isUnion() && layout::firstMember(*Segment) != Step.Member) {
      Result.Kind = Interconvertibility::NotFirst;
      Result.Culprit = Step;
      Result.First = layout::firstMember(*Segment);
      return Result;
    }
    if (!Segment->isUnion() && !layout::isStandardLayout(AST, *Segment)) {
      if (!NotStandardLayout.Culprit.From) {
        NotStandardLayout.Kind = Interconvertibility::NotStandardLayout;
        NotStandardLayout.Culprit = Step.Member ? Step : *FirstOfSegment;
        NotStandardLayout.Culprit.From = Segment;
      }
    } else if (Step.Member && startsWithBitField(*Segment) && !Path.Offset.isZero()) {
      Result.Kind = Interconvertibility::NotFirst;
      Result.Culprit = Step;
      return Result;
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
