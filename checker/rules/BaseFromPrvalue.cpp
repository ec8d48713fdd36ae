// Finds base classes that are initialised from a call's result, which moves it: nothing is elided there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BaseFromPrvalue.h"

#include "rules/Names.h"
#include "rules/SelfAddress.h"
#include "rules/SenderShapes.h"

namespace snug::rules {

using namespace clang;

void BaseFromPrvalue::judge(const CallInitialiser &Init, const FunctionDecl *Function, RuleContext &Context) {
  if (Init.Member || !Init.MovedBy || Context.isExcluded(Init.Call->getBeginLoc()))
    return;
  std::optional<KeptAddress> Kept = keptAddress(*Init.Part);
  const bool Dangles = Kept && copiesAddress(*Init.MovedBy, *Kept);
  const bool Operation = statesOperation(*Init.Part);
  if (!Dangles && !Operation)
    return;
  const std::string Part = quoted(*Init.Part);
  Finding F = violated(Context.locate(Init.Call->getBeginLoc()),
                       std::string(Operation ? "operation state " : "") + Part + " is moved into the base of " +
                           quoted(*Init.Whole) + ": what a call returns is not constructed in the place of a base");
  if (!Dangles)
    F.Severity = Level::Warning;
  else if (!Operation)
    F.Severity = Level::Note;
  if (Dangles)
    F.Reasons.push_back({"",
                         quoted(*Kept->Field) + " is the address of the object that the call made, and stays it when " +
                             Part + " is moved",
                         Context.locate(Kept->Where),
                         {}});
  else
    F.Reasons.push_back(
        {"",
         Part + " can be moved here; whatever keeps its address from before " + "is left with the old one",
         Context.locate(Init.MovedBy->getLocation()),
         {}});
  F.Reasons.push_back({"",
                       "a member that is not [[no_unique_address]] is constructed in its place; for a base, give " +
                           Part + " a constructor that takes what the call takes",
                       F.Where,
                       {}});
  Context.report(std::move(F), Function);
}

} // namespace snug::rules
