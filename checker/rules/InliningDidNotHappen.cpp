// Finds operation states that store a receiver which could be made anew, and says what of the protocol is missing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/InliningDidNotHappen.h"

#include "layout/Names.h"
#include "rules/Names.h"
#include "rules/SenderShapes.h"
#include "rules/UserCode.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace snug::rules {

using namespace clang;

namespace {

/// A receiver with data, as a part of an operation state.
struct StoredReceiver {
  const CXXRecordDecl *Receiver;
  /// The class that has it for a member or a base; null member for a base.
  const CXXRecordDecl *Holder;
  const FieldDecl *Member;
};

std::optional<StoredReceiver> storedReceiver(const CXXRecordDecl &Record, unsigned Depth) {
  auto Look = [&](QualType Type, const FieldDecl *Member) -> std::optional<StoredReceiver> {
    const CXXRecordDecl *Part = completeRecord(Type);
    if (!Part || Part->isEmpty())
      return std::nullopt;
    if (isReceiver(*Part))
      return StoredReceiver{Part, &Record, Member};
    // A child is judged by itself.
    const bool Child = isOperationState(*Part) && !inliningBase(*Part);
    return Child || Depth == 0 ? std::nullopt : storedReceiver(*Part, Depth - 1);
  };
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (std::optional<StoredReceiver> Found = Look(Base.getType(), nullptr))
      return Found;
  for (const FieldDecl *Field : Record.fields())
    if (std::optional<StoredReceiver> Found = Look(Field->getType(), Field))
      return Found;
  return std::nullopt;
}

/// A pointer from a receiver to the operation state that it completes.
const FieldDecl *parentPointer(const CXXRecordDecl &Receiver) {
  for (const FieldDecl *Field : Receiver.fields()) {
    QualType Type = Field->getType();
    const CXXRecordDecl *Parent =
        Type->isPointerType() || Type->isReferenceType() ? completeRecord(Type->getPointeeType()) : nullptr;
    if (Parent && isOperationState(*Parent))
      return Field;
  }
  for (const CXXBaseSpecifier &Specifier : Receiver.bases())
    if (const CXXRecordDecl *Base = completeRecord(Specifier.getType()))
      if (const FieldDecl *Found = parentPointer(*Base))
        return Found;
  return nullptr;
}

bool isWithin(const CXXRecordDecl *Holder, const CXXRecordDecl &Base) {
  return declaresSameEntity(Holder, &Base) || llvm::any_of(Base.fields(), [&](const FieldDecl *F) {
           const CXXRecordDecl *Class = completeRecord(F->getType());
           return Class && isWithin(Holder, *Class);
         });
}

std::string remedy(InliningObstacle::Kind Obstacle, const StoredReceiver &Stored) {
  using Kind = InliningObstacle::Kind;
  const std::string Receiver = quoted(*Stored.Receiver);
  switch (Obstacle) {
  case Kind::NoMakeReceiver:
    return "give " + Receiver +
           " a static noexcept make_receiver_for(ChildOp *) that leads from the child to its parent";
  case Kind::NotStatic:
    return "declare it static: there is no receiver yet when it is called";
  case Kind::NotNoexcept:
    return "declare it noexcept: a completion cannot report that no receiver could be made";
  case Kind::OtherReturnType:
    return "let it return " + Receiver + " by value: what is made must be what was connected";
  case Kind::OperationDoesNotAsk:
    return "derive it from inlinable_operation_state<Operation, Receiver>, and call get_receiver() for each completion";
  case Kind::NotForThisOperation:
    return "see what its constraints ask of the operation state; code that hands a receiver on to another operation "
           "state has that one store it";
  }
  return "";
}

} // namespace

void InliningDidNotHappen::visitRecord(const CXXRecordDecl &Record, RuleContext &Context) {
  KnownShapes &Shapes = Context.shapes();
  if (Record.isUnion() || !Shapes.isOperationState(Record) || Shapes.isReceiver(Record) || !isUsers(Record, Context))
    return;
  const CXXRecordDecl *Base = inliningBase(Record);
  if (Base == &Record)
    return;
  std::optional<StoredReceiver> Stored = Base ? storedReceiver(*Base, 3) : storedReceiver(Record, 3);
  if (!Stored || (Base && !isWithin(Stored->Holder, *Base)))
    return;
  using Kind = InliningObstacle::Kind;
  const InliningObstacle Obstacle = whyNotInlined(*Stored->Receiver, Record);
  const FieldDecl *Parent = parentPointer(*Stored->Receiver);
  if (Obstacle.What == Kind::NoMakeReceiver && (!Base || !Parent))
    return;
  if (!Settled.insert({templateOf(Record), static_cast<int>(Obstacle.What)}).second)
    return;
  const auto Size = Context.AST.getTypeSizeInChars(layout::typeOf(Context.AST, *Stored->Receiver)).getQuantity();
  Finding F =
      violated(Context.locate(placeForUser(Record, Context)),
               "operation state " + quoted(Record) + " stores " + bytes(Size) + " of receiver " +
                   quoted(*Stored->Receiver) + ", which was not inlined: " + textOf(Obstacle.What, *Stored->Receiver));
  if (Context.isExcluded(Record.getLocation()))
    F.Reasons.push_back({"", quoted(Record) + " is defined here", Context.locate(Record.getLocation()), {}});
  if (Stored->Member)
    F.Reasons.push_back({"",
                         quoted(*Stored->Member) + " of " + quoted(*Stored->Holder) + " is where it is stored",
                         Context.locate(Stored->Member->getLocation()),
                         {}});
  if (Obstacle.What == Kind::NoMakeReceiver)
    F.Reasons.push_back({"",
                         quoted(*Parent) + " leads to operation state " +
                             quoted(*completeRecord(Parent->getType()->getPointeeType())) +
                             ", which the address of its child determines",
                         Context.locate(Parent->getLocation()),
                         {}});
  F.Reasons.push_back({"", remedy(Obstacle.What, *Stored), Context.locate(Obstacle.Where), {}});
  Context.report(std::move(F));
}

} // namespace snug::rules
