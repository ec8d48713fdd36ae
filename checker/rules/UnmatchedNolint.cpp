// Finds NOLINTBEGIN and NOLINTEND comments that have no other end, and so silence nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UnmatchedNolint.h"

#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

std::vector<Finding> unmatchedComments(const NoLintComments &Comments, const RuleContext &Context) {
  constexpr llvm::StringRef Id = "unmatched-nolint";
  std::vector<Finding> Result;
  if (!Context.Options.RuleIds.empty() && !llvm::is_contained(Context.Options.RuleIds, Id))
    return Result;
  for (const auto &[Where, Comment] : Comments.unmatched()) {
    if (llvm::none_of(allRules(), [&](const RuleInfo &Info) { return namesRule(Comment->Rules, Info.Id); }))
      continue; // other checkers'
    Finding F;
    F.RuleId = Id.str();
    F.Severity = Level::Warning;
    F.Result = Verdict::Violated;
    F.Where = Context.locate(Where);
    F.Message = Comment->IsBegin ? "this NOLINTBEGIN silences nothing: no NOLINTEND with the same list follows"
                                 : "this NOLINTEND ends nothing: no NOLINTBEGIN with the same list is open here";
    Result.push_back(std::move(F));
  }
  return Result;
}

} // namespace snug::rules
