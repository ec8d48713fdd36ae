// Where a member function of an operation state completes it: set_value, set_error, set_stopped on its own receiver.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Completions.h"

#include "rules/SelfAddress.h"
#include "rules/SenderShapes.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

static bool isCompletionName(llvm::StringRef Name) {
  Name.consume_back("_t");
  return Name == "set_value" || Name == "set_error" || Name == "set_stopped" || Name == "set_done";
}

static bool isReceiverType(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() &&
         (isReceiver(*Record->getDefinition()) || offersMakeReceiver(*Record->getDefinition()));
}

static llvm::StringRef nameOf(const NamedDecl *D) {
  return D && D->getDeclName().isIdentifier() ? D->getName() : llvm::StringRef();
}

/// What a function that merely passes its argument on was given: std::move, std::forward.
static const Expr *passedOn(const CallExpr &Call) {
  const llvm::StringRef Name = nameOf(Call.getDirectCallee());
  return Call.getNumArgs() == 1 &&
                 (Name == "move" || Name == "forward" || Name == "as_const" || Name == "move_if_noexcept")
             ? Call.getArg(0)
             : nullptr;
}

const CXXMethodDecl *calledOnThis(const Expr &E) {
  const auto *Call = llvm::dyn_cast<CXXMemberCallExpr>(&E);
  const Expr *Object = Call ? Call->getImplicitObjectArgument() : nullptr;
  return Object && isThis(Object) ? Call->getMethodDecl() : nullptr;
}

/// Whether the receiver belongs to `*this`.
static bool isOwn(const Expr *E, unsigned Depth) {
  if (Depth == 16)
    return false;
  E = E->IgnoreParenCasts();
  if (const auto *Full = llvm::dyn_cast<FullExpr>(E))
    return isOwn(Full->getSubExpr(), Depth + 1);
  if (const auto *Temporary = llvm::dyn_cast<MaterializeTemporaryExpr>(E))
    return isOwn(Temporary->getSubExpr(), Depth + 1);
  if (const auto *Bound = llvm::dyn_cast<CXXBindTemporaryExpr>(E))
    return isOwn(Bound->getSubExpr(), Depth + 1);
  if (const auto *Copy = llvm::dyn_cast<CXXConstructExpr>(E))
    return Copy->getNumArgs() == 1 && Copy->getConstructor()->isCopyOrMoveConstructor() &&
           isOwn(Copy->getArg(0), Depth + 1);
  if (const auto *Member = llvm::dyn_cast<MemberExpr>(E))
    return llvm::isa<FieldDecl>(Member->getMemberDecl()) &&
           (Member->isArrow() ? isThis(Member->getBase())
                              : isThis(Member->getBase()) || isOwn(Member->getBase(), Depth + 1));
  if (const auto *Ref = llvm::dyn_cast<DeclRefExpr>(E)) {
    const auto *Local = llvm::dyn_cast<VarDecl>(Ref->getDecl());
    return Local && Local->isLocalVarDecl() && Local->getInit() && isReceiverType(Local->getType()) &&
           isOwn(Local->getInit(), Depth + 1);
  }
  const auto *Call = llvm::dyn_cast<CallExpr>(E);
  if (!Call)
    return false;
  if (const Expr *Given = passedOn(*Call))
    return isOwn(Given, Depth + 1);
  if (nameOf(Call->getDirectCallee()) == "make_receiver_for")
    return llvm::any_of(Call->arguments(), isThis);
  return nameOf(calledOnThis(*Call)) == "get_receiver" && isReceiverType(Call->getType());
}

bool completesThis(const Expr &E) {
  const auto *Call = llvm::dyn_cast<CallExpr>(&E);
  if (!Call)
    return false;
  if (const auto *Member = llvm::dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Receiver = Member->getImplicitObjectArgument();
    return Receiver && isCompletionName(nameOf(Member->getMethodDecl())) && isReceiverType(Receiver->getType()) &&
           isOwn(Receiver, 0);
  }
  llvm::ArrayRef<const Expr *> Arguments(Call->getArgs(), Call->getNumArgs());
  const Expr *Tag = nullptr;
  if (llvm::isa<CXXOperatorCallExpr>(Call) || nameOf(Call->getDirectCallee()) == "tag_invoke") {
    if (Arguments.size() < 2)
      return false;
    Tag = Arguments.front();
    Arguments = Arguments.drop_front();
  }
  const bool Completes = Tag ? isCompletionName(nameOf(Tag->getType()->getAsCXXRecordDecl()))
                             : isCompletionName(nameOf(Call->getDirectCallee()));
  return Completes && !Arguments.empty() && isReceiverType(Arguments.front()->getType()) && isOwn(Arguments.front(), 0);
}

} // namespace snug::rules
