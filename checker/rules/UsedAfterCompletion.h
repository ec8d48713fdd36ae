// Finds operation states that are used after they were completed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_USEDAFTERCOMPLETION_H
#define SNUG_CHECKER_RULES_USEDAFTERCOMPLETION_H

#include "rules/Rule.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <string>

namespace snug::rules {

/// Input:  member functions of operation states, by their control-flow graphs; member functions that they call on
///         themselves and that complete on every path are completions, too.
/// Result: a use of `*this` that every way to it has completed before, or that every way on from a completion runs
///         into. Silent where only some do: the conditions may exclude each other.
/// Source: [exec.async.ops], [basic.life]/7.
class UsedAfterCompletion : public Rule {
public:
  using Rule::Rule;
  void leaveFunction(const clang::FunctionDecl &F, RuleContext &Context) override;

private:
  using Completions = llvm::SmallPtrSet<const clang::Stmt *, 4>;
  /// The calls that complete; none of lambdas within, which run later. Whether they are reached is left open.
  Completions completionsIn(const clang::FunctionDecl &Definition, const clang::CXXRecordDecl &Class,
                            RuleContext &Context);
  bool completes(const clang::Expr &Call, const clang::CXXRecordDecl &Class, RuleContext &Context);
  bool alwaysCompletes(const clang::CXXMethodDecl &Method, RuleContext &Context);

  void report(const clang::Expr &Completion, const clang::Expr &Use, const std::string &Name,
              const clang::FunctionDecl &F, RuleContext &Context) const;

  /// Whether a member function completes on every path; false while that is being found out.
  llvm::DenseMap<const clang::FunctionDecl *, bool> Completing;
};

} // namespace snug::rules

#endif
