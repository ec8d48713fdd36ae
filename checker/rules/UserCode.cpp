// Whose code a class is: the user's, or somebody else's that the user's types are put into.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UserCode.h"

#include "clang/AST/DeclTemplate.h"

namespace snug::rules {

using namespace clang;

static const CXXRecordDecl *userArgument(llvm::ArrayRef<TemplateArgument> Arguments, const RuleContext &Context) {
  for (const TemplateArgument &Argument : Arguments) {
    const CXXRecordDecl *Found = nullptr;
    if (Argument.getKind() == TemplateArgument::Pack)
      Found = userArgument(Argument.getPackAsArray(), Context);
    else if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class = Argument.getAsType()->getAsCXXRecordDecl())
        Found = Context.isExcluded(Class->getLocation()) ? userArgument(*Class, Context) : Class;
    if (Found)
      return Found;
  }
  return nullptr;
}

static const CXXRecordDecl *findUserArgument(const CXXRecordDecl &Record, const RuleContext &Context) {
  for (const DeclContext *C = &Record; C && C->isRecord(); C = C->getParent())
    if (const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(C))
      if (const CXXRecordDecl *Found = userArgument(Specialization->getTemplateArgs().asArray(), Context))
        return Found;
  return nullptr;
}

const CXXRecordDecl *userArgument(const CXXRecordDecl &Record, const RuleContext &Context) {
  auto Known = Context.UserArguments.find(&Record);
  if (Known != Context.UserArguments.end())
    return Known->second;
  const CXXRecordDecl *Found = findUserArgument(Record, Context);
  Context.UserArguments[&Record] = Found;
  return Found;
}

bool isUsers(const CXXRecordDecl &Record, const RuleContext &Context) {
  return !Context.isExcluded(Record.getLocation()) || userArgument(Record, Context);
}

SourceLocation placeForUser(const CXXRecordDecl &Record, const RuleContext &Context) {
  return Context.isExcluded(Record.getLocation()) ? userArgument(Record, Context)->getLocation() : Record.getLocation();
}

const Decl *templateOf(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
  return (Pattern ? Pattern : &Record)->getCanonicalDecl();
}

} // namespace snug::rules
