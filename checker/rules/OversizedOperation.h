// Holds operation states and coroutine frames to the budgets of the configuration and names what costs most.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_OVERSIZEDOPERATION_H
#define SNUG_CHECKER_RULES_OVERSIZEDOPERATION_H

#include "rules/FrameBudgets.h"
#include "rules/Rule.h"
#include "rules/Specialisations.h"

#include "llvm/Support/GlobPattern.h"

#include <map>

namespace snug::rules {

/// Input:  classes whose names a budget matches; coroutines whose names a budget matches or on which `frame` is stated.
/// Result: one finding per class or template above its budget, with the subobjects that cost most; one per coroutine
///         whose frame is above its bound, with the suspension point that keeps most alive. Sizes of frames are known
///         after code generation only (FrameBudgets.h); before that a lower bound is judged.
class OversizedOperation : public Rule {
public:
  using Rule::Rule;
  void enterFunction(const clang::FunctionDecl &Function, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  struct Bound {
    std::uint64_t AtMost;
    const Budget *From;
  };
  /// Per quantity the last budget that matches the name decides.
  std::map<std::string, Bound> boundsOf(llvm::StringRef Name, RuleContext &Context);
  void reportTypes(const std::string &Quantity, const HeaviestSpecialisations &Found, RuleContext &Context);

  /// Compiled globs, in the order of the budgets.
  std::vector<llvm::GlobPattern> Globs;
  /// By quantity.
  std::map<std::string, HeaviestSpecialisations> AboveBudget;
};

} // namespace snug::rules

#endif
