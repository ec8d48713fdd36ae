// Gathers what a translation unit states into the facts that travel in its object file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FACTCOLLECTOR_H
#define SNUG_CHECKER_RULES_FACTCOLLECTOR_H

#include "facts/Facts.h"

#include "clang/AST/ASTContext.h"

namespace snug::rules {

/// Input:  a finished translation unit whose function attributes were taken by ExpectationTable.
/// Result: functions defined here with every symbol they may get (constructors have several); complete records on
/// which a figure of the whole type is stated, named as `snug layout` names them.
facts::Facts collectFacts(const clang::ASTContext &AST);

} // namespace snug::rules

#endif
