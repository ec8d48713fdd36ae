// How large a class would be without some of its pointers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SizeWithout.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <map>
#include <set>

namespace snug::rules {

using namespace clang;

namespace {

/// What a subobject takes; all in bytes. `Data` is what a derived class has to leave alone.
struct Extent {
  std::int64_t Size = 0;
  std::int64_t Data = 0;
  std::int64_t Align = 1;
};

class Relayout {
public:
  Relayout(const ASTContext &AST, llvm::ArrayRef<BackPointer> Pointers) : AST(AST) {
    for (const BackPointer &P : Pointers) {
      Removed.insert(P.Offset);
      std::int64_t Offset = P.EncloserOffset;
      for (const Step *S = P.Path; S; S = S->Next) {
        Offset += S->Offset;
        if (S->How == Step::Kind::Storage)
          Stored[Offset].insert(S->Class);
      }
    }
  }

  /// `At` is the offset in the complete object.
  std::optional<Extent> record(const CXXRecordDecl &Record, std::int64_t At) const {
    const ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
    const Extent Old{Layout.getSize().getQuantity(), Layout.getNonVirtualSize().getQuantity(),
                     Layout.getAlignment().getQuantity()};
    auto First = Removed.lower_bound(At);
    if (First == Removed.end() || *First >= At + Old.Size)
      return Old;
    if (Record.getNumVBases() || Record.hasAttr<PackedAttr>() || Record.hasAttr<MaxFieldAlignmentAttr>() ||
        llvm::any_of(Record.fields(), [](const FieldDecl *F) { return F->isBitField(); }))
      return std::nullopt;
    Extent New;
    if (Layout.hasOwnVFPtr())
      add(New, {pointerBytes(), pointerBytes(), pointerBytes()}, false);
    if (const auto *Aligned = Record.getAttr<AlignedAttr>(); Aligned && !Record.isDependentContext())
      New.Align = AST.toCharUnitsFromBits(Record.getMaxAlignment()).getQuantity();
    if (!addBases(Record, Layout, At, New) || !addFields(Record, Layout, At, New))
      return std::nullopt;
    New.Size = static_cast<std::int64_t>(llvm::alignTo(static_cast<std::uint64_t>(New.Data), New.Align));
    // The tail of a class that is POD for the ABI is never reused.
    if (Layout.getNonVirtualSize() == Layout.getSize() && Record.isPOD())
      New.Data = New.Size;
    return New;
  }

private:
  std::int64_t pointerBytes() const {
    return AST.toCharUnitsFromBits(static_cast<std::int64_t>(AST.getTargetInfo().getPointerWidth(LangAS::Default)))
        .getQuantity();
  }

  /// Appends; a subobject whose tail may be reused takes its data only.
  static void add(Extent &Whole, const Extent &Part, bool TailReused) {
    const std::int64_t Takes = TailReused ? Part.Data : Part.Size;
    if (Takes == 0)
      return;
    Whole.Data = static_cast<std::int64_t>(llvm::alignTo(static_cast<std::uint64_t>(Whole.Data), Part.Align)) + Takes;
    Whole.Align = std::max(Whole.Align, Part.Align);
  }

  bool addBases(const CXXRecordDecl &Record, const ASTRecordLayout &Layout, std::int64_t At, Extent &New) const {
    // The primary base comes first wherever it is declared: in the order of offsets.
    std::multimap<std::int64_t, const CXXRecordDecl *> Bases;
    for (const CXXBaseSpecifier &Base : Record.bases()) {
      const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl()->getDefinition();
      if (!Class->isEmpty())
        Bases.emplace(Layout.getBaseClassOffset(Class).getQuantity(), Class);
    }
    for (const auto &[Offset, Class] : Bases) {
      std::optional<Extent> Part = record(*Class, At + Offset);
      if (!Part)
        return false;
      add(New, *Part, true);
    }
    return true;
  }

  bool addFields(const CXXRecordDecl &Record, const ASTRecordLayout &Layout, std::int64_t At, Extent &New) const {
    std::int64_t Largest = 0;
    for (const FieldDecl *Field : Record.fields()) {
      const std::int64_t Offset =
          At + AST.toCharUnitsFromBits(Layout.getFieldOffset(Field->getFieldIndex())).getQuantity();
      const CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
      const bool Overlaps = Field->hasAttr<NoUniqueAddressAttr>();
      if (Overlaps && Class && Class->isEmpty())
        continue;
      // Nobody says how much of it the alternatives need that live elsewhere in the same bytes.
      if (isFillOfUnion(*Field)) {
        Largest = std::max(Largest, AST.getTypeSizeInChars(Field->getType()).getQuantity());
        continue;
      }
      std::optional<Extent> Part = type(Field->getType(), Offset);
      if (!Part)
        return false;
      if (Field->getMaxAlignment() && !Stored.count(Offset))
        Part->Align = std::max(Part->Align, AST.toCharUnitsFromBits(Field->getMaxAlignment()).getQuantity());
      if (Record.isUnion()) {
        Largest = std::max(Largest, Part->Size);
        New.Align = std::max(New.Align, Part->Align);
      } else {
        add(New, *Part, Overlaps);
      }
    }
    New.Data = std::max(New.Data, Largest);
    return true;
  }

  std::optional<Extent> type(QualType Type, std::int64_t At) const {
    Type = Type.getCanonicalType().getUnqualifiedType();
    if (Type->isPointerType() || Type->isReferenceType())
      return Removed.count(At) ? Extent{} : Extent{pointerBytes(), pointerBytes(), pointerBytes()};
    const std::int64_t Size = AST.getTypeSizeInChars(Type).getQuantity();
    if (auto Bytes = Stored.find(At); Bytes != Stored.end() && isByteStorage(Type)) {
      // Several alternatives, or a class smaller than its bytes: nobody says how much of them the others need.
      const CXXRecordDecl *Class = *Bytes->second.begin();
      if (Bytes->second.size() == 1 && AST.getASTRecordLayout(Class).getSize().getQuantity() == Size)
        return record(*Class, At);
    } else if (const CXXRecordDecl *Class = Type->getAsCXXRecordDecl()) {
      return record(*Class->getDefinition(), At);
    } else if (const auto *Array = llvm::dyn_cast<ConstantArrayType>(Type)) {
      std::optional<Extent> Element = type(Array->getElementType(), At);
      if (!Element)
        return std::nullopt;
      const auto Count = static_cast<std::int64_t>(Array->getSize().getZExtValue());
      const std::int64_t All = Element->Size * Count;
      return Extent{All, All, Element->Align};
    }
    return Extent{Size, Size, AST.getTypeAlignInChars(Type).getQuantity()};
  }

  const ASTContext &AST;
  std::set<std::int64_t> Removed;
  std::map<std::int64_t, std::set<const CXXRecordDecl *>> Stored;
};

} // namespace

std::optional<std::int64_t> sizeWithout(const ASTContext &AST, const CXXRecordDecl &Record,
                                        llvm::ArrayRef<BackPointer> Pointers) {
  std::optional<Extent> New = Relayout(AST, Pointers).record(Record, 0);
  return New ? std::optional(std::max<std::int64_t>(New->Size, 1)) : std::nullopt;
}

} // namespace snug::rules
