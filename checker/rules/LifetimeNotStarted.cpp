// Finds uses of an object in bytes where nothing was created yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LifetimeNotStarted.h"

#include "rules/Names.h"

namespace snug::rules {

using namespace clang;

void LifetimeNotStarted::report(const LifetimeFault &Fault, const FunctionDecl &F, RuleContext &Context) {
  if (Fault.What == LifetimeFault::Kind::Ended)
    return;
  const std::string Type = quoted(Fault.Type, Context.AST), Bytes = quoted(*Fault.Storage);
  const bool Empty = Fault.What == LifetimeFault::Kind::LeftEmpty;
  Finding Found =
      violated(Context.locate(Fault.Where),
               Empty ? "this constructor creates no " + Type + " in " + Bytes + ", which the destructor destroys"
                     : "no " + Type + " has been created in " + Bytes + " yet, and it is " +
                           (Fault.Act == StorageAct::Destroy ? "destroyed" : "used") + " here");
  if (Empty)
    Found.Reasons.push_back({"", "it is destroyed here, on every path", Context.locate(Fault.Ended), {}});
  if (Fault.Inside.isValid())
    Found.Reasons.push_back({"", "the use is in the function that is called", Context.locate(Fault.Inside), {}});
  Found.Reasons.push_back({"",
                           "the bytes are storage; the lifetime of the " + Type +
                               " begins with placement new or "
                               "construct_at",
                           Context.locate(Fault.Storage->getLocation()),
                           {}});
  Context.report(std::move(Found), &F);
}

} // namespace snug::rules
