// What the pointers of a function point to: the value of expressions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_POINTERMODEL_H
#define SNUG_CHECKER_RULES_POINTERMODEL_H

#include "rules/LocalValues.h"
#include "rules/PointerValue.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

#include <cstdint>
#include <optional>

namespace snug::rules {

/// Evaluates pointers without flow: locals that never change, members, elements, conversions in the class hierarchy,
/// casts, launder, new, arithmetic, round trips through integers, and functions that hand on what they are given.
///
/// Input:   expressions of pointer type, or glvalues, in code that is not dependent.
/// Undecided when: the value comes from a call, an integer, a byte or void pointer, or two branches that disagree.
/// Source:  [basic.compound]/7, [expr.static.cast]/12, [expr.reinterpret.cast]/7, [expr.add]/4, [ptr.launder]/2.
class PointerModel {
public:
  PointerModel(const clang::ASTContext &AST, LocalValues &Locals) : AST(AST), Locals(Locals) {}

  /// The value of an expression of pointer type.
  PointerValue valueOf(const clang::Expr *E) { return pointer(E, 0); }
  /// The value of a pointer to the object that the glvalue denotes.
  PointerValue addressOf(const clang::Expr *E) { return address(E, 0); }
  /// The value that a cast is applied to.
  const PointerValue &operandOf(const clang::ExplicitCastExpr &Cast);

  /// The operations on values, which know no expressions: see PointerValue.h.
  PointerValue converted(PointerValue V, clang::QualType Target, const clang::ExplicitCastExpr *By) const {
    return rules::converted(AST, std::move(V), Target, By);
  }
  PointerValue downcast(const PointerValue &V, clang::QualType Target) const { return rules::downcast(AST, V, Target); }
  DerivedAround derivedAround(const PointerValue &V, clang::QualType Target) const {
    return rules::derivedAround(AST, V, Target);
  }
  bool isStale(const PointerValue &V, clang::QualType StaticPointee) const {
    return rules::isStale(AST, V, StaticPointee);
  }
  std::optional<clang::CharUnits> reach(const PointerValue &V) const { return rules::reach(AST, V); }
  using Bytes = StorageBytes;
  Bytes bytesAt(const PointerValue &V) const { return rules::bytesAt(AST, V); }

  /// The number that an integer expression is known to have: a constant, or a local that never changes.
  std::optional<std::int64_t> constantOf(const clang::Expr *E);

private:
  PointerValue pointer(const clang::Expr *E, unsigned Depth);
  PointerValue address(const clang::Expr *E, unsigned Depth);
  PointerValue cast(const clang::CastExpr &Cast, unsigned Depth, bool IsGLValue);
  PointerValue read(const clang::Expr &Place, clang::QualType Pointee, unsigned Depth);
  PointerValue member(const clang::MemberExpr &Member, unsigned Depth);
  PointerValue handedOn(const clang::CallExpr &Call, unsigned Depth, bool IsGLValue);
  PointerValue launder(const clang::CallExpr &Call, PointerValue Argument) const;
  PointerValue created(const clang::CXXNewExpr &New, unsigned Depth);

  const clang::ASTContext &AST;
  LocalValues &Locals;
  /// The last answer of `operandOf`: several rules ask about the same cast in turn.
  const clang::ExplicitCastExpr *LastCast = nullptr;
  PointerValue LastOperand;
};

/// True for std::launder, __builtin_launder, and functions of that name and shape.
bool isLaunder(const clang::CallExpr &Call);

/// What a cast makes a pointer or a reference to; null type if it does neither.
clang::QualType castTarget(const clang::ExplicitCastExpr &Cast);
/// True for casts that keep the address and may change what the type says: pointer to pointer, lvalue to lvalue.
bool reinterprets(const clang::ExplicitCastExpr &Cast);

} // namespace snug::rules

#endif
