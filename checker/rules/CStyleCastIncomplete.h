// Finds C-style casts between classes that turned out to be base and derived later.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CSTYLECASTINCOMPLETE_H
#define SNUG_CHECKER_RULES_CSTYLECASTINCOMPLETE_H

#include "rules/Rule.h"

#include <map>
#include <utility>
#include <vector>

namespace snug::rules {

/// Input: C-style and functional casts that could not see the relation, because a class was incomplete; in a template
/// where it is instantiated. Undecided when: a class stays incomplete in the translation unit; silent then.
/// Source: [expr.cast]/4.
class CStyleCastIncomplete : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  using Classes = std::pair<const clang::CXXRecordDecl *, const clang::CXXRecordDecl *>;
  struct Seen {
    Finding What;
    Classes Between;
    const clang::FunctionDecl *Function;
  };
  std::vector<Seen> Found;
  /// Derived and base, and a C-style cast that did see the relation.
  std::map<Classes, clang::SourceLocation> Converting;
};

} // namespace snug::rules

#endif
