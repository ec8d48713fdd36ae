// Reads the layout of a record from the AST.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Build.h"

#include "layout/Names.h"
#include "layout/StandardLayout.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace snug::layout {
namespace {

using clang::CharUnits;
using clang::CXXRecordDecl;
using clang::FieldDecl;
using clang::QualType;
using clang::RecordDecl;

clang::QualType withoutAtomic(QualType Type) {
  if (const auto *Atomic = Type->getAs<clang::AtomicType>())
    return Atomic->getValueType();
  return Type;
}

/// The bits of one scalar that take part in its value, from its start.
std::vector<BitRange> valueBits(const clang::ASTContext &AST, QualType Type) {
  Type = withoutAtomic(Type.getCanonicalType());
  const std::uint64_t Width = AST.getTypeSize(Type);
  if (const auto *Int = Type->getAs<clang::BitIntType>())
    return {{0, Int->getNumBits()}};
  if (const auto *Vector = Type->getAs<clang::VectorType>()) {
    const std::uint64_t Element = Vector->isExtVectorBoolType() ? 1 : AST.getTypeSize(Vector->getElementType());
    return {{0, Element * Vector->getNumElements()}};
  }
  if (const auto *Complex = Type->getAs<clang::ComplexType>()) {
    std::vector<BitRange> Part = valueBits(AST, Complex->getElementType());
    const std::uint64_t Second = Width / 2;
    return {Part[0], {Part[0].Begin + Second, Part[0].End + Second}};
  }
  if (Type->isRealFloatingType() &&
      llvm::APFloat::SemanticsToEnum(AST.getFloatTypeSemantics(Type)) == llvm::APFloat::S_x87DoubleExtended)
    return {{0, 80}};
  return {{0, Width}};
}

std::uint64_t elementCount(const clang::ASTContext &AST, QualType Type) {
  if (const auto *Array = AST.getAsConstantArrayType(Type))
    return AST.getConstantArrayElementCount(Array);
  return 1;
}

class Builder {
public:
  explicit Builder(const clang::ASTContext &AST) : AST(AST), PointerBits(AST.getTypeSize(AST.VoidPtrTy)) {}

  /// Adds the bases and members of `Record`, which starts at `Offset`. `IsLetter`: the letter of the standard makes the
  /// object at hand pointer-interconvertible with the whole one.
  void fill(Node &Parent, const RecordDecl &Record, std::uint64_t Offset, bool IsComplete, bool IsLetter) {
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
    const auto *Class = llvm::dyn_cast<CXXRecordDecl>(&Record);
    Parent.IsUnion = Record.isUnion();
    const bool IsFirstLetter = IsLetter && !Record.isUnion() && (!Class || isStandard(*Class));
    if (Class) {
      if (Layout.hasOwnVFPtr())
        Parent.Children.push_back(pointer(NodeKind::VTablePointer, "vptr", "vtable pointer", Offset, PointerBits));
      for (const clang::CXXBaseSpecifier &Base : Class->bases())
        if (!Base.isVirtual()) {
          const CXXRecordDecl &BaseClass = *Base.getType()->getAsCXXRecordDecl()->getDefinition();
          addBase(Parent, BaseClass, NodeKind::Base, Offset + bits(Layout.getBaseClassOffset(&BaseClass)),
                  Layout.getPrimaryBase() == &BaseClass, IsFirstLetter);
          Parent.Children.back().Where = locate(AST.getSourceManager(), Base.getBeginLoc());
        }
      if (Layout.hasOwnVBPtr())
        Parent.Children.push_back(pointer(NodeKind::VBaseTablePointer, "vbptr", "vbtable pointer",
                                          Offset + bits(Layout.getVBPtrOffset()), PointerBits));
    }
    bool IsFirst = true;
    for (const FieldDecl *Field : Record.fields()) {
      const bool FieldIsLetter = !Field->isBitField() && !Field->getType()->isReferenceType() &&
                                 (Record.isUnion() ? IsLetter : IsFirstLetter && IsFirst);
      if (!Field->isUnnamedBitField())
        IsFirst = false;
      addField(Parent, *Field, Offset + Layout.getFieldOffset(Field->getFieldIndex()), FieldIsLetter);
    }
    if (Class && IsComplete)
      addVirtualBases(Parent, *Class, Layout, Offset);
  }

private:
  std::uint64_t bits(CharUnits Size) const { return static_cast<std::uint64_t>(AST.toBits(Size)); }

