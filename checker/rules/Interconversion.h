// Judges casts between a class and a part of it: does the result point where its type says?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_INTERCONVERSION_H
#define SNUG_CHECKER_RULES_INTERCONVERSION_H

#include "rules/PointerModel.h"
#include "rules/SubobjectPaths.h"

#include <optional>

namespace snug::rules {

/// A cast whose result keeps pointing to the object it came from, although the two types are a class and a part of it.
struct Misconversion {
  const clang::ExplicitCastExpr *Cast;
  const clang::CXXRecordDecl *Whole;
  clang::QualType Part;
  /// What the result still points to: `Part` on the way up, `Whole` on the way down.
  clang::QualType Still;
  /// NotStandardLayout or NotFirst.
  Relation Why;
};

/// Input:   a cast in code that is not dependent: reinterpret_cast, C-style, static_cast from void*, to pointers or
///          references.
/// Result:  empty if the cast is fine, undecided, or another rule's: array elements, byte storage, base classes behind
///          virtual ones. Scalars count only where a class starts with one or the member is seen.
/// Source:  [basic.compound]/7, [expr.static.cast]/12.
std::optional<Misconversion> misconversion(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                           PointerModel &Pointers);

} // namespace snug::rules

#endif
