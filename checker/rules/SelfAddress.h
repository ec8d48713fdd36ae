// Classes that keep their own address, so that a copy of the object keeps the address of another.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SELFADDRESS_H
#define SNUG_CHECKER_RULES_SELFADDRESS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

#include <optional>

namespace snug::rules {

/// A pointer or reference that a constructor, or a default member initialiser, makes from `this`.
struct KeptAddress {
  /// The pointer; for one inside a member of class type, that member's own.
  const clang::FieldDecl *Field;
  /// The class that makes it: the one asked about, a base of it, or the class of a member.
  const clang::CXXRecordDecl *Owner;
  clang::SourceLocation Where;
};

/// `this` or `*this`, cast to whatever class.
bool isThis(const clang::Expr *E);

/// The first address of its own that an object of the class keeps, in itself, its bases or its members.
///
/// Input: complete classes; constructors count where their initialisers are visible.
std::optional<KeptAddress> keptAddress(const clang::CXXRecordDecl &Record);

/// Whether the constructor, which copies or moves, leaves the address of the other object there. False too where its
/// body decides it.
bool copiesAddress(const clang::CXXConstructorDecl &Constructor, const KeptAddress &Kept);

} // namespace snug::rules

#endif
