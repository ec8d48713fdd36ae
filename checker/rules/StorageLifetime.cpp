// Whether an object in an array of bytes is alive where it is used: before it is created, after it is destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageLifetime.h"

#include "rules/ControlFlow.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

bool isImplicitLifetime(QualType Type) {
  const CXXRecordDecl *Record = Type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Type->isArrayType())
    return true;
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  if (Record->isAggregate() && !(Destructor && Destructor->isUserProvided()))
    return true;
  return Record->hasTrivialDestructor() && (Record->hasTrivialDefaultConstructor() ||
                                            Record->hasTrivialCopyConstructor() || Record->hasTrivialMoveConstructor());
}

namespace {

enum class Life : std::uint8_t { NotStarted, Alive, Ended, Unknown };

struct Bytes {
  Life Is = Life::Unknown;
  /// Code that is not seen may know the address.
  bool Escaped = true;
  SourceLocation EndedAt;

  bool join(const Bytes &Other) {
    const Bytes Before = *this;
    if (Is != Other.Is)
      Is = Life::Unknown;
    Escaped |= Other.Escaped;
    return Is != Before.Is || Escaped != Before.Escaped;
  }
};

class Analysis {
public:
  Analysis(const ValueDecl &Storage, RuleContext &Context) : Storage(Storage), Context(Context) {}

  std::vector<LifetimeFault> Faults;

  /// What is true after the function, if it was entered with `Entry`.
  Bytes run(const FunctionDecl &Function, Bytes Entry, bool Report, unsigned Depth = 0) {
    const StorageUses Uses = storageUsesOf(Storage, Function, Context.AST, Context.Locals);
    if (Entry.Is == Life::Unknown ? llvm::none_of(Uses.Events, tellsState)
                                  : Uses.Events.empty() && llvm::isa<VarDecl>(Storage))
      return Entry;
    // Whoever resumes a coroutine may have changed what its bytes hold.
    const bool IsKnown = !Uses.Lost && !llvm::isa_and_present<CoroutineBodyStmt>(Function.getBody());
    const std::shared_ptr<const CFG> Graph = IsKnown ? Context.Graphs.of(Function) : nullptr;
    if (!Graph)
      return {};
    llvm::DenseMap<const Stmt *, llvm::SmallVector<const StorageEvent *, 1>> Events;
    for (const StorageEvent &E : Uses.Events)
      Events[E.At].push_back(&E);
    auto Step = [&](Bytes &B, const CFGElement &Element, bool Final) {
      const Stmt *S = evaluated(Element);
      if (!S)
        return;
      if (auto Found = Events.find(S); Found != Events.end()) {
        for (const StorageEvent *E : Found->second)
          apply(B, *E, Final && Report, Depth);
        return;
      }
      if (const auto *Declared = llvm::dyn_cast<DeclStmt>(S);
          Declared && llvm::is_contained(Declared->decls(), &Storage))
        B = {Life::NotStarted, false, {}};
      else if (B.Escaped && mayCallBack(*S, Uses))
        B.Is = Life::Unknown;
    };
    const auto Before =
        statesBefore(*Graph, Entry, [&](Bytes &B, const CFGElement &Element) { Step(B, Element, false); });
    if (Report)
      for (const CFGBlock *Block : *Graph)
        if (std::optional<Bytes> B = Before[Block->getBlockID()])
          for (const CFGElement &Element : *Block)
            Step(*B, Element, true);
    const std::optional<Bytes> &AtExit = Before[Graph->getExit().getBlockID()];
    return AtExit ? *AtExit : Bytes{};
  }

private:
  /// After what is unknown, only these make it known again.
  static bool tellsState(const StorageEvent &E) {
    return E.What == StorageAct::Create || E.What == StorageAct::Destroy || E.What == StorageAct::Inline;
  }
  static bool mayCallBack(const Stmt &S, const StorageUses &Uses) {
    if (const auto *Call = llvm::dyn_cast<CallExpr>(&S))
      return !Uses.Harmless.contains(Call) && !Call->getBuiltinCallee();
    const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(&S);
    return Construct && !Construct->getConstructor()->isTrivial();
  }

  void apply(Bytes &B, const StorageEvent &E, bool Report, unsigned Depth) {
    switch (E.What) {
    case StorageAct::Create:
      B.Is = Life::Alive;
      break;
    case StorageAct::Escape:
      B.Is = Life::Unknown;
      B.Escaped = true;
      break;
    case StorageAct::Access:
    case StorageAct::Destroy:
      if (Report)
        judge(B, E);
      if (E.What == StorageAct::Destroy)
        B.EndedAt = E.At->getExprLoc(), B.Is = Life::Ended;
      else if (B.Is != Life::Alive && !(B.Is == Life::NotStarted && isImplicitLifetime(E.Type)))
        B.Is = Life::Unknown; // said once
      break;
    case StorageAct::Inline: {
      const std::size_t First = Faults.size();
      B = Depth < 2 ? run(*E.Callee, B, Report, Depth + 1) : Bytes{};
      for (LifetimeFault &F : llvm::MutableArrayRef(Faults).drop_front(First)) {
        F.Inside = F.Inside.isValid() ? F.Inside : F.Where;
        F.Where = E.At->getExprLoc();
      }
      break;
    }
    }
  }

