// Finds make_receiver_for in the receivers of a file, those of templates included.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_RECEIVERMAKERS_H
#define SNUG_CHECKER_RULES_RECEIVERMAKERS_H

#include "rules/Rule.h"

#include "clang/AST/DeclTemplate.h"

#include <set>

namespace snug::rules {

/// One make_receiver_for, and the receiver that declares it.
struct ReceiverMaker {
  const clang::CXXRecordDecl *Receiver;
  /// What a function template declares, if it is one.
  const clang::CXXMethodDecl *Method;
  /// Whether the receiver is a class template, or stands in one, and is looked at before its arguments are known.
  bool IsPattern;

  const clang::FunctionTemplateDecl *functionTemplate() const { return Method->getDescribedFunctionTemplate(); }
};

/// The make_receiver_for that a class itself declares, without deleted ones; empty for classes that are no receivers
/// (isReceiver).
std::vector<ReceiverMaker> makersOf(const clang::CXXRecordDecl &Record, bool IsPattern);

/// Base of the rules about make_receiver_for. A class template is judged first, then its instantiations: what can be
/// said without arguments is said once, at the template, and not again.
class ReceiverMakerRule : public Rule {
public:
  using Rule::Rule;
  void declareDeclInterest(DeclInterest &Interest) const override { addKinds<clang::ClassTemplateDecl>(Interest); }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

protected:
  /// Whether something was reported.
  virtual bool judge(const ReceiverMaker &Maker, RuleContext &Context) = 0;

private:
  void judgeOnce(const clang::CXXRecordDecl &Record, bool IsPattern, RuleContext &Context);
  void visitPattern(const clang::CXXRecordDecl &Pattern, RuleContext &Context);

  /// Where a template was found wrong.
  std::set<clang::SourceLocation> Settled;
};

} // namespace snug::rules

#endif
