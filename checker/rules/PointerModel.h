// What pointers point to by the letter of the standard, which is not always what their type says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_POINTERMODEL_H
#define SNUG_CHECKER_RULES_POINTERMODEL_H

#include "layout/Interconvertible.h"
#include "rules/LocalValues.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <memory>

namespace snug::rules {

/// The object next further out, and how the inner one is part of it.
struct Enclosing {
  clang::QualType Type;
  /// The member, if the inner object is one; else it is a base (`Base`) or an element of the array `Type`.
  const clang::FieldDecl *Member = nullptr;
  const clang::CXXRecordDecl *Base = nullptr;
};

/// The abstract value of a pointer, or of the address of a glvalue.
struct PointerValue {
  enum class Kind : std::uint8_t {
    Undecided, ///< void and byte pointers, results of calls, integers: nothing is known
    Unknown,   ///< in some object: a parameter's, what a member points to, *this
    Known,     ///< in a variable, a temporary, the result of new
    Provided,  ///< in an object that was created in bytes: the bytes are in `Around`, and it is no subobject of them
  };
  /// What is known of the outermost object, of which `Around` leads to the one pointed to.
  Kind Is = Kind::Undecided;
  /// The type of the object pointed to. A pointer whose static type is not similar to it is stale: dereferencing it,
  /// arithmetic on it and a downcast of it are undefined.
  clang::QualType Object;
  /// Objects that are known to enclose it, innermost first; an entry that is no class is an array or provided bytes.
  llvm::SmallVector<Enclosing, 3> Around;
  /// What the object is called: the last variable or member on the way to it.
  const clang::ValueDecl *Name = nullptr;
  /// The first cast that changed the type of the pointer and not its value; null if there was none or it led to bytes.
  const clang::ExplicitCastExpr *StaleSince = nullptr;
  /// The last call of launder on the way, and what its argument pointed to.
  const clang::CallExpr *Launder = nullptr;
  std::shared_ptr<const PointerValue> Laundered;

  explicit operator bool() const { return Is != Kind::Undecided; }
};

/// Evaluates pointers without flow: locals that never change, members, casts, launder, placement new.
///
/// Input:   expressions of pointer type, or glvalues, in code that is not dependent.
/// Undecided when: the value comes from a call, an integer, a byte or void pointer, arithmetic, a conditional.
/// Source:  [basic.compound]/7, [expr.static.cast]/12, [expr.reinterpret.cast]/7, [ptr.launder]/2.
class PointerModel {
public:
  PointerModel(const clang::ASTContext &AST, LocalValues &Locals) : AST(AST), Locals(Locals) {}

  /// The value of an expression of pointer type.
  PointerValue valueOf(const clang::Expr *E) { return pointer(E, 0); }
  /// The value of a pointer to the object that the glvalue denotes.
  PointerValue addressOf(const clang::Expr *E) { return address(E, 0); }
  /// The value that a cast is applied to.
  PointerValue operandOf(const clang::ExplicitCastExpr &Cast);
  /// What [expr.static.cast]/12 makes of a value when the type becomes a pointer to `Target`.
  PointerValue converted(PointerValue V, clang::QualType Target, const clang::ExplicitCastExpr *By) const;

  /// The array of bytes that the value points to: itself, to its first element, or to a class that is
  /// pointer-interconvertible with it. Null type if there is none, or the pointee is something else besides.
  struct Bytes {
    clang::QualType Array;
    const clang::ValueDecl *Name = nullptr;
    clang::CharUnits Size;
    explicit operator bool() const { return !Array.isNull(); }
  };
  Bytes bytesAt(const PointerValue &V) const;

  bool isStale(const PointerValue &V, clang::QualType StaticPointee) const {
    return V && !layout::areSimilar(AST, V.Object, StaticPointee);
  }

private:
  PointerValue pointer(const clang::Expr *E, unsigned Depth);
  PointerValue address(const clang::Expr *E, unsigned Depth);
  PointerValue cast(const clang::CastExpr &Cast, unsigned Depth, bool IsGLValue);
  PointerValue called(const clang::CallExpr &Call, unsigned Depth);
  PointerValue launder(const clang::CallExpr &Call, PointerValue Argument) const;
  PointerValue created(const clang::CXXNewExpr &New, unsigned Depth);
  PointerValue unknown(clang::QualType Object, const clang::ValueDecl *Name) const;

  const clang::ASTContext &AST;
  LocalValues &Locals;
};

/// True for std::launder, __builtin_launder, and functions of that name and shape.
bool isLaunder(const clang::CallExpr &Call);

/// A complete type that a pointer to it says something with: not void, not a byte, no function.
bool saysWhat(clang::QualType Pointee);
/// The definition of a class that can be asked for its layout; null for everything else.
const clang::CXXRecordDecl *completeRecord(clang::QualType T);

/// What a cast makes a pointer or a reference to; null type if it does neither.
clang::QualType castTarget(const clang::ExplicitCastExpr &Cast);
/// True for casts that keep the address and may change what the type says: pointer to pointer, lvalue to lvalue.
bool reinterprets(const clang::ExplicitCastExpr &Cast);

} // namespace snug::rules

#endif