  void judge(const Bytes &B, const StorageEvent &E) {
    const bool Ended = B.Is == Life::Ended;
    if (!Ended && (B.Is != Life::NotStarted || isImplicitLifetime(E.Type)))
      return;
    Faults.push_back({Ended ? LifetimeFault::Kind::Ended : LifetimeFault::Kind::NotStarted,
                      &Storage,
                      E.What,
                      E.Type,
                      E.At->getExprLoc(),
                      {},
                      Ended ? B.EndedAt : SourceLocation()});
  }

  const ValueDecl &Storage;
  RuleContext &Context;
};

/// A base class that is told which class derives from it may well reach its bytes.
bool hasBaseThatKnows(const CXXRecordDecl &Record) {
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Specifier) {
    const auto *Base =
        llvm::dyn_cast_or_null<ClassTemplateSpecializationDecl>(Specifier.getType()->getAsCXXRecordDecl());
    return Base && llvm::any_of(Base->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
             return A.getKind() == TemplateArgument::Type &&
                    declaresSameEntity(A.getAsType()->getAsCXXRecordDecl(), &Record);
           });
  });
}

Bytes atEntry(const FunctionDecl &Function) {
  const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&Function);
  if (!Constructor || Constructor->isDelegatingConstructor() || hasBaseThatKnows(*Constructor->getParent()))
    return {};
  return {Life::NotStarted, false, {}};
}

/// Whether nobody but the constructors can create something in a private array: every other member function is seen, and
/// does not.
bool onlyConstructorsCreate(const FieldDecl &Field, RuleContext &Context) {
  const auto &Record = *llvm::cast<CXXRecordDecl>(Field.getParent());
  if (Field.getAccess() != AS_private || Record.hasFriends())
    return false;
  for (const Decl *Member : Record.decls()) {
    if (llvm::isa<FunctionTemplateDecl, CXXRecordDecl, ClassTemplateDecl>(Member) && !Member->isImplicit())
      return false;
    const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Member);
    if (!Method || Method->isImplicit() || Method->isDeleted() || llvm::isa<CXXConstructorDecl>(Method))
      continue;
    const FunctionDecl *Definition = nullptr;
    if (!Method->isDefined(Definition) || !Definition->getBody())
      return false;
    if (llvm::isa<CXXDestructorDecl>(Method))
      continue;
    const StorageUses Uses = storageUsesOf(Field, *Definition, Context.AST, Context.Locals);
    if (Uses.Lost || llvm::any_of(Uses.Events, [](const StorageEvent &E) { return E.What != StorageAct::Access; }) ||
        (Uses.Returned && Method->getAccess() != AS_private))
      return false;
  }
  return true;
}

void judgeDestructor(const CXXConstructorDecl &Constructor, const FieldDecl &Field, RuleContext &Context,
                     std::vector<LifetimeFault> &Faults) {
  const CXXDestructorDecl *Destructor = Constructor.getParent()->getDestructor();
  const FunctionDecl *Definition = nullptr;
  if (!Destructor || !Destructor->isDefined(Definition) || !Definition->getBody() ||
      Constructor.isCopyOrMoveConstructor())
    return;
  Analysis Ending(Field, Context);
  const Bytes After = Ending.run(*Definition, {Life::NotStarted, false, {}}, true);
  if (After.Is != Life::Ended || Ending.Faults.size() != 1 || Ending.Faults[0].Act != StorageAct::Destroy ||
      !onlyConstructorsCreate(Field, Context))
    return;
  LifetimeFault Fault = Ending.Faults[0];
  Fault.What = LifetimeFault::Kind::LeftEmpty;
  Fault.Ended = Fault.Where;
  Fault.Where = Constructor.getLocation();
  Faults.push_back(Fault);
}

} // namespace

void StorageLifetimeRule::declareInterest(StmtInterest &Interest) const { Interest.set(Stmt::DeclStmtClass); }

void StorageLifetimeRule::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  for (const Decl *D : llvm::cast<DeclStmt>(S).decls())
    if (const auto *Local = llvm::dyn_cast<VarDecl>(D);
        Local && Scope.Function && Local->hasLocalStorage() && isArrayOfBytes(Local->getType(), Context.AST))
      Locals[Scope.Function].push_back(Local);
}

void StorageLifetimeRule::leaveFunction(const FunctionDecl &F, RuleContext &Context) {
  std::vector<LifetimeFault> Faults;
  auto Judge = [&](const ValueDecl &Storage, Bytes Entry) {
    Analysis A(Storage, Context);
    const Bytes After = A.run(F, Entry, true);
    llvm::append_range(Faults, A.Faults);
    if (const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&F))
      if (const auto *Field = llvm::dyn_cast<FieldDecl>(&Storage); Field && After.Is == Life::NotStarted)
        judgeDestructor(*Constructor, *Field, Context, Faults);
  };
  const auto *Method = llvm::dyn_cast<CXXMethodDecl>(&F);
  if (Method && Method->isInstance() && !Method->getParent()->isUnion() && F.getBody())
    for (const FieldDecl *Field : Method->getParent()->fields())
      if (isArrayOfBytes(Field->getType(), Context.AST))
        Judge(*Field, atEntry(F));
  if (auto Found = Locals.find(&F); Found != Locals.end()) {
    for (const VarDecl *Local : Found->second)
      Judge(*Local, {Life::NotStarted, false, {}});
    Locals.erase(Found);
  }
  for (const LifetimeFault &Fault : Faults)
    report(Fault, F, Context);
}

} // namespace snug::rules