  bool isStandard(const CXXRecordDecl &Class) {
    auto [Entry, IsNew] = Standard.try_emplace(&Class, false);
    if (IsNew)
      Entry->second = isStandardLayout(AST, Class);
    return Standard[&Class];
  }

  static Node pointer(NodeKind Kind, const char *Name, const char *Type, std::uint64_t Offset, std::uint64_t Size) {
    Node N;
    N.Kind = Kind;
    N.Name = N.Declaration = Name;
    N.Type = Type;
    N.OffsetBits = Offset;
    N.SizeBits = N.OccupiedBits = Size;
    N.Values = {{Offset, Offset + Size}};
    return N;
  }

  void addBase(Node &Parent, const CXXRecordDecl &Class, NodeKind Kind, std::uint64_t Offset, bool IsPrimary,
               bool IsLetter) {
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Class);
    Node N;
    N.Kind = Kind;
    N.Name = N.Type = nameOf(AST, Class);
    N.Declaration = (Kind == NodeKind::VirtualBase ? "virtual base " : "base ") + N.Name;
    N.OffsetBits = Offset;
    N.SizeBits = bits(Layout.getSize());
    N.IsEmpty = Class.isEmpty();
    N.IsForeign = AST.getSourceManager().isInSystemHeader(Class.getLocation());
    // Without its virtual bases, which are the business of the complete object.
    N.OccupiedBits = N.IsEmpty ? 0 : bits(Layout.getNonVirtualSize());
    N.PaddedBits = N.IsEmpty ? 0 : bits(Layout.getNonVirtualSize().alignTo(Layout.getNonVirtualAlignment()));
    N.IsPrimary = IsPrimary;
    N.IsInterconvertible = IsLetter && Offset == 0;
    fill(N, Class, Offset, /*IsComplete=*/false, IsLetter);
    Parent.Children.push_back(std::move(N));
  }

  void addVirtualBases(Node &Parent, const CXXRecordDecl &Class, const clang::ASTRecordLayout &Layout,
                       std::uint64_t Offset) {
    for (const clang::CXXBaseSpecifier &Base : Class.vbases()) {
      const CXXRecordDecl &BaseClass = *Base.getType()->getAsCXXRecordDecl()->getDefinition();
      const std::uint64_t At = Offset + bits(Layout.getVBaseClassOffset(&BaseClass));
      const auto Info = Layout.getVBaseOffsetsMap().find(&BaseClass);
      if (Info != Layout.getVBaseOffsetsMap().end() && Info->second.hasVtorDisp())
        Parent.Children.push_back(
            pointer(NodeKind::VirtualDisplacement, "vtordisp", "displacement of a virtual base", At - 32, 32));
      addBase(Parent, BaseClass, NodeKind::VirtualBase, At, Layout.getPrimaryBase() == &BaseClass, false);
      Parent.Children.back().Where = locate(AST.getSourceManager(), Base.getBeginLoc());
    }
  }

  static NodeKind kindOf(const FieldDecl &Field) {
    if (Field.isBitField())
      return NodeKind::BitField;
    if (!Field.isAnonymousStructOrUnion())
      return NodeKind::Field;
    return Field.getType()->isUnionType() ? NodeKind::AnonymousUnion : NodeKind::AnonymousStruct;
  }

  void addField(Node &Parent, const FieldDecl &Field, std::uint64_t Offset, bool IsLetter) {
    Node N;
    N.Kind = kindOf(Field);
    N.Name = nameOf(Field);
    N.Type = nameOf(AST, Field.getType());
    N.Declaration = declarationOf(AST, Field);
    N.Where = locate(AST.getSourceManager(), Field.getLocation());
    N.OffsetBits = Offset;
    N.SizeBits = N.OccupiedBits = AST.getTypeSize(Field.getType());
    N.IsNoUniqueAddress = Field.isPotentiallyOverlapping();
    N.IsInterconvertible = IsLetter && Offset == 0;
    if (Field.isBitField()) {
      N.OccupiedBits = bitWidth(Field);
      if (!Field.isUnnamedBitField())
        N.Values = {{Offset, Offset + N.OccupiedBits}};
    } else {
      addType(N, Field, IsLetter);
    }
    Parent.Children.push_back(std::move(N));
  }

