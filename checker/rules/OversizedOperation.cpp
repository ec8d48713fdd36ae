// Holds operation states and coroutine frames to the budgets of the configuration and names what costs most.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/OversizedOperation.h"

#include "layout/Names.h"
#include "rules/CoroutineFrame.h"
#include "rules/LayoutFigures.h"
#include "rules/Names.h"
#include "rules/SenderShapes.h"
#include "rules/StatedExpectations.h"
#include "rules/SuppressedRanges.h"

#include "clang/AST/Mangle.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {
namespace {

/// So many of the things that cost most are named.
constexpr std::size_t MostNamed = 5;

std::string bytesOf(std::uint64_t N) { return bytes(static_cast<std::int64_t>(N)); }

const Quantity &quantity(llvm::StringRef Name) { return *parseExpectationName(Name)->What; }

Location placeOf(clang::SourceLocation Where, const RuleContext &Context) {
  return Context.locate(Context.sources().getFileLoc(Where));
}

Reason origin(const Budget &From, Location Where) {
  return {"budget", "the budget of '" + From.TypeGlob + "' is set at " + From.Origin, std::move(Where), {}};
}

/// Adds what the frame holds at its worst point, most first.
void addFrameReasons(std::vector<Reason> &Reasons, const FrameEstimate &Frame, const clang::FunctionDecl &Coroutine,
                     const RuleContext &Context) {
  if (Frame.promiseBytes())
    Reasons.push_back(
        {"",
         bytesOf(Frame.promiseBytes()) + " hold the promise, of type " + quoted(Frame.promiseType(), Context.AST),
         placeOf(Coroutine.getLocation(), Context),
         {}});
  const SuspensionPoint *Worst = Frame.worst();
  if (!Worst || Worst->Alive.empty())
    return;
  const bool IsYield = Worst->At && llvm::isa<clang::CoyieldExpr>(Worst->At);
  std::string Where = !Worst->At ? "while the coroutine waits to be started"
                      : IsYield  ? "while this co_yield waits"
                                 : "while this co_await waits";
  Reasons.push_back(
      {"", bytesOf(Worst->aliveBytes()) + " are kept alive " + Where, placeOf(Worst->Where, Context), {}});
  for (const FrameResident &R : llvm::ArrayRef<FrameResident>(Worst->Alive).take_front(MostNamed))
    Reasons.push_back({"",
                       bytesOf(R.SizeBytes) + (R.SizeBytes == 1 ? " holds " : " hold ") + R.What + ", of type " +
                           quoted(R.Type, Context.AST),
                       placeOf(R.Where, Context),
                       {}});
  if (Worst->Alive.size() > MostNamed)
    Reasons.push_back(
        {"", "and " + countOf(Worst->Alive.size() - MostNamed, "smaller one"), placeOf(Worst->Where, Context), {}});
}

} // namespace

std::map<std::string, OversizedOperation::Bound> OversizedOperation::boundsOf(llvm::StringRef Name,
                                                                              RuleContext &Context) {
  const std::vector<Budget> &Budgets = Context.Options.Budgets;
  if (Globs.empty())
    for (const Budget &B : Budgets)
      Globs.push_back(llvm::cantFail(llvm::GlobPattern::create(B.TypeGlob, 256), "checked by the configuration"));
  std::map<std::string, Bound> Result;
  for (std::size_t I = 0; I != Budgets.size(); ++I)
    if (Globs[I].match(Name)) {
      Context.UsedBudgets.insert(Budgets[I].Origin);
      for (const auto &[Quantity, AtMost] : Budgets[I].AtMost)
        Result.insert_or_assign(Quantity, Bound{AtMost, &Budgets[I]});
    }
  return Result;
}

