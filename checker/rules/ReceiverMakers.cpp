// Finds make_receiver_for in the receivers of a file, those of templates included.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ReceiverMakers.h"

#include "rules/SenderShapes.h"

namespace snug::rules {

using namespace clang;

std::vector<ReceiverMaker> makersOf(const CXXRecordDecl &Record, bool IsPattern) {
  std::vector<ReceiverMaker> Result;
  for (const NamedDecl *Found : membersNamed(Record, "make_receiver_for")) {
    const FunctionDecl *Function = Found->getAsFunction();
    const auto *Method = llvm::dyn_cast_or_null<CXXMethodDecl>(Function);
    // Lookup finds a definition that stands outside of the class; the class is where it is declared.
    Method = Method ? Method->getCanonicalDecl() : nullptr;
    if (Method && !Method->isDeleted() && !Method->isInvalidDecl() && Method->getParent() == &Record)
      Result.push_back({&Record, Method, IsPattern});
  }
  if (!Result.empty() && !isReceiver(Record))
    Result.clear();
  return Result;
}

void ReceiverMakerRule::judgeOnce(const CXXRecordDecl &Record, bool IsPattern, RuleContext &Context) {
  if (!Context.shapes().mayMakeReceivers(Record))
    return;
  for (const ReceiverMaker &Maker : makersOf(Record, IsPattern)) {
    const SourceLocation Where = Maker.Method->getLocation();
    if (!Context.isExcluded(Where) && !Settled.count(Where) && judge(Maker, Context) && IsPattern)
      Settled.insert(Where);
  }
}

void ReceiverMakerRule::visitPattern(const CXXRecordDecl &Pattern, RuleContext &Context) {
  const CXXRecordDecl *Definition = Pattern.getDefinition();
  if (!Definition || Definition->isInvalidDecl())
    return;
  judgeOnce(*Definition, true, Context);
  for (const Decl *Member : Definition->decls()) {
    if (const auto *Template = llvm::dyn_cast<ClassTemplateDecl>(Member))
      visitPattern(*Template->getTemplatedDecl(), Context);
    else if (const auto *Class = llvm::dyn_cast<CXXRecordDecl>(Member);
             Class && !Class->isImplicit() && Class->isThisDeclarationADefinition())
      visitPattern(*Class, Context);
  }
}

void ReceiverMakerRule::visitDecl(const Decl &D, RuleContext &Context) {
  const auto *Template = llvm::cast<ClassTemplateDecl>(&D);
  if (!Template->isThisDeclarationADefinition() || Context.isExcluded(D.getLocation()))
    return;
  visitPattern(*Template->getTemplatedDecl(), Context);
  llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
  const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(Partial);
  for (const ClassTemplatePartialSpecializationDecl *P : Partial)
    visitPattern(*P, Context);
}

void ReceiverMakerRule::visitRecord(const CXXRecordDecl &Record, RuleContext &Context) {
  if (Context.shapes().mayMakeReceivers(Record) && !Context.isExcluded(Record.getLocation()))
    judgeOnce(Record, false, Context);
}

} // namespace snug::rules