  std::uint64_t bitWidth(const FieldDecl &Field) const {
#if LLVM_VERSION_MAJOR >= 20
    return Field.getBitWidthValue();
#else
    return Field.getBitWidthValue(AST);
#endif
  }

  /// What a member that is no bit-field consists of: a class's members, or the value bits of scalars.
  void addType(Node &N, const FieldDecl &Field, bool IsLetter) {
    const bool IsArray = Field.getType()->isArrayType();
    const QualType Element = withoutAtomic(AST.getBaseElementType(Field.getType()));
    N.Elements = elementCount(AST, Field.getType());
    if (const RecordDecl *Record = Element->getAsRecordDecl()) {
      Record = Record->getDefinition();
      const auto *Class = llvm::dyn_cast<CXXRecordDecl>(Record);
      N.IsEmpty = Class && Class->isEmpty();
      N.IsForeign = AST.getSourceManager().isInSystemHeader(Record->getLocation());
      if (N.IsNoUniqueAddress)
        N.OccupiedBits = Field.isZeroSize(AST) ? 0 : bits(AST.getASTRecordLayout(Record).getDataSize());
      N.PaddedBits = Field.isZeroSize(AST) ? 0 : N.SizeBits;
      if (N.Elements != 0 && !Field.getType()->isIncompleteArrayType())
        fill(N, *Record, N.OffsetBits, /*IsComplete=*/true, IsLetter && !IsArray);
      return;
    }
    if (N.SizeBits == 0)
      return;
    const std::vector<BitRange> One = valueBits(AST, Element);
    const std::uint64_t Stride = N.SizeBits / N.Elements;
    if (One.size() == 1 && One[0].size() == Stride) {
      N.Values = {{N.OffsetBits, N.OffsetBits + N.SizeBits}};
      return;
    }
    // Few programs have arrays of such scalars, and none has large ones: each element counts.
    for (std::uint64_t I = 0; I != N.Elements; ++I)
      for (const BitRange &Part : One)
        N.Values.push_back({N.OffsetBits + I * Stride + Part.Begin, N.OffsetBits + I * Stride + Part.End});
  }

  const clang::ASTContext &AST;
  std::uint64_t PointerBits;
  llvm::DenseMap<const CXXRecordDecl *, bool> Standard;
};

std::string tagOf(const RecordDecl &Record) {
  const auto *Class = llvm::dyn_cast<CXXRecordDecl>(&Record);
  return Class && Class->isLambda() ? "lambda" : Record.getKindName().str();
}

} // namespace

RecordLayout buildLayout(const clang::ASTContext &AST, const RecordDecl &Record) {
  const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
  auto Bytes = [](CharUnits Units) { return static_cast<std::uint64_t>(Units.getQuantity()); };
  RecordLayout Result;
  Result.Name = nameOf(AST, Record);
  Result.Tag = tagOf(Record);
  Result.Where = locate(AST.getSourceManager(), Record.getLocation());
  Result.SizeBytes = Bytes(Layout.getSize());
  Result.AlignBytes = Bytes(Layout.getAlignment());
  Result.DataSizeBytes = Bytes(Layout.getDataSize());
  Result.NonVirtualSizeBytes = Result.SizeBytes;
  Result.IsStandardLayout = true;
  if (const auto *Class = llvm::dyn_cast<CXXRecordDecl>(&Record)) {
    Result.NonVirtualSizeBytes = Bytes(Layout.getNonVirtualSize());
    Result.Reasons = whyNotStandardLayout(AST, *Class);
    Result.IsStandardLayout = Result.Reasons.empty();
    Result.Root.IsEmpty = Class->isEmpty();
  }
  Result.Root.Name = Result.Root.Type = Result.Root.Declaration = Result.Name;
  Result.Root.SizeBits = Result.Root.OccupiedBits = Result.SizeBytes * 8;
  Builder(AST).fill(Result.Root, Record, 0, /*IsComplete=*/true, /*IsLetter=*/true);
  placeHoles(Result);
  return Result;
}

} // namespace snug::layout