void OversizedOperation::enterFunction(const clang::FunctionDecl &Function, RuleContext &Context) {
  if (!coroutineBody(Function) || Function.isDependentContext())
    return;
  std::vector<FrameBudget> Found;
  for (const StatedExpectation &Stated : statedOn(Function)) {
    if (Stated.Name.What->Name != "frame" || !Stated.IsConstant || Stated.Value < 0)
      continue;
    FrameBudget B;
    B.How = Stated.Name.How;
    B.Bytes = static_cast<std::uint64_t>(Stated.Value);
    B.IsStated = true;
    B.Draft.Reasons.push_back({"stated", "the frame was stated here", Context.locate(Stated.Where), {}});
    Found.push_back(std::move(B));
  }
  if (!Context.Options.Budgets.empty()) {
    const std::map<std::string, Bound> Bounds = boundsOf(Function.getQualifiedNameAsString(), Context);
    if (auto Frame = Bounds.find("frame"); Frame != Bounds.end()) {
      FrameBudget B;
      B.Bytes = Frame->second.AtMost;
      B.Draft.Reasons.push_back(origin(*Frame->second.From, placeOf(Function.getLocation(), Context)));
      Found.push_back(std::move(B));
    }
  }
  if (Found.empty())
    return;

  FrameBudgets &Waiting = FrameBudgets::current();
  const FrameEstimate Frame(Function, Context.AST);
  const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(&Function);
  const bool IsLambda = Method && Method->getParent()->isLambda();
  for (FrameBudget &B : Found) {
    B.Who = IsLambda ? "the frame of the coroutine lambda" : "the frame of coroutine " + quoted(Function);
    std::vector<Reason> Bound = std::move(B.Draft.Reasons);
    B.Draft = violated(placeOf(Function.getLocation(), Context), "");
    addFrameReasons(B.Draft.Reasons, Frame, Function, Context);
    append(B.Draft.Reasons, std::move(Bound));
    if (!Waiting.MeasuredLater) {
      if (std::optional<Finding> F = judgeFrame(B, Frame.atLeastBytes(), /*IsEstimate=*/true))
        Context.report(std::move(*F), &Function);
    } else if (!silences(Function, info().Id)) {
      B.Symbol = clang::ASTNameGenerator(Context.AST).getName(&Function);
      B.AtLeastBytes = Frame.atLeastBytes();
      Waiting.add(std::move(B));
    }
  }
}

void OversizedOperation::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  if (Context.Options.Budgets.empty() || Context.isExcluded(Record.getLocation()))
    return;
  const clang::QualType Type = layout::typeOf(Context.AST, Record);
  LayoutFigures Figures(Type, Context);
  for (const auto &[Name, Bound] : boundsOf(layout::nameOf(Context.AST, Record), Context)) {
    if (Name == "frame")
      continue;
    std::optional<std::uint64_t> Actual = Figures.of(quantity(Name));
    if (Actual && *Actual > Bound.AtMost)
      AboveBudget[Name].add(Record, *Actual);
  }
}

void OversizedOperation::finish(RuleContext &Context) {
  for (const auto &[Name, Found] : AboveBudget)
    reportTypes(Name, Found, Context);
}

void OversizedOperation::reportTypes(const std::string &Name, const HeaviestSpecialisations &Found,
                                     RuleContext &Context) {
  const Quantity &Q = quantity(Name);
  for (const auto &[Template, K] : Found.all()) {
    const clang::CXXRecordDecl &Record = *K.Record;
    const Bound Limit = boundsOf(layout::nameOf(Context.AST, Record), Context).at(Name);
    Finding F = violated(placeOf(Record.getLocation(), Context),
                         (isOperationState(Record) ? "operation state " : "class ") + quoted(Record) + " " +
                             predicate(Q, K.Amount) + "; its budget is " + count(Limit.AtMost, Q));
    LayoutFigures Figures(layout::typeOf(Context.AST, Record), Context);
    append(F.Reasons, Name == "size" || Name == "cache_lines" ? Figures.layout().costliest(MostNamed)
                                                              : Figures.whyMoreThan(Limit.AtMost, Q));
    addOthers(F, K);
    F.Reasons.push_back(origin(*Limit.From, F.Where));
    Context.report(std::move(F));
  }
}

} // namespace snug::rules
