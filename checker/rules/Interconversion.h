// Judges casts between a class and a part of it: does the result point where its type says?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_INTERCONVERSION_H
#define SNUG_CHECKER_RULES_INTERCONVERSION_H

#include "rules/PointerModel.h"
#include "rules/SubobjectPaths.h"

#include <optional>

namespace snug::rules {

/// A cast whose result keeps pointing to the object it came from, although the two types are a class and a part of it.
/// Each kind of relation is one rule's, so that a cast is reported once.
struct Misconversion {
  const clang::ExplicitCastExpr *Cast;
  /// Null where the target is an array (Element).
  const clang::CXXRecordDecl *Whole;
  /// For Element the array.
  clang::QualType Part;
  /// What the result still points to: `Part` (for Element an element of it) on the way up, `Whole` on the way down.
  clang::QualType Still;
  /// Never Yes; Base also where the letter allows the cast, see `Holds`.
  SubobjectRelation Why;
  /// The class is standard-layout and its base at offset 0, so that the cast is defined, today.
  bool Holds = false;
  /// For Element: the array; null where only its type is known.
  const clang::ValueDecl *Array = nullptr;
};

/// Input:   casts in code that is not dependent: reinterpret_cast, C-style, static_cast from void*, to pointers or
///          references.
/// Result:  empty if the cast is fine, undecided, or another rule's: byte storage, classes that were incomplete.
///          Scalars count only where a class starts with one or the member is seen.
/// Source:  [basic.compound]/7, [expr.static.cast]/12.
class Interconversions {
public:
  Interconversions(const clang::ASTContext &AST, PointerModel &Pointers) : AST(AST), Pointers(Pointers) {}
  /// The last answer is kept: several rules ask about the same cast in turn.
  const std::optional<Misconversion> &of(const clang::ExplicitCastExpr &Cast);

private:
  const clang::ASTContext &AST;
  PointerModel &Pointers;
  const clang::ExplicitCastExpr *Last = nullptr;
  std::optional<Misconversion> Answer;
};

/// A C-style or functional cast between a class and its base that was written where one of the two was incomplete, and
/// so became a reinterpret_cast. [expr.cast]/4.
struct CastOfIncomplete {
  const clang::CXXRecordDecl *Derived;
  const clang::CXXRecordDecl *Base;
  BaseRelation How;
};
std::optional<CastOfIncomplete> castOfIncomplete(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
