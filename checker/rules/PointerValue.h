// The abstract value of a pointer: what it points to by the letter of the standard, which is not always what its type says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_POINTERVALUE_H
#define SNUG_CHECKER_RULES_POINTERVALUE_H

#include "layout/Interconvertible.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace snug::rules {

/// The object next further out, and how the inner one is part of it.
struct Enclosing {
  clang::QualType Type;
  /// The member, if the inner object is one; else it is a base (`Base`), an element of the array `Type`, or lives in it.
  const clang::FieldDecl *Member = nullptr;
  /// The class of the base, which is a direct one.
  const clang::CXXRecordDecl *Base = nullptr;
  /// For an element: which one, where that is known.
  std::optional<std::uint64_t> Index = {};
  /// `Type` is storage that the inner object was created in: it is no subobject of it. [intro.object]/3.
  bool Provides = false;

  bool isElement() const { return !Member && !Base && !Provides; }
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

  /// Steps out of and into subobjects; the value is decided.
  void enterMember(const clang::FieldDecl &Field);
  void enterBase(const clang::CXXRecordDecl &Base, clang::QualType Type);
  void enterElement(clang::QualType Element, std::optional<std::uint64_t> Index);

  const Enclosing *innermost() const { return Around.empty() ? nullptr : &Around.front(); }
  bool isElement() const { return !Around.empty() && Around.front().isElement(); }
  bool isMember() const { return !Around.empty() && Around.front().Member; }
  bool isBase() const { return !Around.empty() && Around.front().Base; }
  /// A variable, a temporary, what new or placement new made: nothing's subobject.
  bool isComplete() const {
    return (Is == Kind::Known && Around.empty()) || (!Around.empty() && Around.front().Provides);
  }
};

/// "Some object of type `Object`"; undecided where the type says nothing.
PointerValue unknownObject(clang::QualType Object, const clang::ValueDecl *Name);
/// A complete object of type `Object`.
PointerValue knownObject(clang::QualType Object, const clang::ValueDecl *Name);

/// Whether a pointer with this value, whose static type is a pointer to `StaticPointee`, points to something else.
bool isStale(const clang::ASTContext &AST, const PointerValue &V, clang::QualType StaticPointee);

/// What [expr.static.cast]/12 makes of a value when the type becomes a pointer to `Target`: the closure over
/// pointer-interconvertible objects, down from the pointee and up along what is known to enclose it; for a pointee that
/// nothing is known to enclose, up into a `Target` that starts with one. `By` is remembered if the value does not change.
PointerValue converted(const clang::ASTContext &AST, PointerValue V, clang::QualType Target,
                       const clang::ExplicitCastExpr *By);

/// What `static_cast<Target *>` from base to derived makes of a value: the object that is seen to have the pointee as
/// its base, else some `Target`. Whether the cast is defined is another question: `derivedAround`.
PointerValue downcast(const clang::ASTContext &AST, const PointerValue &V, clang::QualType Target);

/// Whether the pointee is a base of some `Target`: [expr.static.cast]/10. `Unseen` where an object encloses it that is
/// not known.
enum class DerivedAround : std::uint8_t { Yes, No, Unseen };
DerivedAround derivedAround(const clang::ASTContext &AST, const PointerValue &V, clang::QualType Target);

/// What `p + N` makes of a value: another element of the same array, the same object, or nothing that is known. Bytes
/// stay undecided, because a piece of a buffer is what they usually are.
PointerValue moved(const clang::ASTContext &AST, PointerValue V, std::optional<std::int64_t> N);

/// One value for two: equal, or two objects of one type.
PointerValue joined(const clang::ASTContext &AST, const PointerValue &A, const PointerValue &B);

/// How many bytes can be reached through a value: those of the outermost object that is pointer-interconvertible with
/// what it points to, or of the array whose element that is. Empty if it depends on what is not seen.
/// Source: [basic.compound]/8.
std::optional<clang::CharUnits> reach(const clang::ASTContext &AST, const PointerValue &V);

/// An array of bytes that provides storage.
struct StorageBytes {
  clang::QualType Array;
  const clang::ValueDecl *Name = nullptr;
  clang::CharUnits Size;
  explicit operator bool() const { return !Array.isNull(); }
};
/// The array of bytes that the value points to: itself, to its first element, or to a class that is
/// pointer-interconvertible with it. Null type if there is none, or the pointee is something else besides.
StorageBytes bytesAt(const clang::ASTContext &AST, const PointerValue &V);

/// `V`, an object that lives in the bytes that `Place` points to, directly or by their first element.
PointerValue livingIn(PointerValue V, const PointerValue &Place);

/// char, signed char, unsigned char, std::byte.
bool isByte(clang::QualType T);
/// A complete type that a pointer to it says something with: not void, not a byte, no function.
bool saysWhat(clang::QualType Pointee);
/// The definition of a class that can be asked for its layout; null for everything else.
const clang::CXXRecordDecl *completeRecord(clang::QualType T);

} // namespace snug::rules

#endif
