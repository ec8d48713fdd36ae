// The subobjects of a class at every depth: bases, members, array elements, and what lives in byte storage.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Subobjects.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace snug::rules {

using namespace clang;

/// Arrays longer than this are looked into by their first elements only; an operation state has a few children.
static constexpr std::uint64_t ElementsLookedAt = 16;
/// A class with more pointers than this is a table, not an operation state.
static constexpr std::size_t LeavesKept = 4096;

llvm::SmallVector<std::int64_t, 2> Shape::offsetsOf(const CXXRecordDecl *Class) const {
  llvm::SmallVector<std::int64_t, 2> Result;
  for (const ClassAt &C : Classes)
    if (C.Class == Class && !llvm::is_contained(Result, C.Offset))
      Result.push_back(C.Offset);
  return Result;
}

const Shape &Subobjects::shapeOf(const CXXRecordDecl &Record) { return shapeOf(*Record.getDefinition(), true); }

const Shape &Subobjects::shapeOf(const CXXRecordDecl &Record, bool Complete) {
  Complete = Complete || Record.getNumVBases() == 0;
  auto [It, New] = Shapes.try_emplace({&Record, Complete ? 1U : 0U});
  if (New) {
    // Bytes may be cast to a class that holds the bytes; the empty shape ends such a circle.
    It->second = std::make_unique<Shape>();
    auto Built = std::make_unique<Shape>();
    build(Record, Complete, *Built);
    Shape &Place = *Shapes[{&Record, Complete ? 1U : 0U}];
    Place = std::move(*Built);
    return Place;
  }
  return *It->second;
}

const Step *Subobjects::prepend(Step First, const Step *Tail) {
  First.Next = Tail;
  return new (Arena) Step(First);
}

const Step *Subobjects::append(const Step *Path, Step Last) {
  return Path ? prepend(*Path, append(Path->Next, Last)) : prepend(Last, nullptr);
}

void Subobjects::build(const CXXRecordDecl &Record, bool Complete, Shape &Result) {
  Result.Classes.push_back({&Record, 0});
  if (Record.isInvalidDecl())
    return;
  const ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
  auto AddBase = [&](const CXXBaseSpecifier &Specifier, CharUnits Offset, bool Virtual) {
    const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl()->getDefinition();
    if (Specifier.isVirtual() == Virtual)
      addRecord(shapeOf(*Base, false), {Step::Kind::Base, nullptr, Base, 0, Offset.getQuantity(), nullptr}, Result);
  };
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (!Base.isVirtual())
      AddBase(Base, Layout.getBaseClassOffset(Base.getType()->getAsCXXRecordDecl()), false);
  for (const FieldDecl *Field : Record.fields())
    if (!Field->isBitField() && !Field->isInvalidDecl() && !(isFillOfUnion(*Field) && Writers.storedIn(*Field).empty()))
      addField(*Field, AST.toCharUnitsFromBits(Layout.getFieldOffset(Field->getFieldIndex())).getQuantity(), Result);
  if (Complete)
    for (const CXXBaseSpecifier &Base : Record.vbases())
      AddBase(Base, Layout.getVBaseClassOffset(Base.getType()->getAsCXXRecordDecl()), true);
  nameOpaqueParts(Record, Result);
  if (Result.Open.empty())
    return;

  llvm::SmallPtrSet<const CXXRecordDecl *, 16> Inside;
  for (const ClassAt &C : Result.Classes)
    Inside.insert(C.Class);
  auto IsClosed = [&](const PointerLeaf &Leaf) { return Inside.contains(Leaf.Pointee); };
  llvm::copy_if(Result.Open, std::back_inserter(Result.Closed), IsClosed);
  llvm::erase_if(Result.Open, IsClosed);
  if (Result.Open.size() > LeavesKept)
    Result.Open.resize(LeavesKept);
}

void Subobjects::addRecord(const Shape &Inner, Step First, Shape &Result) {
  for (const ClassAt &C : Inner.Classes)
    Result.Classes.push_back({C.Class, C.Offset + First.Offset});
  for (PointerLeaf Leaf : Inner.Open) {
    Leaf.Path = prepend(First, Leaf.Path);
    Leaf.Offset += First.Offset;
    Result.Open.push_back(Leaf);
  }
  for (OpaquePart Part : Inner.Opaque) {
    Part.Path = prepend(First, Part.Path);
    Part.Offset += First.Offset;
    ++Part.Frames;
    Result.Opaque.push_back(Part);
  }
}

void Subobjects::addField(const FieldDecl &Field, std::int64_t Offset, Shape &Result) {
  addType(Field.getType(), {Step::Kind::Field, &Field, nullptr, 0, Offset, nullptr}, Field, Result);
}

/// List and tree links: the pointer leads to the class that declares it, or to a relative of it.
static bool isNodeLink(const CXXRecordDecl &Declaring, const CXXRecordDecl &Pointee) {
  if (&Declaring == &Pointee)
    return true;
  auto DerivesFrom = [](const CXXRecordDecl &A, const CXXRecordDecl &B) {
    return A.hasDefinition() && A.isDerivedFrom(&B);
  };
  return DerivesFrom(Declaring, Pointee) || DerivesFrom(Pointee, Declaring);
}

