// The back-pointers of a class: stored pointers that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BackPointers.h"

#include "rules/SenderShapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

#include <tuple>

namespace snug::rules {

using namespace clang;

std::size_t BackPointerList::distinct(Evidence AtLeast) const {
  llvm::SmallSet<std::int64_t, 16> Offsets;
  for (const BackPointer &P : Pointers)
    if (P.Level >= AtLeast)
      Offsets.insert(P.Offset);
  return Offsets.size();
}

BackPointers::BackPointers(const ASTContext &AST, const WriterIndex &Writers)
    : Writers(Writers), Shapes(AST, Writers), Origins(Shapes, Writers), Later(Shapes, Writers, Origins),
      HasReceivers(llvm::any_of(llvm::ArrayRef({"receiver_concept", "is_receiver", "set_value"}),
                                [&](const char *Name) { return AST.Idents.find(Name) != AST.Idents.end(); })) {}

BackPointerList BackPointers::of(const CXXRecordDecl &Record) {
  BackPointerList Result;
  const Shape &S = Shapes.shapeOf(Record);
  for (const ClassAt &Part : S.Classes)
    for (BackPointer P : closedBy(*Part.Class)) {
      P.EncloserOffset = Part.Offset;
      P.Offset += Part.Offset;
      Result.Pointers.push_back(P);
    }
  auto Key = [](const BackPointer &P) {
    return std::tuple(P.Offset, -static_cast<int>(P.Level), P.Field->getLocation().getRawEncoding(), P.PointeeOffset);
  };
  llvm::sort(Result.Pointers, [&](const BackPointer &A, const BackPointer &B) { return Key(A) < Key(B); });
  Result.Opaque = S.Opaque;
  return Result;
}

BackPointerCount BackPointers::count(const CXXRecordDecl &Record) {
  BackPointerList List = of(Record);
  BackPointerCount Result{List.distinct(Evidence::Likely), !List.Opaque.empty(), {}};
  if (Result.Undecided)
    Result.Because = List.Opaque.front();
  return Result;
}

bool BackPointers::encloses(const CXXRecordDecl &Record) {
  if (Record.isEmpty())
    return false;
  // What can be moved encloses nothing proven, and is likely to enclose something only around a receiver.
  if (!HasReceivers && !isImmovable(Record))
    return false;
  return llvm::any_of(closedBy(Record), [](const BackPointer &P) { return P.Level >= Evidence::Likely; });
}

const std::vector<BackPointer> &BackPointers::closedBy(const CXXRecordDecl &Record) {
  auto It = Closed.find(&Record);
  if (It != Closed.end())
    return It->second;
  std::vector<BackPointer> Result;
  for (const PointerLeaf &Leaf : Shapes.shapeOf(Record).Closed)
    if (BackPointer P = judge(Record, Leaf); P.Level > Evidence::Possible)
      Result.push_back(P);
  return Closed[&Record] = std::move(Result);
}

/// A receiver on the way from the encloser to the pointer, and the operation state around it.
static void findReceiver(const CXXRecordDecl &Encloser, const Step *Path, BackPointer &Result) {
  const CXXRecordDecl *Operation = isOperationState(Encloser) ? &Encloser : nullptr;
  for (const Step *S = Path; S; S = S->Next) {
    if (!S->Class)
      continue;
    if (isReceiver(*S->Class)) {
      Result.Receiver = S->Class;
      Result.Operation = Operation;
    } else if (isOperationState(*S->Class)) {
      Operation = S->Class;
      Result.Receiver = nullptr;
    }
  }
  if (!Result.Receiver)
    Result.Operation = nullptr;
}

BackPointer BackPointers::judge(const CXXRecordDecl &Encloser, const PointerLeaf &Leaf) {
  BackPointer Result;
  Result.Encloser = &Encloser;
  Result.Field = Leaf.Field;
  Result.Pointee = Leaf.Pointee;
  Result.Path = Leaf.Path;
  Result.Offset = Leaf.Offset;
  const llvm::SmallVector<std::int64_t, 2> Targets = Shapes.shapeOf(Encloser).offsetsOf(Leaf.Pointee);
  Result.PointeeOffset = Targets.front();
  findReceiver(Encloser, Leaf.Path, Result);
  if (isProven(Encloser, Leaf, Targets, Result)) {
    Result.Level = Evidence::Proven;
    return Result;
  }
  // Without proof the types must leave no choice, and a receiver must hold the pointer inside an operation state. A
  // receiver that the constructor is given leads to whatever its maker had in mind.
  if (Targets.size() == 1 && Result.Receiver && Result.Operation)
    if (std::optional<Origin> Value = constructedValue(Encloser, Leaf); !Value || Value->What != Origin::Kind::Outside)
      Result.Level = Evidence::Likely;
  return Result;
}

/// Implicit constructors and those of templates count where they are used in this file; of all others without a body,
/// nothing is known.
static bool isNeverUsed(const CXXConstructorDecl &Constructor) {
  if (Constructor.hasBody())
    return false;
  const bool FromTemplate =
      Constructor.getTemplateInstantiationPattern() || Constructor.getParent()->getTemplateInstantiationPattern();
  return Constructor.isImplicit() || (FromTemplate && !Constructor.isUsed() && !Constructor.isReferenced());
}

/// A private constructor to which others of the class delegate makes no object of its own.
static bool isOnlyDelegatedTo(const CXXConstructorDecl &Constructor, const WriterIndex &Writers) {
  llvm::ArrayRef<WriterIndex::CallSite> Calls = Writers.callsOf(Constructor);
  return Constructor.getAccess() == AS_private && !Calls.empty() &&
         llvm::all_of(Calls, [&](const WriterIndex::CallSite &Site) {
           const auto *Caller = llvm::dyn_cast<CXXConstructorDecl>(Site.Caller);
           return Caller && Caller->isDelegatingConstructor() && Caller->getParent() == Constructor.getParent() &&
                  (*Caller->init_begin())->getInit()->IgnoreImplicit() == Site.Call;
         });
}

/// What every constructor and every pair of braces agrees on; nothing where the object is never made visibly.
std::optional<Origin> BackPointers::constructedValue(const CXXRecordDecl &Encloser, const PointerLeaf &Leaf) {
  std::optional<Origin> Value;
  auto Add = [&](Origin O) {
    if (Value && !(*Value == O))
      O = Origin{};
    Value = O;
    return Value->What != Origin::Kind::Unknown;
  };
  if (Encloser.isAggregate())
    for (const InitListExpr *List : Writers.listsOf(Encloser))
      if (!Add(Origins.afterBraces(Encloser, *List, Leaf.Path)))
        return Value;
  for (const CXXConstructorDecl *Constructor : makingConstructors(Encloser))
    if (!isNeverUsed(*Constructor) && !isOnlyDelegatedTo(*Constructor, Writers))
      if (!Add(Origins.afterConstruction(Encloser, *Constructor, Leaf.Path)))
        return Value;
  return Value;
}

bool BackPointers::isProven(const CXXRecordDecl &Encloser, const PointerLeaf &Leaf,
                            llvm::ArrayRef<std::int64_t> Targets, BackPointer &Result) {
  if (!isImmovable(Encloser))
    return false;
  // Assignment to a class on the way brings in the address of another object.
  QualType Type = Leaf.Field->getType();
  const bool Fixed = Type->isReferenceType() || Type.isConstQualified();
  if (!Fixed)
    for (const Step *S = Leaf.Path; S; S = S->Next)
      if (S->Class)
        for (const CXXMethodDecl *Method : S->Class->methods())
          if ((Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator()) && !Method->isDeleted() &&
              (Method->isUsed() || Method->isReferenced()))
            return false;
  std::optional<Origin> Value = constructedValue(Encloser, Leaf);
  if (!Value || Value->What == Origin::Kind::Unknown || Value->What == Origin::Kind::Outside)
    return false;
  if (Value->isInside() && !llvm::is_contained(Targets, Value->Offset))
    return false;
  if (Value->isInside())
    Result.PointeeOffset = Value->Offset;
  if (Fixed)
    return Value->isInside();
  bool Written = Value->isInside();
  if (!Written && Targets.size() != 1)
    return false;
  for (const WriterIndex::Write &Write : Writers.writesOf(*Leaf.Field)) {
    llvm::ArrayRef<std::int64_t> Allowed = Written ? llvm::ArrayRef(Result.PointeeOffset) : Targets;
    if (Later.judge(Encloser, Write, Leaf.Offset, Allowed) != LaterWrites::Kind::FromConstructor)
      return false;
    Written = true;
  }
  return Written;
}

} // namespace snug::rules
