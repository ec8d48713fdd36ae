// Whether a statement can be executed at all: branches whose condition is a constant are often all that a template has.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_REACHABILITY_H
#define SNUG_CHECKER_RULES_REACHABILITY_H

#include "rules/ControlFlowGraphs.h"

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

namespace snug::rules {

/// False where every way to the statement goes through a condition that is a constant of the other value, as in
/// `if (sizeof(T) <= sizeof(buffer)) …` of an instantiation with a large T; or behind a return that is always taken.
///
/// Input: `S` stands in the body or in an initialiser of `Function`. Without a function: true.
/// Undecided when: no control-flow graph can be built; true then. Complexity: linear in the function; ask late.
bool isReachable(const clang::Stmt &S, const clang::FunctionDecl *Function, ControlFlowGraphs &Graphs);

} // namespace snug::rules

#endif
