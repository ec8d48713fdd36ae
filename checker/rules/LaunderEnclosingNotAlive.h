// Finds std::launder to a class that is still under construction, or already under destruction.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAUNDERENCLOSINGNOTALIVE_H
#define SNUG_CHECKER_RULES_LAUNDERENCLOSINGNOTALIVE_H

#include "rules/Rule.h"

#include <vector>

namespace snug::rules {

/// Input: calls of launder whose result points to a class, and the constructors and destructors of that class.
/// Undecided when: the argument is (PointerModel), or the call cannot be reached from there through visible, direct
/// calls; silent then.
/// Source: [ptr.launder]/2, [basic.life]/1.
class LaunderEnclosingNotAlive : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  struct Laundering {
    const clang::CallExpr *Call;
    const clang::CXXRecordDecl *Class;
    const clang::FunctionDecl *Function;
  };
  std::vector<Laundering> Found;
};

} // namespace snug::rules

#endif
