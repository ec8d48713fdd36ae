// Tables of function pointers: records and arrays that are constants and that objects reach through a pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FUNCTIONTABLES_H
#define SNUG_CHECKER_RULES_FUNCTIONTABLES_H

#include "rules/Rule.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"

#include <string>
#include <vector>

namespace snug::rules {

/// True for a class of which at least two members are pointers to functions, and more of them are than are not; the
/// others are scalars (a size, a type's name). Bases, member classes and arrays count with what is in them.
/// Input: a complete class.
bool isFunctionTable(const clang::CXXRecordDecl &Record);

/// True for an array of at least two pointers to functions.
bool isFunctionArray(const clang::ASTContext &AST, clang::QualType Type);

/// True for a variable that is defined here, lives as long as the program does and is never changed.
bool isConstantInStorage(const clang::VarDecl &Variable);

/// The alignment that code generation gives the variable, in bytes: it may be more than that of its type.
std::uint64_t alignmentInStorage(const clang::ASTContext &AST, const clang::VarDecl &Variable);

/// Offers `alignas(Align)` at the name of the class, or at the start of the variable's declaration. No replacement where
/// the place is a macro's or has no name.
Reason offerAlignment(std::string Text, const clang::CXXRecordDecl &Record, std::uint64_t Align,
                      const RuleContext &Context);
Reason offerAlignment(std::string Text, const clang::DeclaratorDecl &Declared, std::uint64_t Align,
                      const RuleContext &Context);

} // namespace snug::rules

#endif
