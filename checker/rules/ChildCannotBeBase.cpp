// Finds children that live in bytes because of a property of their type that keeps them from being a base class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ChildCannotBeBase.h"

#include "rules/ChildStep.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

void ChildCannotBeBase::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// "is final and cannot be a base class", and where that is written; empty if the type would do.
static std::pair<std::string, SourceLocation> obstacle(const CXXRecordDecl &Child) {
  if (const auto *Final = Child.getAttr<FinalAttr>())
    return {"is final and cannot be a base class", Final->getLocation()};
  if (Child.isUnion())
    return {"is a union and cannot be a base class", Child.getLocation()};
  if (Child.getNumVBases())
    return {"has the virtual base " + quoted(*Child.vbases_begin()->getType()->getAsCXXRecordDecl()) +
                ", whose place in a parent is no property of the type",
            Child.vbases_begin()->getBeginLoc()};
  return {};
}

/// Why bytes are right for a child, whatever its type; empty if a base class would do.
static std::string reasonForBytes(const ChildStep &Step) {
  for (const Creation &C : Step.Created)
    if (C.Bytes == Step.Bytes && C.ByCall)
      return "what a call returns is moved into a base";
  for (const Creation &C : Step.Created)
    if (C.Bytes == Step.Bytes && !llvm::isa<CXXConstructorDecl>(C.Creator))
      return "it is created later than its parent";
  return "";
}

void ChildCannotBeBase::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<ExplicitCastExpr>(S);
  if (Context.isExcluded(Cast.getBeginLoc()))
    return;
  std::optional<ChildStep> Step = matchChildStep(Cast, Scope.Function, Context);
  const CXXRecordDecl *Child = Step ? completeRecord(Step->Child) : nullptr;
  if (!Child || !Settled.insert({Child->getCanonicalDecl(), Step->Bytes->getCanonicalDecl()}).second)
    return;
  const std::string Name = quoted(*Child), Bytes = quoted(*Step->Bytes);
  // Where bytes are right anyway, changing the type would not help.
  const std::string Right = reasonForBytes(*Step);
  const auto [Obstacle, Where] = Right.empty() ? obstacle(*Child) : std::pair<std::string, SourceLocation>();
  if (Obstacle.empty() && Right.empty())
    return;
  Finding F = violated(
      Context.locate(Cast.getBeginLoc()),
      Name +
          (Obstacle.empty() ? " cannot be a base class of " + quoted(*Step->Parent) + ": " + Right : " " + Obstacle) +
          "; it lives in the bytes " + Bytes + " of " + quoted(*Step->Slot));
  if (Obstacle.empty()) {
    F.Result = Verdict::Holds;
    F.Severity = Level::Remark;
    // Not merged with what is violated in another instantiation.
    return Context.report(std::move(F));
  }
  F.Reasons.push_back({"", Name + " " + Obstacle, Context.locate(Where), {}});
  F.Reasons.push_back({"",
                       "as a base it would share its tail padding with its parent, and the step to the parent would "
                       "be a static_cast",
                       Context.locate(Step->Bytes->getLocation()),
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
