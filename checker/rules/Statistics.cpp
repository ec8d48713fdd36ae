// What one run of the rules looked at, and what that cost: plain data, added up over translation units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Statistics.h"

#include <algorithm>
#include <iterator>

namespace snug::rules {

static void addSorted(std::vector<std::string> &To, const std::vector<std::string> &More) {
  std::vector<std::string> Both;
  std::set_union(To.begin(), To.end(), More.begin(), More.end(), std::back_inserter(Both));
  To = std::move(Both);
}

Statistics &Statistics::operator+=(const Statistics &Other) {
  Records += Other.Records;
  Traversals += Other.Traversals;
  Functions += Other.Functions;
  Statements += Other.Statements;
  ControlFlowGraphs += Other.ControlFlowGraphs;
  SearchedClasses += Other.SearchedClasses;
  TraversalNanoseconds += Other.TraversalNanoseconds;
  RecordNanoseconds += Other.RecordNanoseconds;
  EndNanoseconds += Other.EndNanoseconds;
  // Units may run different rules; both lists are in the order of the ids.
  for (const RuleCost &Cost : Other.Rules) {
    auto Place = std::lower_bound(Rules.begin(), Rules.end(), Cost,
                                  [](const RuleCost &A, const RuleCost &B) { return A.Id < B.Id; });
    if (Place == Rules.end() || Place->Id != Cost.Id)
      Place = Rules.insert(Place, {Cost.Id, 0, 0});
    Place->Calls += Cost.Calls;
    Place->Nanoseconds += Cost.Nanoseconds;
  }
  addSorted(UsedBudgets, Other.UsedBudgets);
  addSorted(UsedHeaderGlobs, Other.UsedHeaderGlobs);
  return *this;
}

} // namespace snug::rules
