// Finds uses of an object in bytes after it was destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LifetimeEnded.h"

#include "rules/Names.h"

namespace snug::rules {

using namespace clang;

void LifetimeEnded::report(const LifetimeFault &Fault, const FunctionDecl &F, RuleContext &Context) {
  if (Fault.What != LifetimeFault::Kind::Ended)
    return;
  const std::string Type = quoted(Fault.Type, Context.AST), Bytes = quoted(*Fault.Storage);
  Finding Found = violated(Context.locate(Fault.Where),
                           "the " + Type + " in " + Bytes + " has been destroyed, and it is " +
                               (Fault.Act == StorageAct::Destroy ? "destroyed again here" : "used here"));
  if (Fault.Ended.isValid())
    Found.Reasons.push_back({"", "its lifetime ended here", Context.locate(Fault.Ended), {}});
  if (Fault.Inside.isValid())
    Found.Reasons.push_back({"", "the use is in the function that is called", Context.locate(Fault.Inside), {}});
  Found.Reasons.push_back(
      {"", "use it before, or create another one first", Context.locate(Fault.Storage->getLocation()), {}});
  Context.report(std::move(Found), &F);
}

} // namespace snug::rules
