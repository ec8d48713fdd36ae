// Judges casts between a class and a part of it: does the result point where its type says?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Interconversion.h"

#include "layout/StandardLayout.h"

#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::rules {

std::optional<CastOfIncomplete> castOfIncomplete(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST) {
  // Had the relation been known, the cast would be one between base and derived, or an error.
  if (!reinterprets(Cast) || !llvm::isa<clang::CStyleCastExpr, clang::CXXFunctionalCastExpr>(Cast))
    return std::nullopt;
  clang::QualType From = Cast.getSubExprAsWritten()->getType();
  if (!Cast.isGLValue())
    From = From->isPointerType() ? From->getPointeeType() : clang::QualType();
  const clang::CXXRecordDecl *A = completeRecord(From);
  const clang::CXXRecordDecl *B = completeRecord(castTarget(Cast));
  if (!A || !B || A == B)
    return std::nullopt;
  if (std::optional<BaseRelation> R = baseRelation(AST, *B, *A))
    return CastOfIncomplete{B, A, *R};
  if (std::optional<BaseRelation> R = baseRelation(AST, *A, *B))
    return CastOfIncomplete{A, B, *R};
  return std::nullopt;
}

namespace {

/// The way down from the nearest enclosing object of type `Whole` that is seen, if one is.
std::optional<SubobjectPath> seenPath(const PointerValue &V, clang::QualType Whole, const clang::ASTContext &AST) {
  SubobjectPath Path;
  for (const Enclosing &E : V.Around) {
    if (E.Member || E.Base) {
      Path.Steps.push_back({completeRecord(E.Type), E.Member, E.Base});
      if (!Path.Steps.back().From)
        return std::nullopt;
    } else if (E.Provides) {
      return std::nullopt; // bytes that hold an object of another type
    } else {
      Path.ThroughElement = true;
    }
    if (layout::areSimilar(AST, E.Type, Whole)) {
      std::reverse(Path.Steps.begin(), Path.Steps.end());
      for (const SubobjectStep &Step : Path.Steps)
        Path.Offset += offsetOf(AST, Step);
      return Path;
    }
  }
  return std::nullopt;
}

/// Which of several faults a reader would think of first.
unsigned rank(Interconvertibility Kind) {
  switch (Kind) {
  case Interconvertibility::NotStandardLayout:
    return 0;
  case Interconvertibility::Contradicted:
    return 1;
  case Interconvertibility::BitField:
    return 2;
  case Interconvertibility::EmptyMember:
    return 3;
  default:
    return 4;
  }
}

/// Any way on which the cast is fine, or none of ours, makes it so.
std::optional<SubobjectRelation> worst(llvm::ArrayRef<SubobjectPath> Paths, const clang::ASTContext &AST) {
  std::optional<SubobjectRelation> Result;
  for (const SubobjectPath &Path : Paths) {
    SubobjectRelation R = relationOf(AST, Path);
    if (R.Kind == Interconvertibility::Yes || Path.ThroughElement)
      return std::nullopt;
    if (!Result || rank(R.Kind) < rank(Result->Kind))
      Result = R;
  }
  return Result;
}

/// Between a class and its base.
std::optional<Misconversion> inHierarchy(const clang::ExplicitCastExpr &Cast, const PointerValue &V,
                                         clang::QualType Target, bool Stale, const clang::ASTContext &AST) {
  const clang::CXXRecordDecl *From = completeRecord(V.Object), *To = completeRecord(Target);
  if (!From || !To || From == To)
    return std::nullopt;
  const bool Up = To->isDerivedFrom(From);
  if (!Up && !From->isDerivedFrom(To))
    return std::nullopt;
  const clang::CXXRecordDecl &Derived = Up ? *To : *From, &Base = Up ? *From : *To;
  std::optional<BaseRelation> R = baseRelation(AST, Derived, Base);
  if (!R)
    return std::nullopt;
  Misconversion M{&Cast, &Derived, Up ? V.Object : Target, V.Object, {}, false, nullptr};
  M.Why.Kind = R->Kind;
  M.Why.Culprit = {&Derived, nullptr, &Base};
  M.Why.Offset = R->Path.Offset;
  if (R->Kind != Interconvertibility::Base)
    return M;
  const bool StandardLayout = layout::isStandardLayout(AST, Derived);
  if (!Stale && !StandardLayout)
    return std::nullopt; // by way of a member
  // The object that is seen is no base of the target, but a member of it, or part of one.
  if (std::optional<SubobjectPath> Seen = Up ? seenPath(V, Target, AST) : std::nullopt;
      Seen && llvm::any_of(Seen->Steps, [](const SubobjectStep &Step) { return Step.Member != nullptr; }))
    return std::nullopt;
  if (StandardLayout && !M.Why.Offset.isZero()) {
    M.Why.Kind = Interconvertibility::Contradicted;
    for (const SubobjectStep &Step : R->Path.Steps)
      if (M.Why.Culprit = Step; !offsetOf(AST, Step).isZero())
        break;
  }
  M.Holds = StandardLayout && M.Why.Offset.isZero();
  return M;
}

/// From the first element of an array to the array, or to a class that shares its address with the array.
std::optional<Misconversion> fromElement(const clang::ExplicitCastExpr &Cast, const PointerValue &V,
                                         clang::QualType Target, const clang::ASTContext &AST) {
  if (!V.isElement() || V.Around.front().Index != 0)
    return std::nullopt;
  PointerValue Array = V;
  Array.Object = V.Around.front().Type;
  Array.Around.erase(Array.Around.begin());
  if (!saysWhat(Array.Object) || isStale(AST, converted(AST, Array, Target, nullptr), Target))
    return std::nullopt;
  Misconversion M{&Cast, completeRecord(Target), Array.Object, V.Object, {}, false, V.Name};
  M.Why.Kind = Interconvertibility::Element;
  return M;
}

/// The same for a parameter that points to bytes: the target is an array of them, or a class that is nothing else.
std::optional<Misconversion> fromByteParameter(const clang::ExplicitCastExpr &Cast, clang::QualType Target,
                                               const clang::ASTContext &AST) {
  const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(Cast.getSubExprAsWritten()->IgnoreParenImpCasts());
  const auto *Parameter = Ref ? llvm::dyn_cast<clang::ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!Parameter || !Parameter->getType()->isPointerType() || !isByte(Parameter->getType()->getPointeeType()))
    return std::nullopt;
  clang::QualType Element = Parameter->getType()->getPointeeType();
  auto Fits = [&](clang::QualType T) {
    const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(T);
    return Array && layout::areSimilar(AST, Array->getElementType(), Element);
  };
  Misconversion M{&Cast, nullptr, Target, Element, {}, false, nullptr};
  M.Why.Kind = Interconvertibility::Element;
  if (Fits(Target))
    return M;
  M.Whole = completeRecord(Target);
  if (!M.Whole || M.Whole->isUnion())
    return std::nullopt;
  for (const layout::InterconvertibleSubobject &S : layout::interconvertibleSubobjects(AST, *M.Whole))
    if (S.Field && S.Offset.isZero() && Fits(S.Type) &&
        AST.getTypeSizeInChars(S.Type) == AST.getTypeSizeInChars(Target)) {
      M.Part = S.Type;
      M.Array = S.Field;
      return M;
    }
  return std::nullopt;
}

