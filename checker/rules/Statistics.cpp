// What one run of the rules looked at, and what that cost: plain data, added up over translation units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Statistics.h"

#include <algorithm>
#include <iterator>

namespace snug::rules {

Statistics &Statistics::operator+=(const Statistics &Other) {
  Records += Other.Records;
  Traversals += Other.Traversals;
  Functions += Other.Functions;
  Statements += Other.Statements;
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
  std::vector<std::string> Both;
  std::set_union(UsedBudgets.begin(), UsedBudgets.end(), Other.UsedBudgets.begin(), Other.UsedBudgets.end(),
                 std::back_inserter(Both));
  UsedBudgets = std::move(Both);
  return *this;
}

} // namespace snug::rules
