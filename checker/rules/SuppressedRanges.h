// Where the source says that a rule shall be silent: [[clang::suppress("snug-rule")]] on a declaration or a statement.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SUPPRESSEDRANGES_H
#define SNUG_CHECKER_RULES_SUPPRESSEDRANGES_H

#include "core/Finding.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace snug::rules {

/// Clang knows `suppress` without any plugin, and it changes nothing else. Named are
/// rules ("snug-layout-expectation") or all of ours ("snug"); without a name everything is suppressed, as in Clang's
/// static analyzer.
class SuppressedRanges {
public:
  void note(const clang::Decl &D);
  /// `Function` is the one that holds the statement, or null.
  void note(const clang::Stmt &S, const clang::FunctionDecl *Function, const clang::SourceManager &Sources);

  /// True when the place of `F` lies in a declaration or statement that silences its rule.
  bool cover(const Finding &F, const clang::SourceManager &Sources);

  struct Range {
    clang::SourceLocation Begin;
    clang::SourceLocation End;
    /// Where the attribute stands.
    clang::SourceLocation Attribute;
    /// Empty: everything.
    llvm::SmallVector<std::string, 1> Names;
    /// Nothing of a template: which other instantiations there are no single file can tell.
    bool IsWhole;
    /// The rules whose findings it has covered.
    llvm::SmallVector<std::string, 1> Silenced;
  };
  llvm::ArrayRef<Range> all() const { return Ranges; }

private:
  void add(const clang::Attr &A, clang::SourceRange Where, bool IsWhole, const clang::SourceManager &Sources);

  std::vector<Range> Ranges;
};

/// True when the class, a class around it, or the template it comes from silences the rule: for rules whose findings
/// are about several classes and have one place.
bool silences(const clang::CXXRecordDecl &Class, llvm::StringRef RuleId);
/// The same for a function, for findings that are made after all declarations were seen.
bool silences(const clang::FunctionDecl &Function, llvm::StringRef RuleId);

} // namespace snug::rules

#endif
