// The shared traversal for one object that is no rule of the table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_RUNALONE_H
#define SNUG_CHECKER_RULES_RUNALONE_H

#include "rules/Rule.h"

#include <memory>

namespace snug::rules {

/// Runs the traversal for `Object` alone: it learns from the hooks what it wants to know. What it reports is dropped.
void runAlone(std::unique_ptr<Rule> Object, clang::ASTContext &AST, const RunOptions &Options);

} // namespace snug::rules

#endif
