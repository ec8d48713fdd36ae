// Whose code a class is: the user's, or somebody else's that the user's types are put into.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_USERCODE_H
#define SNUG_CHECKER_RULES_USERCODE_H

#include "rules/Rule.h"

#include "clang/AST/DeclCXX.h"

namespace snug::rules {

/// A class of the user's among the template arguments of an instantiation, those of the classes around it included;
/// null if there is none.
const clang::CXXRecordDecl *userArgument(const clang::CXXRecordDecl &Record, const RuleContext &Context);

/// True for a class of the user's: written outside of excluded headers, or instantiated with such a class.
bool isUsers(const clang::CXXRecordDecl &Record, const RuleContext &Context);

/// Where a finding about a class is read: at its definition, or, where that is in an excluded header, at the class of
/// the user's that it is instantiated with. Input: isUsers.
clang::SourceLocation placeForUser(const clang::CXXRecordDecl &Record, const RuleContext &Context);

/// What all specialisations of one class template have in common, so that it can be said once.
const clang::Decl *templateOf(const clang::CXXRecordDecl &Record);

} // namespace snug::rules

#endif
