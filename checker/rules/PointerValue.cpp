// The abstract value of a pointer: what it points to by the letter of the standard, which is not always what its type says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/PointerValue.h"

#include "rules/SubobjectPaths.h"

namespace snug::rules {

bool isByte(clang::QualType T) { return T->isCharType() || T->isStdByteType(); }

const clang::CXXRecordDecl *completeRecord(clang::QualType T) {
  const clang::CXXRecordDecl *Record = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  return Record && !Record->isInvalidDecl() && !Record->isDependentContext() ? Record : nullptr;
}

bool saysWhat(clang::QualType T) {
  return !T->isVoidType() && !isByte(T) && !T->isFunctionType() && !T->isIncompleteType() && !T->isDependentType();
}

void PointerValue::enterMember(const clang::FieldDecl &Field) {
  Around.insert(Around.begin(), Enclosing{Object, &Field});
  Object = Field.getType();
  Name = &Field;
}

void PointerValue::enterBase(const clang::CXXRecordDecl &Base, clang::QualType Type) {
  Around.insert(Around.begin(), Enclosing{Object, nullptr, &Base});
  Object = Type;
}

void PointerValue::enterElement(clang::QualType Element, std::optional<std::uint64_t> Index) {
  Around.insert(Around.begin(), Enclosing{Object, nullptr, nullptr, Index});
  Object = Element;
}

PointerValue unknownObject(clang::QualType Object, const clang::ValueDecl *Name) {
  PointerValue V;
  Object = Object.getNonReferenceType();
  if (!saysWhat(Object))
    return V;
  V.Is = PointerValue::Kind::Unknown;
  V.Object = Object;
  V.Name = Name;
  return V;
}

PointerValue knownObject(clang::QualType Object, const clang::ValueDecl *Name) {
  PointerValue V;
  V.Is = PointerValue::Kind::Known;
  V.Object = Object;
  V.Name = Name;
  return V;
}

bool isStale(const clang::ASTContext &AST, const PointerValue &V, clang::QualType StaticPointee) {
  return V && !layout::areSimilar(AST, V.Object, StaticPointee);
}

PointerValue converted(const clang::ASTContext &AST, PointerValue V, clang::QualType Target,
                       const clang::ExplicitCastExpr *By) {
  if (!V || !saysWhat(Target))
    return V;
  auto To = [&](clang::QualType Object) {
    V.Object = Object;
    V.StaleSince = nullptr;
    return V;
  };
  if (layout::areSimilar(AST, V.Object, Target))
    return To(V.Object);
  // Down: the first member of the first member …
  if (const clang::CXXRecordDecl *Record = completeRecord(V.Object))
    if (std::optional<layout::InterconvertibleSubobject> S =
            layout::findInterconvertible(AST, *Record, [&](const layout::InterconvertibleSubobject &Candidate) {
              return layout::areSimilar(AST, Candidate.Type, Target);
            })) {
      V.Around.insert(V.Around.begin(), Enclosing{V.Object, S->Field, S->Base});
      V.Name = S->Field ? S->Field : V.Name;
      return To(S->Type);
    }
  // Up along what is known to enclose it, and from there down again.
  unsigned Out = 0;
  for (const Enclosing &E : V.Around) {
    const clang::CXXRecordDecl *Whole = completeRecord(E.Type);
    bool Step = Whole && (E.Member ? layout::isInterconvertible(AST, *Whole, *E.Member)
                                   : E.Base && layout::isInterconvertible(AST, *Whole, *E.Base));
    if (!Step)
      break;
    ++Out;
    if (layout::areSimilar(AST, E.Type, Target) || layout::hasInterconvertible(AST, *Whole, Target)) {
      V.Around.erase(V.Around.begin(), V.Around.begin() + Out);
      return To(Target);
    }
  }
  // Up into what is not seen: a pointer to some X may well point to the first X in a Target.
  if (const clang::CXXRecordDecl *Record = completeRecord(Target);
      Record && V.Is == PointerValue::Kind::Unknown && Out == V.Around.size() &&
      layout::hasInterconvertible(AST, *Record, V.Around.empty() ? V.Object : V.Around.back().Type)) {
    V.Around.clear();
    return To(Target);
  }
  if (!V.StaleSince)
    V.StaleSince = By;
  return V;
}

/// How many steps out the pointee is seen to be a base, at some depth, of a `Target`; zero if it is not.
static unsigned stepsToDerived(const clang::ASTContext &AST, const PointerValue &V, clang::QualType Target) {
  unsigned Out = 0;
  for (const Enclosing &E : V.Around) {
    if (!E.Base)
      return 0;
    ++Out;
    if (layout::areSimilar(AST, E.Type, Target))
      return Out;
  }
  return 0;
}

PointerValue downcast(const clang::ASTContext &AST, const PointerValue &V, clang::QualType Target) {
  if (unsigned Out = stepsToDerived(AST, V, Target)) {
    PointerValue Derived = V;
    Derived.Object = V.Around[Out - 1].Type;
    Derived.Around.erase(Derived.Around.begin(), Derived.Around.begin() + Out);
    return Derived;
  }
  PointerValue Derived = unknownObject(Target, nullptr);
  // A downcast of launder's result keeps the question what launder may reach.
  Derived.Launder = V.Launder;
  Derived.Laundered = V.Laundered;
  return Derived;
}

DerivedAround derivedAround(const clang::ASTContext &AST, const PointerValue &V, clang::QualType Target) {
  if (!V)
    return DerivedAround::Unseen;
  if (stepsToDerived(AST, V, Target))
    return DerivedAround::Yes;
  const bool OnlyBases = llvm::all_of(V.Around, [](const Enclosing &E) { return E.Base; });
  return V.Is == PointerValue::Kind::Unknown && OnlyBases ? DerivedAround::Unseen : DerivedAround::No;
}

PointerValue moved(const clang::ASTContext &AST, PointerValue V, std::optional<std::int64_t> N) {
  if (!V || N == 0)
    return V;
  if (isByte(V.Object))
    return {};
  if (V.isElement()) {
    Enclosing &Array = V.Around.front();
    const clang::ConstantArrayType *Bounds = AST.getAsConstantArrayType(Array.Type);
    if (!N || !Array.Index) {
      Array.Index = std::nullopt;
      return V;
    }
    const std::int64_t To = static_cast<std::int64_t>(*Array.Index) + *N;
    if (To < 0 || (Bounds && static_cast<std::uint64_t>(To) > Bounds->getSize().getZExtValue()))
      return {};
    Array.Index = static_cast<std::uint64_t>(To);
    return V;
  }
  // `this + 1` is where people keep what trails an object: of any type.
  return {};
}

static bool sameSteps(const clang::ASTContext &AST, const PointerValue &A, const PointerValue &B) {
  if (A.Around.size() != B.Around.size())
    return false;
  for (unsigned I = 0; I != A.Around.size(); ++I)
    if (A.Around[I].Member != B.Around[I].Member || A.Around[I].Base != B.Around[I].Base ||
        A.Around[I].Provides != B.Around[I].Provides || A.Around[I].Index != B.Around[I].Index ||
        !layout::areSimilar(AST, A.Around[I].Type, B.Around[I].Type))
      return false;
  return true;
}

PointerValue joined(const clang::ASTContext &AST, const PointerValue &A, const PointerValue &B) {
  if (!A || !B || !layout::areSimilar(AST, A.Object, B.Object) || A.StaleSince || B.StaleSince || A.Launder ||
      B.Launder)
    return {};
  if (A.Is != B.Is || !sameSteps(AST, A, B))
    return unknownObject(A.Object, nullptr);
  PointerValue Result = A;
  Result.Name = A.Name == B.Name ? A.Name : nullptr;
  return Result;
}

std::optional<clang::CharUnits> reach(const clang::ASTContext &AST, const PointerValue &V) {
  if (!V)
    return std::nullopt;
  clang::QualType Outermost = V.Object;
  bool Open = V.Is == PointerValue::Kind::Unknown && !completeRecord(V.Object);
  for (const Enclosing &E : V.Around) {
    const clang::CXXRecordDecl *Whole = completeRecord(E.Type);
    if (!E.Member && !E.Base) {
      if (E.isElement())
        Outermost = E.Type;
      return Outermost->isIncompleteType() ? std::nullopt : std::optional(AST.getTypeSizeInChars(Outermost));
    }
    if (!Whole || !(E.Member ? layout::isInterconvertible(AST, *Whole, *E.Member)
                             : layout::isInterconvertible(AST, *Whole, *E.Base)))
      return AST.getTypeSizeInChars(Outermost);
    Outermost = E.Type;
    Open = false;
  }
  if (Open || !saysWhat(Outermost))
    return std::nullopt;
  return AST.getTypeSizeInChars(Outermost);
}

StorageBytes bytesAt(const clang::ASTContext &AST, const PointerValue &V) {
  StorageBytes Result;
  if (!V)
    return Result;
  if (providesStorage(AST, V.Object)) {
    Result.Array = V.Object;
    Result.Name = V.Name;
  } else if (isByte(V.Object) && V.isElement() && providesStorage(AST, V.Around.front().Type)) {
    Result.Array = V.Around.front().Type;
    Result.Name = V.Name;
  } else if (const clang::CXXRecordDecl *Wrapper = completeRecord(V.Object)) {
    if (const clang::FieldDecl *Field = interconvertibleBytes(AST, *Wrapper, Result.Size)) {
      Result.Array = Field->getType();
      Result.Name = Field;
    }
  }
  if (Result)
    Result.Size = AST.getTypeSizeInChars(Result.Array);
  return Result;
}

PointerValue livingIn(PointerValue V, const PointerValue &Place) {
  V.Is = PointerValue::Kind::Provided;
  V.Name = Place.Name;
  if (isByte(Place.Object) && Place.isElement()) {
    V.Around.append(Place.Around.begin(), Place.Around.end());
    V.Around[V.Around.size() - Place.Around.size()].Provides = true;
    return V;
  }
  V.Around.push_back({Place.Object, nullptr, nullptr, std::nullopt, true});
  V.Around.append(Place.Around.begin(), Place.Around.end());
  return V;
}

} // namespace snug::rules
