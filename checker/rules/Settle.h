// What the configuration and the source itself make of findings; the last step in every host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SETTLE_H
#define SNUG_CHECKER_RULES_SETTLE_H

#include "core/Finding.h"
#include "rules/Rule.h"
#include "rules/SuppressedRanges.h"

#include "clang/AST/ASTContext.h"

#include <vector>

namespace snug::rules {

/// Drops what is silenced (by [[clang::suppress]] and NOLINT comments) and what lies in files that the configuration
/// does not want to hear of, gives the rest the configured levels and the names of what they are about. Bounds on
/// coroutine frames that wait for code generation are dropped alike; `setConfiguredLevel` is for what comes of the rest.
void settle(std::vector<Finding> &Findings, SuppressedRanges &Suppressed, const RuleContext &Context);

/// Gives a violation the level that is configured for its rule.
void setConfiguredLevel(Finding &F, const RunOptions &Options);

/// How much a finding weighs that a rule with the default level `Default` weighed `Own` and the configuration sets to
/// `Configured`: raising raises what weighs as much as the rule's findings do by default, and not its asides; lowering
/// lowers everything above.
Level configuredLevel(Level Own, Level Default, RuleLevel Configured);

} // namespace snug::rules

#endif
