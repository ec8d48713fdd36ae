// Judges casts between a class and a part of it: does the result point where its type says?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Interconversion.h"

#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::rules {

/// The way down from the nearest enclosing object of type `Whole` that is seen, if one is.
static std::optional<SubobjectPath> seenPath(const PointerValue &V, clang::QualType Whole,
                                             const clang::ASTContext &AST) {
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
      for (const SubobjectStep &Step : Path.Steps) {
        if (Step.Member)
          Path.Offset += AST.toCharUnitsFromBits(static_cast<std::int64_t>(AST.getFieldOffset(Step.Member)));
        else if (llvm::any_of(Step.From->bases(), [&](const clang::CXXBaseSpecifier &B) {
                   return !B.isVirtual() && declaresSameEntity(B.getType()->getAsCXXRecordDecl(), Step.Base);
                 }))
          Path.Offset += AST.getASTRecordLayout(Step.From).getBaseClassOffset(Step.Base);
      }
      return Path;
    }
  }
  return std::nullopt;
}

/// Any way on which the cast is fine, or none of ours, makes it so; else the one that a reader would think of first.
static std::optional<Relation> worst(llvm::ArrayRef<SubobjectPath> Paths, const clang::ASTContext &AST) {
  std::optional<Relation> Result;
  for (const SubobjectPath &Path : Paths) {
    Relation R = relationOf(AST, Path);
    if (R.Kind != Interconvertibility::NotStandardLayout && R.Kind != Interconvertibility::NotFirst)
      return std::nullopt;
    if (Path.ThroughElement)
      return std::nullopt;
    if (!Result || (R.Kind == Interconvertibility::NotStandardLayout && Result->Kind != R.Kind))
      Result = R;
  }
  return Result;
}

std::optional<Misconversion> misconversion(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                           PointerModel &Pointers) {
  if (!reinterprets(Cast))
    return std::nullopt;
  clang::QualType Target = castTarget(Cast);
  if (Target.isNull() || !saysWhat(Target))
    return std::nullopt;
  PointerValue V = Pointers.operandOf(Cast);
  if (!V || !saysWhat(V.Object) || !Pointers.isStale(Pointers.converted(V, Target, &Cast), Target))
    return std::nullopt;
  const clang::CXXRecordDecl *Up = completeRecord(Target);
  const clang::CXXRecordDecl *Down = completeRecord(V.Object);
  if (Up) {
    std::optional<SubobjectPath> Seen = seenPath(V, Target, AST);
    std::optional<Relation> Why = Seen ? worst(*Seen, AST) : worst(subobjectsOf(AST, *Up, V.Object), AST);
    if (Why && (Seen || Down || V.Object->isArrayType() || Why->Kind == Interconvertibility::NotStandardLayout))
      return Misconversion{&Cast, Up, V.Object, V.Object, *Why};
  }
  if (Down) {
    std::optional<Relation> Why = worst(subobjectsOf(AST, *Down, Target), AST);
    if (Why && (Up || Why->Kind == Interconvertibility::NotStandardLayout))
      return Misconversion{&Cast, Down, Target, V.Object, *Why};
  }
  return std::nullopt;
}

} // namespace snug::rules
