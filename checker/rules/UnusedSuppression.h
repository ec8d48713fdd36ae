// Finds attributes and comments that silence a rule which does not exist, or finds nothing there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_UNUSEDSUPPRESSION_H
#define SNUG_CHECKER_RULES_UNUSEDSUPPRESSION_H

#include "rules/NoLint.h"
#include "rules/Rule.h"
#include "rules/SuppressedRanges.h"

#include <vector>

namespace snug::rules {

/// Input:  what silences is no part of what rules see: findings come from `unusedSuppressions`.
class UnusedSuppression : public Rule {
public:
  using Rule::Rule;
};

/// Input:  [[clang::suppress]] and NOLINT comments of the file that is compiled, after they have silenced what they can.
///         In headers others may need them.
/// Result: a warning for each name "snug-…" that no rule has; a note for each rule that ran and had nothing to be silent
///         about. Lists without a name, and globs that match a rule, may mean whatever comes.
/// Undecided when: the attribute is on a template or in one, or on a declaration alone; the rule looks at attributes
///         itself, or reports nothing as it is configured. Silent then.
std::vector<Finding> unusedSuppressions(const SuppressedRanges &Suppressed, NoLintComments &Comments,
                                        const RuleContext &Context);

} // namespace snug::rules

#endif
