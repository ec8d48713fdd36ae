// A function held to its hand-written twin.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Twin.h"

#include "machine/TextWriter.h"

#include "llvm/ADT/STLExtras.h"

namespace snug::machine {

std::vector<Finding> holdToTwin(const FunctionReport &Function, const FunctionReport &Twin) {
  constexpr llvm::StringLiteral Held[] = {"loads", "chain", "instructions", "calls"};
  std::vector<Finding> Above;
  for (const MetricName &M : metricNames()) {
    const std::uint64_t Own = M.Get(Function.Figures), Allowed = M.Get(Twin.Figures);
    if (!llvm::is_contained(Held, llvm::StringRef(M.Name)) || Own <= Allowed)
      continue;
    const Bound B{Bound::Op::AtMost, &M, Allowed, ""};
    Finding F;
    F.RuleId = "asm-expectation";
    F.Severity = Level::Error;
    F.Where.File = Function.In;
    F.Message =
        "'" + Function.Name + "' " + sayActual(B, Function) + "; its twin '" + Twin.Name + "' " + sayActual(B, Twin);
    F.Reasons = explain(Function, B);
    Above.push_back(std::move(F));
  }
  return Above;
}

} // namespace snug::machine
