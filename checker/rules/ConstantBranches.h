// Which statements no run reaches because a condition around them is a constant.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONSTANTBRANCHES_H
#define SNUG_CHECKER_RULES_CONSTANTBRANCHES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/ArrayRef.h"

namespace snug::rules {

/// Whether `S` stands in a branch of an if, a conditional operator, `&&`, `||`, a switch or a loop that a constant
/// condition rules out. `Ancestors`: the enclosing statements, outermost first.
bool isRuledOut(const clang::Stmt &S, llvm::ArrayRef<const clang::Stmt *> Ancestors, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
