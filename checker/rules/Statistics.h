// What one run of the rules looked at, and what that cost: plain data, added up over translation units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STATISTICS_H
#define SNUG_CHECKER_RULES_STATISTICS_H

#include <cstdint>
#include <string>
#include <vector>

namespace snug::rules {

/// What one rule cost.
struct RuleCost {
  std::string Id;
  std::uint64_t Calls = 0;
  std::uint64_t Nanoseconds = 0;
};

/// Counts of one translation unit, or the sum over several.
struct Statistics {
  /// Complete classes that were handed to the rules.
  std::uint64_t Records = 0;
  /// Walks over the AST, which all rules share: one for each translation unit.
  std::uint64_t Traversals = 0;
  /// Functions and statements that were visited.
  std::uint64_t Functions = 0;
  std::uint64_t Statements = 0;
  /// Control-flow graphs that rules asked for.
  std::uint64_t ControlFlowGraphs = 0;
  /// Classes and templates whose members were searched for what a sender library names: `KnownShapes::searched`.
  std::uint64_t SearchedClasses = 0;

  // Nanoseconds of the phases:
  /// The walk; the records; the end, where rules judge what they gathered, and findings are merged.
  std::uint64_t TraversalNanoseconds = 0;
  std::uint64_t RecordNanoseconds = 0;
  std::uint64_t EndNanoseconds = 0;
  /// By id; only rules that ran, and only under RunOptions::Measure: a look at the clock costs as much as many a rule.
  std::vector<RuleCost> Rules;
  /// Where the budgets were stated (Budget::Origin) whose globs named a type or a coroutine; sorted.
  std::vector<std::string> UsedBudgets;
  /// Globs of `header-filter` that matched a header, each as `nameOfHeaderGlob` has it; sorted.
  std::vector<std::string> UsedHeaderGlobs;

  Statistics &operator+=(const Statistics &Other);
};

} // namespace snug::rules

#endif
