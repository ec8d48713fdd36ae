// What the configuration and the source itself make of findings; the last step in every host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Settle.h"

#include "rules/Entities.h"
#include "rules/FrameBudgets.h"
#include "rules/NoLint.h"
#include "rules/ReportedFiles.h"
#include "rules/UnmatchedNolint.h"
#include "rules/UnusedSuppression.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::rules {

Level configuredLevel(Level Own, Level Default, RuleLevel Configured) {
  const Level Wanted = Configured == RuleLevel::Error     ? Level::Error
                       : Configured == RuleLevel::Warning ? Level::Warning
                                                          : Level::Note;
  if (Wanted > Default)
    return Own >= Default ? std::max(Own, Wanted) : Own;
  return std::min(Own, Wanted);
}

void setConfiguredLevel(Finding &F, const RunOptions &Options) {
  if (F.Result != Verdict::Violated)
    return;
  for (std::size_t I = 0; I != Options.States.size(); ++I)
    if (Options.States[I].Id == F.RuleId && Options.States[I].Level)
      F.Severity = configuredLevel(F.Severity, allRules()[I].DefaultLevel, *Options.States[I].Level);
}

void settle(std::vector<Finding> &Findings, SuppressedRanges &Suppressed, const RuleContext &Context) {
  const RunOptions &Options = Context.Options;
  const clang::SourceManager &Sources = Context.sources();
  const ReportedFiles Files(Options.Files, Sources);
  NoLintComments Comments(Sources);
  auto Unwanted = [&](const Finding &F) {
    return !Files.wants(F) || Suppressed.cover(F, Sources) || Comments.cover(F);
  };
  llvm::erase_if(Findings, Unwanted);
  FrameBudgets::current().drop(Unwanted);
  for (Finding &F : unmatchedComments(Comments, Context))
    if (Files.wants(F) && !Suppressed.cover(F, Sources))
      Findings.push_back(std::move(F));
  // Last: by now each has silenced what it can.
  for (Finding &F : unusedSuppressions(Suppressed, Comments, Context))
    if (!Unwanted(F))
      Findings.push_back(std::move(F));
  for (Finding &F : Findings)
    setConfiguredLevel(F, Options);
  nameEntities(Findings, Context.AST);
}

} // namespace snug::rules
