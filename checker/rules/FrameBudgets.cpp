// Bounds on coroutine frames, judged twice: from the source by an estimate, after code generation by the real size.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FrameBudgets.h"

#include <utility>

namespace snug::rules {

std::optional<Finding> judgeFrame(const FrameBudget &Budget, std::uint64_t ActualBytes, bool IsEstimate) {
  const bool Broken = IsEstimate ? Budget.How != Relation::AtLeast && ActualBytes > Budget.Bytes
                                 : !holds(Budget.How, ActualBytes, Budget.Bytes);
  if (!Broken)
    return std::nullopt;
  Finding F = Budget.Draft;
  F.Message = Budget.Who + (IsEstimate ? " takes at least " : " is ") + count(ActualBytes, "byte", "bytes") +
              (IsEstimate ? ", estimated from its source; " : "; ");
  if (Budget.IsStated) {
    const char *Bound = Budget.How == Relation::AtMost    ? "at most "
                        : Budget.How == Relation::AtLeast ? "at least "
                                                          : "";
    F.Message += Bound + count(Budget.Bytes, "byte was stated", "bytes were stated");
  } else {
    F.Message += "its budget is " + count(Budget.Bytes, "byte", "bytes");
  }
  F.Severity = Budget.IsStated && !IsEstimate ? Level::Error : Level::Warning;
  return F;
}

FrameBudgets &FrameBudgets::current() {
  thread_local FrameBudgets Budgets;
  return Budgets;
}

void FrameBudgets::drop(llvm::function_ref<bool(const Finding &)> Unwanted) {
  std::erase_if(Waiting, [&](const FrameBudget &Budget) { return Unwanted(Budget.Draft); });
}

std::vector<Finding> FrameBudgets::measured(llvm::StringRef Symbol, std::uint64_t Bytes) {
  std::vector<Finding> Result;
  std::erase_if(Waiting, [&](const FrameBudget &Budget) {
    if (Budget.Symbol != Symbol)
      return false;
    if (std::optional<Finding> F = judgeFrame(Budget, Bytes, /*IsEstimate=*/false))
      Result.push_back(std::move(*F));
    return true;
  });
  return Result;
}

void FrameBudgets::rename(llvm::StringRef Old, llvm::StringRef New) {
  for (FrameBudget &Budget : Waiting)
    if (Budget.Symbol == Old)
      Budget.Symbol = New.str();
}

void FrameBudgets::clear() {
  Waiting.clear();
  MeasuredLater = false;
}

} // namespace snug::rules
