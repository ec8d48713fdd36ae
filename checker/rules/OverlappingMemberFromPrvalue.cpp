// Finds [[no_unique_address]] members that are initialised from a call's result, which some compilers move.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/OverlappingMemberFromPrvalue.h"

#include "rules/Names.h"
#include "rules/SelfAddress.h"
#include "rules/SenderShapes.h"

#include "clang/AST/Attr.h"

namespace snug::rules {

using namespace clang;

void OverlappingMemberFromPrvalue::judge(const CallInitialiser &Init, const FunctionDecl *Function,
                                         RuleContext &Context) {
  if (!Init.Member || !Init.Member->hasAttr<NoUniqueAddressAttr>() || Context.isExcluded(Init.Call->getBeginLoc()))
    return;
  std::optional<KeptAddress> Kept = keptAddress(*Init.Part);
  const bool Operation = statesOperation(*Init.Part);
  if (!Kept && !Operation)
    return;
  const std::string Part = quoted(*Init.Part);
  const bool Immovable = isImmovable(*Init.Part);
  Finding F = violated(Context.locate(Init.Call->getBeginLoc()),
                       "GCC " + std::string(Immovable ? "refuses to move " : "moves ") +
                           (Operation ? "operation state " : "") + Part + " into " + quoted(*Init.Member) +
                           ", which is [[no_unique_address]]; Clang constructs it in its place");
  if (Immovable || !Operation)
    F.Severity = Level::Note;
  if (Kept && !Immovable)
    F.Reasons.push_back({"",
                         quoted(*Kept->Field) + " keeps the address of the object that the call made",
                         Context.locate(Kept->Where),
                         {}});
  F.Reasons.push_back({"",
                       "drop [[no_unique_address]], or give " + Part + " a constructor that takes what the call takes",
                       Context.locate(Init.Member->getLocation()),
                       {}});
  Context.report(std::move(F), Function);
}

} // namespace snug::rules