std::optional<Misconversion> judge(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                   PointerModel &Pointers) {
  if (!reinterprets(Cast))
    return std::nullopt;
  clang::QualType Target = castTarget(Cast);
  if (Target.isNull() || !saysWhat(Target) || castOfIncomplete(Cast, AST))
    return std::nullopt;
  PointerValue V = Pointers.operandOf(Cast);
  if (!V)
    return fromByteParameter(Cast, Target, AST);
  const bool Stale = Pointers.isStale(Pointers.converted(V, Target, &Cast), Target);
  if (std::optional<Misconversion> M = inHierarchy(Cast, V, Target, Stale, AST))
    return M;
  if (!Stale)
    return std::nullopt;
  if (std::optional<Misconversion> M = fromElement(Cast, V, Target, AST))
    return M;
  if (!saysWhat(V.Object))
    return std::nullopt;
  const clang::CXXRecordDecl *Up = completeRecord(Target);
  const clang::CXXRecordDecl *Down = completeRecord(V.Object);
  if (Up) {
    std::optional<SubobjectPath> Seen = seenPath(V, Target, AST);
    std::optional<SubobjectRelation> Why = Seen ? worst(*Seen, AST) : worst(subobjectsOf(AST, *Up, V.Object), AST);
    if (Why && (Seen || Down || V.Object->isArrayType() || Why->Kind == Interconvertibility::NotStandardLayout))
      return Misconversion{&Cast, Up, V.Object, V.Object, *Why};
  }
  if (Down) {
    std::optional<SubobjectRelation> Why = worst(subobjectsOf(AST, *Down, Target), AST);
    if (Why && (Up || Why->Kind == Interconvertibility::NotStandardLayout))
      return Misconversion{&Cast, Down, Target, V.Object, *Why};
  }
  return std::nullopt;
}

} // namespace

const std::optional<Misconversion> &Interconversions::of(const clang::ExplicitCastExpr &Cast) {
  if (Last != &Cast) {
    Answer = judge(Cast, AST, Pointers);
    Last = &Cast;
  }
  return Answer;
}

} // namespace snug::rules
