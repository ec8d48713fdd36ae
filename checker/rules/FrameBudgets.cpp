// Bounds on coroutine frames, judged twice: from the source by an estimate, after code generation by the real size.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FrameBudgets.h"

#include "rules/FrameFacts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <set>
#include <utility>

namespace snug::rules {

namespace {

/// `Size` is what the message says of the frame: "takes at least 96 bytes, estimated from its source".
Finding broken(const FrameBudget &Budget, const llvm::Twine &Size) {
  Finding F = Budget.Draft;
  F.Message = (Budget.Who + " " + Size + "; ").str();
  if (Budget.IsStated) {
    const char *Bound = Budget.How == Relation::AtMost    ? "at most "
                        : Budget.How == Relation::AtLeast ? "at least "
                                                          : "";
    F.Message += Bound + count(Budget.Bytes, "byte was stated", "bytes were stated");
  } else {
    F.Message += "its budget is " + count(Budget.Bytes, "byte", "bytes");
  }
  F.Severity = Budget.IsStated ? Level::Error : Level::Warning;
  return F;
}

} // namespace

std::optional<Finding> judgeFrame(const FrameBudget &Budget, std::uint64_t ActualBytes, bool IsEstimate) {
  if (!IsEstimate) {
    if (holds(Budget.How, ActualBytes, Budget.Bytes))
      return std::nullopt;
    return broken(Budget, "is " + count(ActualBytes, "byte", "bytes"));
  }
  if (Budget.How == Relation::AtLeast || ActualBytes <= Budget.Bytes)
    return std::nullopt;
  Finding F = broken(Budget, "takes at least " + count(ActualBytes, "byte", "bytes") + ", estimated from its source");
  F.Severity = Level::Warning;
  return F;
}

std::optional<Finding> judgeFrameOf(const FrameBudget &Budget, llvm::ArrayRef<std::uint64_t> SizesBytes) {
  std::set<std::uint64_t> Possible(SizesBytes.begin(), SizesBytes.end());
  Possible.erase(Possible.begin(), Possible.lower_bound(Budget.AtLeastBytes));
  const auto Fitting =
      llvm::count_if(Possible, [&](std::uint64_t Bytes) { return holds(Budget.How, Bytes, Budget.Bytes); });
  const auto All = static_cast<std::ptrdiff_t>(Possible.size());
  if (Fitting == All)
    return std::nullopt;
  std::string Text;
  for (std::uint64_t Bytes : Possible)
    Text += (Text.empty() ? "" : " or ") + std::to_string(Bytes);
  Finding F = broken(Budget, "is " + Text + " bytes");
  if (Fitting != 0) {
    F.Result = Verdict::Undecided;
    F.Severity = Level::Warning;
    F.Reasons.push_back({"",
                         "which of " + count(SizesBytes.size(), "coroutine lambda", "coroutine lambdas") +
                             " without linkage in one place and of one type this is cannot be told; a function with a "
                             "name can",
                         F.Where,
                         {}});
  }
  return F;
}

FrameBudgets &FrameBudgets::current() {
  thread_local FrameBudgets Budgets;
  return Budgets;
}

void FrameBudgets::drop(llvm::function_ref<bool(const Finding &)> Unwanted) {
  std::erase_if(Waiting, [&](const FrameBudget &Budget) { return Unwanted(Budget.Draft); });
}

void FrameBudgets::defined(llvm::ArrayRef<std::string> Symbols) {
  Groups.clear();
  for (const std::string &Symbol : Symbols)
    if (std::string Pattern = withoutNumbers(Symbol); Pattern != Symbol)
      ++Groups[std::move(Pattern)].NotMeasured;
}

std::vector<Finding> FrameBudgets::measured(llvm::StringRef Symbol, std::uint64_t Bytes) {
  std::vector<Finding> Result;
  auto Judge = [&](llvm::StringRef Of, auto JudgeOne) {
    std::erase_if(Waiting, [&](const FrameBudget &Budget) {
      if (Budget.Symbol != Of)
        return false;
      if (std::optional<Finding> F = JudgeOne(Budget))
        Result.push_back(std::move(*F));
      return true;
    });
  };
  Judge(Symbol, [&](const FrameBudget &Budget) { return judgeFrame(Budget, Bytes, /*IsEstimate=*/false); });
  if (auto Found = Groups.find(withoutNumbers(Symbol)); Found != Groups.end()) {
    Group &Alike = Found->second;
    Alike.SizesBytes.push_back(Bytes);
    if (--Alike.NotMeasured == 0)
      Judge(Found->first, [&](const FrameBudget &Budget) { return judgeFrameOf(Budget, Alike.SizesBytes); });
  }
  return Result;
}

void FrameBudgets::rename(llvm::StringRef Old, llvm::StringRef New) {
  for (FrameBudget &Budget : Waiting)
    if (Budget.Symbol == Old)
      Budget.Symbol = New.str();
}

void FrameBudgets::clear() {
  Waiting.clear();
  Groups.clear();
  MeasuredLater = false;
}

} // namespace snug::rules
