// Finds operation states that can be copied or moved.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/MovableOperationState.h"

#include "rules/Names.h"
#include "rules/SelfAddress.h"
#include "rules/SenderShapes.h"
#include "rules/UserCode.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace snug::rules {

using namespace clang;

/// A base that is told which class derives from it.
static bool namesDerived(const CXXRecordDecl &Base, const CXXRecordDecl &Derived) {
  const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(&Base);
  return Specialization && llvm::any_of(Specialization->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
           return A.getKind() == TemplateArgument::Type &&
                  declaresSameEntity(A.getAsType()->getAsCXXRecordDecl(), &Derived);
         });
}

static bool isCopiedAlong(const CXXRecordDecl &Base, const KeptAddress &Kept) {
  return Base.needsImplicitCopyConstructor() || Base.needsImplicitMoveConstructor() ||
         llvm::any_of(Base.ctors(), [&](const CXXConstructorDecl *C) {
           return C->isCopyOrMoveConstructor() && !C->isDeleted() && copiesAddress(*C, Kept);
         });
}

/// The address of a derived class's object in a base that was made for it.
static std::optional<KeptAddress> keptByBase(const CXXRecordDecl &Record) {
  for (const CXXBaseSpecifier &Specifier : Record.bases()) {
    const CXXRecordDecl *Base = completeRecord(Specifier.getType());
    if (!Base || !namesDerived(*Base, Record))
      continue;
    if (std::optional<KeptAddress> Kept = keptAddress(*Base);
        Kept && Kept->Owner == Base && Kept->Field->getParent() == Base && isCopiedAlong(*Base, *Kept))
      return Kept;
  }
  return std::nullopt;
}

static const CXXConstructorDecl *declaredMove(const CXXRecordDecl &Record) {
  for (const CXXConstructorDecl *Constructor : Record.ctors())
    if (Constructor->isCopyOrMoveConstructor() && !Constructor->isImplicit() && !Constructor->isDeleted() &&
        Constructor->getAccess() != AS_private)
      return Constructor;
  return nullptr;
}

void MovableOperationState::visitRecord(const CXXRecordDecl &Record, RuleContext &Context) {
  if (Record.isLambda() || Record.isUnion() || Context.isExcluded(Record.getLocation()) || isImmovable(Record))
    return;
  const bool Operation = Context.shapes().statesOperation(Record);
  std::optional<KeptAddress> Kept = keptByBase(Record);
  if ((!Operation && !Kept) || !Settled.insert(templateOf(Record)).second)
    return;
  const std::string Name = quoted(Record);
  Finding F = violated(Context.locate(Record.getLocation()),
                       Kept ? Name + " can be moved, but its base " + quoted(*Kept->Owner) + " keeps its address"
                            : "operation state " + Name + " can be moved");
  if (Kept)
    F.Reasons.push_back({"",
                         "after a move " + quoted(*Kept->Field) + " is the address of the old object",
                         Context.locate(Kept->Where),
                         {}});
  else
    F.Reasons.push_back({"",
                         "its address is its identity from connect() to the completion: receivers, queues and stop "
                         "callbacks lead to it",
                         F.Where,
                         {}});
  const CXXConstructorDecl *Declared = declaredMove(Record);
  Reason Fix{
      "", "delete its move constructor", Context.locate(Declared ? Declared->getLocation() : Record.getLocation()), {}};
  const SourceLocation Open = Record.getBraceRange().getBegin();
  if (!Declared && Open.isFileID()) {
    const Location Inside = Context.locate(Open.getLocWithOffset(1));
    const std::string Plain = Record.getNameAsString();
    Fix.Text += ", by which copying goes too";
    if (!Plain.empty())
      Fix.FixIts.push_back({Inside, Inside, "\n  " + Plain + "(" + Plain + " &&) = delete;"});
  }
  F.Reasons.push_back(std::move(Fix));
  Context.report(std::move(F));
}

} // namespace snug::rules
