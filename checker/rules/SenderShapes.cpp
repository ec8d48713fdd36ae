// Which classes are receivers and operation states, of any sender library, and whether a receiver can be inlined.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SenderShapes.h"

#include "rules/Names.h"

#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

template <class Predicate> static bool inClassOrBase(const CXXRecordDecl &Record, Predicate Test) {
  if (Test(Record))
    return true;
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl();
    return Class && Class->hasDefinition() && inClassOrBase(*Class->getDefinition(), Test);
  });
}

DeclContextLookupResult membersNamed(const CXXRecordDecl &Record, llvm::StringRef Name) {
  IdentifierTable &Names = Record.getASTContext().Idents;
  // What the file never mentions is declared nowhere.
  if (!Names.getExternalIdentifierLookup() && Names.find(Name) == Names.end())
    return {};
  const IdentifierInfo *Identifier = &Names.get(Name);
  // The first lookup makes an index of the class, and most classes are asked only for what they lack.
  if (!Record.getPrimaryContext()->getLookupPtr() && llvm::none_of(Record.decls(), [&](const Decl *Member) {
        const auto *Named = llvm::dyn_cast<NamedDecl>(Member);
        return Named && Named->getIdentifier() == Identifier;
      }))
    return {};
  return Record.lookup(Identifier);
}

static NamedDecl *firstNamed(const CXXRecordDecl &Record, llvm::StringRef Name) {
  const DeclContextLookupResult Found = membersNamed(Record, Name);
  return Found.empty() ? nullptr : Found.front();
}

static bool declaresType(const CXXRecordDecl &Record, llvm::StringRef Name) {
  return llvm::isa_and_nonnull<TypeDecl>(firstNamed(Record, Name));
}

static bool declaresFunction(const CXXRecordDecl &Record, llvm::StringRef Name) {
  const NamedDecl *Found = firstNamed(Record, Name);
  return Found && Found->isFunctionOrFunctionTemplate();
}

bool isReceiver(const CXXRecordDecl &Record) {
  return inClassOrBase(Record, [](const CXXRecordDecl &Class) {
    if (declaresType(Class, "receiver_concept") || declaresType(Class, "is_receiver"))
      return true;
    return declaresFunction(Class, "set_value") &&
           (declaresFunction(Class, "set_stopped") || declaresFunction(Class, "set_done") ||
            declaresFunction(Class, "set_error"));
  });
}

static bool isParameterlessStart(const CXXRecordDecl &Class) {
  const auto *Method = llvm::dyn_cast_or_null<CXXMethodDecl>(firstNamed(Class, "start"));
  return Method && Method->isInstance() && Method->getNumParams() == 0;
}

/// `friend void tag_invoke(start_t, op&) noexcept`, with or without a template head.
static bool befriendsStart(const CXXRecordDecl &Class) {
  return llvm::any_of(Class.friends(), [](const FriendDecl *Friend) {
    const NamedDecl *Named = Friend->getFriendDecl();
    const FunctionDecl *Function = Named ? Named->getAsFunction() : nullptr;
    if (!Function || Function->getNumParams() != 2 || !Function->getDeclName().isIdentifier() ||
        Function->getName() != "tag_invoke")
      return false;
    const CXXRecordDecl *Tag = Function->getParamDecl(0)->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return Tag && Tag->getName().starts_with("start");
  });
}

bool isOperationState(const CXXRecordDecl &Record) {
  return inClassOrBase(Record, [](const CXXRecordDecl &Class) {
    return declaresType(Class, "operation_state_concept") || isParameterlessStart(Class) || befriendsStart(Class);
  });
}

bool statesOperation(const CXXRecordDecl &Record) {
  return inClassOrBase(Record, [](const CXXRecordDecl &Class) {
    return declaresType(Class, "operation_state_concept") || befriendsStart(Class);
  });
}

bool isImmovable(const CXXRecordDecl &Record) {
  for (const CXXConstructorDecl *Constructor : Record.ctors())
    if (Constructor->isCopyOrMoveConstructor() && !Constructor->isDeleted() && Constructor->getAccess() != AS_private)
      return false;
  if (Record.needsImplicitCopyConstructor() && !Record.defaultedCopyConstructorIsDeleted())
    return false;
  return !(Record.needsImplicitMoveConstructor() && !Record.defaultedMoveConstructorIsDeleted());
}

static const CXXMethodDecl *makeReceiverFor(const CXXRecordDecl &Receiver) {
  const CXXMethodDecl *Result = nullptr;
  inClassOrBase(Receiver, [&](const CXXRecordDecl &Class) {
    const NamedDecl *Found = firstNamed(Class, "make_receiver_for");
    const FunctionDecl *Function = Found ? Found->getUnderlyingDecl()->getAsFunction() : nullptr;
    Result = llvm::dyn_cast_or_null<CXXMethodDecl>(Function);
    return Result != nullptr;
  });
  return Result;
}

bool offersMakeReceiver(const CXXRecordDecl &Record) { return makeReceiverFor(Record) != nullptr; }

static bool isNoexcept(const FunctionDecl &Function) {
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return false;
  // A dependent or not yet needed specification may still come out true.
  return Type->getExceptionSpecType() == EST_DependentNoexcept ||
         isUnresolvedExceptionSpec(Type->getExceptionSpecType()) || Type->isNothrow();
}

static bool returns(const CXXMethodDecl &Function, const CXXRecordDecl &Receiver) {
  QualType Type = Function.getReturnType();
  if (Type->isDependentType() || Type->isUndeducedType())
    return true;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getCanonicalDecl() == Receiver.getCanonicalDecl();
}

InliningObstacle whyNotInlined(const CXXRecordDecl &Receiver, const CXXRecordDecl &Operation) {
  using Kind = InliningObstacle::Kind;
  const CXXMethodDecl *Make = makeReceiverFor(Receiver);
  if (!Make)
    return {Kind::NoMakeReceiver, Receiver.getLocation()};
  if (!Make->isStatic())
    return {Kind::NotStatic, Make->getLocation()};
  if (!isNoexcept(*Make))
    return {Kind::NotNoexcept, Make->getLocation()};
  if (!returns(*Make, Receiver))
    return {Kind::OtherReturnType, Make->getLocation()};
  return {inliningBase(Operation) ? Kind::NotForThisOperation : Kind::OperationDoesNotAsk, Operation.getLocation()};
}

std::string textOf(InliningObstacle::Kind Obstacle, const CXXRecordDecl &Receiver) {
  using Kind = InliningObstacle::Kind;
  switch (Obstacle) {
  case Kind::NoMakeReceiver:
    return "it has no 'make_receiver_for' that makes it from the address of its operation state";
  case Kind::NotStatic:
    return "its 'make_receiver_for' is not static";
  case Kind::NotNoexcept:
    return "its 'make_receiver_for' is not noexcept";
  case Kind::OtherReturnType:
    return "its 'make_receiver_for' does not return " + quoted(Receiver);
  case Kind::OperationDoesNotAsk:
    return "the operation state does not derive from 'inlinable_operation_state', which asks for 'make_receiver_for'";
  case Kind::NotForThisOperation:
    return "its 'make_receiver_for' does not accept a pointer to this operation state";
  }
  return "";
}

const CXXRecordDecl *inliningBase(const CXXRecordDecl &Operation) {
  const CXXRecordDecl *Found = nullptr;
  inClassOrBase(Operation, [&](const CXXRecordDecl &Class) {
    if (!Class.getDeclName().isIdentifier() || Class.getName() != "inlinable_operation_state")
      return false;
    Found = &Class;
    return true;
  });
  return Found;
}

} // namespace snug::rules
