// Where a member function of an operation state completes it: set_value, set_error, set_stopped on its own receiver.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_COMPLETIONS_H
#define SNUG_CHECKER_RULES_COMPLETIONS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace snug::rules {

/// True for a call of a completion function with the receiver of `*this`: one that is a member of it (and not of
/// something that a pointer leads to), is made from its address, or is a local made from either. As a member function
/// of the receiver, as a customisation point called with it, or by tag_invoke.
bool completesThis(const clang::Expr &Call);

/// The member function that the call calls on `this`; null for all others.
const clang::CXXMethodDecl *calledOnThis(const clang::Expr &Call);

} // namespace snug::rules

#endif
