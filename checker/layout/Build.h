// Reads the layout of a record from the AST.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_BUILD_H
#define SNUG_CHECKER_LAYOUT_BUILD_H

#include "layout/Tree.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

#include <vector>

namespace snug::layout {

/// The layout of `Record` as a complete object, holes included.
///
/// Input:   a complete, valid, non-dependent record, of C too.
/// Result:  bases and class-typed members are expanded down to scalars; for an array of classes its first element is.
///          Value bits: 80 of x87's long double, the N of _BitInt(N), the elements of vectors; atomics count as what
///          they hold; unnamed bit-fields hold nothing.
RecordLayout buildLayout(const clang::ASTContext &AST, const clang::RecordDecl &Record);

/// True for what the main file defines, instantiations of its templates included.
bool isInMainFile(const clang::ASTContext &AST, const clang::RecordDecl &Record);

/// The records of the main file, in the order of their places: those defined there, and instantiations of templates
/// defined there; never dependent or invalid ones, nor anonymous unions, which are part of others.
std::vector<const clang::RecordDecl *> recordsOfMainFile(const clang::ASTContext &AST);

/// An alias at namespace scope, and the record that it names.
struct RecordAlias {
  std::string Name;
  const clang::RecordDecl *Record;
};

/// The aliases and typedefs of the translation unit whose type is a complete record, headers included, in the order of
/// their places: what people call an instantiation whose name is too long to type.
std::vector<RecordAlias> allAliases(const clang::ASTContext &AST);

/// Every record of the translation unit, headers included, in the order of their places.
std::vector<const clang::RecordDecl *> allRecords(const clang::ASTContext &AST);

} // namespace snug::layout

#endif
