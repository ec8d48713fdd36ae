// Finds NOLINTBEGIN and NOLINTEND comments that have no other end, and so silence nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_UNMATCHEDNOLINT_H
#define SNUG_CHECKER_RULES_UNMATCHEDNOLINT_H

#include "rules/NoLint.h"
#include "rules/Rule.h"

#include <vector>

namespace snug::rules {

/// Input:  comments are no part of the AST: what is reported comes from `unmatchedComments`.
class UnmatchedNolint : public Rule {
public:
  using Rule::Rule;
};

/// Input:  the comments of the files that were read because something was found in them, as clang-tidy looks at them.
/// Result: a finding for each comment that names one of our rules, or all there are, and has no other end.
std::vector<Finding> unmatchedComments(const NoLintComments &Comments, const RuleContext &Context);

} // namespace snug::rules

#endif
