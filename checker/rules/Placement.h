// Objects that are created at a place the program names, and the storage that is there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_PLACEMENT_H
#define SNUG_CHECKER_RULES_PLACEMENT_H

#include "rules/Rule.h"

#include <optional>

namespace snug::rules {

/// `::new (Where) Type(…)`, `std::construct_at(Where, …)`.
struct Placement {
  const clang::Expr *By;
  const clang::Expr *Where;
  /// What is created; an array type for an array of constant size.
  clang::QualType Type;
  /// What `Where` points to: decided.
  PointerValue Place;
};

/// The storage at a place, seen from the array, or from the class, that the place names.
struct Storage {
  clang::QualType Type;
  /// The variable or member; null where it has no name.
  const clang::ValueDecl *Name = nullptr;
  /// How far inside of `Type` the place is; the start of the array where the index is not known.
  clang::CharUnits Offset;
  /// How much there is from the place on, in a union up to the union's end.
  clang::CharUnits Room;
};

/// The kinds of statement that `placementOf` takes.
void addPlacementKinds(StmtInterest &Interest);

/// Input:   code that is not dependent.
/// Result:  empty for other statements, and where nothing is known about the place.
std::optional<Placement> placementOf(const clang::Stmt &S, RuleContext &Context);

/// The constant-size array that the place points to or into, or the class around such an array.
/// Result: empty for other objects; for arrays that stand for longer ones (a last member of one element, in an object
/// that is not seen as a whole); and for bytes in an object that was itself created in bytes.
std::optional<Storage> storageAt(const PointerValue &Place, const clang::ASTContext &AST);

/// Where the place is, seen from the outermost object that is known to enclose it.
struct PlaceInOutermost {
  /// What every object of that type is aligned to; of a variable, what its declaration says.
  clang::CharUnits Alignment;
  clang::CharUnits Offset;
  /// The class of an object that only a pointer leads to; null for a variable.
  const clang::CXXRecordDecl *Unseen = nullptr;
  /// The variable.
  const clang::VarDecl *Variable = nullptr;

  clang::CharUnits alignmentAtPlace() const { return Alignment.alignmentAtOffset(Offset); }
};
/// Result: empty where an index is not known, where the way leads through a virtual base or through bytes that hold an
/// object, or where nothing encloses what a pointer leads to.
std::optional<PlaceInOutermost> placeInOutermost(const Placement &P, RuleContext &Context);

/// The declaration's type specifier, where a repair can be offered: written out, not in a macro or an instantiation, of
/// this declarator alone. Invalid otherwise.
clang::SourceRange editableDeclaration(const clang::ValueDecl *D, const clang::ASTContext &AST);
/// How the type is written in source; empty if it cannot be named at `Where`.
std::string nameAt(clang::QualType T, clang::SourceLocation Where, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
