// How types, members and places are named in everything that layouts are printed in.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_NAMES_H
#define SNUG_CHECKER_LAYOUT_NAMES_H

#include "core/Finding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include <string>

namespace snug::layout {

/// The canonical type of a record: one function because Clang 22 renamed the way to it.
clang::QualType typeOf(const clang::ASTContext &AST, const clang::RecordDecl &Record);

/// The type as its user would write it: qualified, without "struct"; lambdas and unnamed classes by the name of their
/// file, never by its whole path, so that two checkouts print alike.
std::string nameOf(const clang::ASTContext &AST, clang::QualType Type);
std::string nameOf(const clang::ASTContext &AST, const clang::RecordDecl &Record);

/// The member's name; what stands for it where it has none: "(anonymous union)", "(unnamed bit-field)", for a lambda's
/// members "[capture x]" or "[this]".
std::string nameOf(const clang::FieldDecl &Field);

/// The member as it would be declared: "int x[4]", "unsigned bits : 3".
std::string declarationOf(const clang::ASTContext &AST, const clang::FieldDecl &Field);

/// The place as a reader sees it: the expansion of a macro, the file as it was opened. Invalid gives an empty one.
Location locate(const clang::SourceManager &Sources, clang::SourceLocation Where);

} // namespace snug::layout

#endif
