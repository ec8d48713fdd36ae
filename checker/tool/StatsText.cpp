// What checking cost, as a table for people.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/StatsText.h"

#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

#include <algorithm>

namespace snug::tool {

void writeStats(llvm::raw_ostream &OS, const CheckedUnits &Units) {
  const rules::Statistics &Seen = Units.Seen;
  OS << count(Seen.Traversals, "traversal", "traversals") << ", " << count(Seen.Functions, "function", "functions")
     << ", " << count(Seen.Statements, "statement", "statements") << ", " << count(Seen.Records, "record", "records")
     << ", " << count(Seen.ControlFlowGraphs, "control-flow graph", "control-flow graphs") << ", "
     << count(Seen.SearchedClasses, "class", "classes") << " searched for members of senders\n";
  if (Units.PeakKiB)
    OS << "peak memory: " << Units.PeakKiB / 1024 << " MiB for " << Units.Largest << '\n';

  auto Share = [&](std::uint64_t Nanoseconds) {
    OS << llvm::format(" %9.3f s %6.2f %%\n", static_cast<double>(Nanoseconds) * 1e-9,
                       100.0 * static_cast<double>(Nanoseconds) /
                           static_cast<double>(std::max<std::uint64_t>(Units.Nanoseconds, 1)));
  };
  auto Phase = [&](const char *Name, std::uint64_t Nanoseconds) {
    OS << "  " << llvm::left_justify(Name, 49);
    Share(Nanoseconds);
  };
  const std::uint64_t Ours = Seen.TraversalNanoseconds + Seen.RecordNanoseconds + Seen.EndNanoseconds;
  OS << "phases\n";
  Phase("compiling", Units.Nanoseconds - std::min(Ours, Units.Nanoseconds));
  Phase("traversal", Seen.TraversalNanoseconds);
  Phase("records", Seen.RecordNanoseconds);
  Phase("end", Seen.EndNanoseconds);

  std::vector<rules::RuleCost> Rules = Seen.Rules;
  llvm::sort(Rules, [](const rules::RuleCost &A, const rules::RuleCost &B) {
    return A.Nanoseconds != B.Nanoseconds ? A.Nanoseconds > B.Nanoseconds : A.Id < B.Id;
  });
  OS << "rules" << llvm::right_justify("calls", 46) << '\n';
  for (const rules::RuleCost &Cost : Rules) {
    OS << llvm::format("  %-38s %10llu", Cost.Id.c_str(), static_cast<unsigned long long>(Cost.Calls));
    Share(Cost.Nanoseconds);
  }
}

} // namespace snug::tool
