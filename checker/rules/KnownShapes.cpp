// What classes are to a sender library, found out once for each template rather than for each instantiation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/KnownShapes.h"

#include "rules/SenderShapes.h"

#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/IdentifierTable.h"

#include <utility>

namespace snug::rules {

using namespace clang;

namespace {
enum Name : std::uint16_t {
  StatesOperation = 1,
  Start = 2,
  BefriendsStart = 4,
  StatesReceiver = 8,
  SetValue = 16,
  MakesReceiver = 32,
};
enum Question : std::uint16_t { IsReceiver = 1, IsOperation = 2, SaysOperation = 4 };
} // namespace

void KnownShapes::learnNames() {
  if (std::exchange(HasLearned, true))
    return;
  IdentifierTable &Table = AST.Idents;
  constexpr std::pair<llvm::StringRef, Bits> All[] = {
      {"operation_state_concept", StatesOperation},
      {"start", Start},
      {"tag_invoke", BefriendsStart},
      {"receiver_concept", StatesReceiver},
      {"is_receiver", StatesReceiver},
      {"set_value", SetValue},
      {"make_receiver_for", MakesReceiver},
  };
  // What the file never mentions is declared nowhere.
  for (const auto &[Text, Bit] : All)
    if (Table.getExternalIdentifierLookup() || Table.find(Text) != Table.end())
      Names[&Table.get(Text)] = Bit;
}

KnownShapes::Bits KnownShapes::namesIn(const CXXRecordDecl &Record) {
  if (Record.isLambda())
    return 0;
  const CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
  const CXXRecordDecl &Source = Pattern ? *Pattern : Record;
  if (const auto Found = Declared.find(&Source); Found != Declared.end())
    return Found->second;
  ++Searched;
  Bits Result = 0;
  for (const Decl *Member : Source.decls()) {
    const auto *Friend = llvm::dyn_cast<FriendDecl>(Member);
    const auto *Named = Friend ? Friend->getFriendDecl() : llvm::dyn_cast<NamedDecl>(Member);
    const IdentifierInfo *Identifier = Named ? Named->getIdentifier() : nullptr;
    if (const Bits Bit = Identifier ? Names.lookup(Identifier) : 0; (Bit == BefriendsStart) == (Friend != nullptr))
      Result |= Bit;
  }
  return Declared[&Source] = Result;
}

KnownShapes::Known &KnownShapes::of(const CXXRecordDecl &Record) {
  if (const auto Found = Classes.find(&Record); Found != Classes.end())
    return Found->second;
  Known New;
  New.Names = namesIn(Record);
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl(); Class && Class->hasDefinition())
      New.Names |= of(*Class->getDefinition()).Names;
  return Classes[&Record] = New;
}

bool KnownShapes::judge(const CXXRecordDecl &Record, Bits Wanted, Bits Question, bool (*Judge)(const CXXRecordDecl &)) {
  learnNames();
  if (Names.empty())
    return false;
  Known &K = of(Record);
  if (!(K.Names & Wanted))
    return false;
  if (!(K.Asked & Question)) {
    K.Asked |= Question;
    if (Judge(Record))
      K.Holds |= Question;
  }
  return K.Holds & Question;
}

bool KnownShapes::isReceiver(const CXXRecordDecl &Record) {
  return judge(Record, StatesReceiver | SetValue, IsReceiver, rules::isReceiver);
}

bool KnownShapes::isOperationState(const CXXRecordDecl &Record) {
  return judge(Record, StatesOperation | Start | BefriendsStart, IsOperation, rules::isOperationState);
}

bool KnownShapes::statesOperation(const CXXRecordDecl &Record) {
  return judge(Record, StatesOperation | BefriendsStart, SaysOperation, rules::statesOperation);
}

bool KnownShapes::mayMakeReceivers(const CXXRecordDecl &Record) {
  learnNames();
  return !Names.empty() && of(Record).Names & MakesReceiver;
}

} // namespace snug::rules