void Subobjects::addType(QualType Type, Step First, const FieldDecl &Field, Shape &Result) {
  Type = Type.getCanonicalType().getUnqualifiedType();
  if (const auto *Atomic = llvm::dyn_cast<AtomicType>(Type))
    Type = Atomic->getValueType();
  const auto *Declaring = llvm::dyn_cast<CXXRecordDecl>(Field.getParent());
  if (!Declaring || Type->isIncompleteType() || Type->isDependentType())
    return;
  if (isByteStorage(Type)) {
    OpaquePart Part{
        OpaquePart::Kind::Bytes, nullptr, First.Offset, &Field, AST.getTypeSizeInChars(Type).getQuantity(), 0};
    // A wrapper's own bytes are the same bytes: who casts either of them names the type of both.
    if (addStored(Writers.storedIn(Field), Part, Result))
      return;
    if (!Type->isRecordType()) {
      Part.Path = prepend(First, nullptr);
      Result.Opaque.push_back(Part);
      return;
    }
  }
  if (const auto *Array = llvm::dyn_cast<ConstantArrayType>(Type)) {
    QualType Element = Array->getElementType();
    if (Element->isScalarType() && !Element->isPointerType())
      return;
    const std::int64_t Size = AST.getTypeSizeInChars(Element).getQuantity();
    const std::uint64_t Count = std::min<std::uint64_t>(Array->getSize().getZExtValue(), ElementsLookedAt);
    Shape Elements;
    for (std::uint64_t I = 0; I != Count; ++I)
      addType(Element, {Step::Kind::Element, nullptr, nullptr, I, static_cast<std::int64_t>(I) * Size, nullptr}, Field,
              Elements);
    for (OpaquePart &Part : Elements.Opaque)
      Part.Frames = Part.Frames ? Part.Frames - 1 : 0;
    addRecord(Elements, First, Result);
    return;
  }
  if (const CXXRecordDecl *Record = Type->getAsCXXRecordDecl()) {
    First.Class = Record->getDefinition();
    addRecord(shapeOf(*First.Class, true), First, Result);
    return;
  }
  if (!Type->isPointerType() && !Type->isReferenceType())
    return;
  QualType Pointee = Type->getPointeeType();
  if (Pointee->isVoidType()) {
    Result.Opaque.push_back({OpaquePart::Kind::VoidPointer, prepend(First, nullptr), First.Offset, &Field, 0, 0});
    return;
  }
  const CXXRecordDecl *Class = Pointee->getAsCXXRecordDecl();
  if (!Class || !(Class = Class->getDefinition()) || isNodeLink(*Declaring->getDefinition(), *Class))
    return;
  Result.Open.push_back({prepend(First, nullptr), First.Offset, &Field, Class});
}

/// Lets each class live in the bytes; alternatives overlap. False when there is none, or none that fits.
bool Subobjects::addStored(llvm::ArrayRef<const CXXRecordDecl *> Classes, const OpaquePart &Part, Shape &Result) {
  bool Any = false;
  for (const CXXRecordDecl *Class : Classes) {
    if (Class->isInvalidDecl() || Class->isDependentContext() || !Class->isCompleteDefinition() ||
        AST.getASTRecordLayout(Class).getSize().getQuantity() > Part.SizeBytes)
      continue;
    const Shape &Inner = shapeOf(*Class, true);
    if (Inner.Classes.empty())
      continue;
    Any = true;
    Step Last{Step::Kind::Storage, Part.Field, Class, 0, Part.Offset, nullptr};
    if (!Part.Path) {
      addRecord(Inner, Last, Result);
      continue;
    }
    // The bytes are deeper: their path, with its last step naming what lives there.
    for (const ClassAt &C : Inner.Classes)
      Result.Classes.push_back({C.Class, C.Offset + Part.Offset});
    Last.Offset = 0;
    for (PointerLeaf Leaf : Inner.Open) {
      const Step *Path = Part.Path;
      llvm::SmallVector<Step, 8> Steps;
      for (; Path; Path = Path->Next)
        Steps.push_back(*Path);
      Steps.back().How = Step::Kind::Storage;
      Steps.back().Class = Class;
      for (const Step &S : llvm::reverse(Steps))
        Leaf.Path = prepend(S, Leaf.Path);
      Leaf.Offset += Part.Offset;
      Result.Open.push_back(Leaf);
    }
  }
  return Any;
}

static void collectClasses(llvm::ArrayRef<TemplateArgument> Arguments,
                           llvm::SmallVectorImpl<const CXXRecordDecl *> &Out) {
  for (const TemplateArgument &Argument : Arguments) {
    if (Argument.getKind() == TemplateArgument::Pack)
      collectClasses(Argument.getPackAsArray(), Out);
    else if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class = Argument.getAsType()->getAsCXXRecordDecl(); Class && Class->getDefinition())
        Out.push_back(Class->getDefinition());
  }
}

/// Bytes that no cast names take the class among the template arguments whose size they have.
void Subobjects::nameOpaqueParts(const CXXRecordDecl &Record, Shape &Result) {
  if (Result.Opaque.empty())
    return;
  llvm::SmallVector<const CXXRecordDecl *, 8> Arguments;
  const DeclContext *Context = &Record;
  for (; Context && Context->isRecord(); Context = Context->getParent())
    if (const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(Context))
      collectClasses(Specialization->getTemplateArgs().asArray(), Arguments);
  if (Arguments.empty())
    return;
  std::vector<OpaquePart> Parts = std::move(Result.Opaque);
  Result.Opaque.clear();
  for (const OpaquePart &Part : Parts) {
    llvm::SmallVector<const CXXRecordDecl *, 2> Fitting;
    if (Part.How == OpaquePart::Kind::Bytes && Part.Frames <= 3)
      llvm::copy_if(Arguments, std::back_inserter(Fitting), [&](const CXXRecordDecl *Class) {
        return !Class->isInvalidDecl() && !Class->isDependentContext() && Class->isCompleteDefinition() &&
               AST.getASTRecordLayout(Class).getSize().getQuantity() == Part.SizeBytes;
      });
    if (!addStored(Fitting, Part, Result))
      Result.Opaque.push_back(Part);
  }
}

} // namespace snug::rules
