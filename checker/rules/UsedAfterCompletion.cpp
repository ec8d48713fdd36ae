// Finds operation states that are used after they were completed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UsedAfterCompletion.h"

#include "rules/Completions.h"
#include "rules/ControlFlow.h"
#include "rules/Names.h"
#include "rules/SelfAddress.h"
#include "rules/SenderShapes.h"

#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

namespace snug::rules {

using namespace clang;

namespace {

/// What has been completed on the way here.
struct Progress {
  bool Always = false;
  std::set<const Stmt *> Possible;

  bool join(const Progress &Other) {
    const std::size_t Known = Possible.size();
    Possible.insert(Other.Possible.begin(), Other.Possible.end());
    const bool Changed = (Always && !Other.Always) || Possible.size() != Known;
    Always &= Other.Always;
    return Changed;
  }
};

bool isCoroutine(const FunctionDecl &Definition) {
  return llvm::isa_and_present<CoroutineBodyStmt>(Definition.getBody());
}

/// The statements that read or write `*this`, with what of it they name.
using SelfUses = llvm::DenseMap<const Stmt *, std::string>;

/// The use that `This` is part of, if it is one: a member named through it, a member function called, a receiver made.
void addUse(const CXXThisExpr &This, const ParentMap &Parents, SelfUses &Uses) {
  const Stmt *Child = &This;
  const Stmt *Parent = Parents.getParent(Child);
  auto Up = [&] {
    Child = Parent;
    Parent = Parents.getParent(Parent);
  };
  while (llvm::isa_and_nonnull<ParenExpr, CastExpr>(Parent))
    Up();
  if (const auto *Unary = llvm::dyn_cast_or_null<UnaryOperator>(Parent); Unary && Unary->getOpcode() == UO_Deref)
    do
      Up();
    while (llvm::isa_and_nonnull<ParenExpr, CastExpr>(Parent));
  if (const auto *Call = llvm::dyn_cast_or_null<CallExpr>(Parent)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Callee->getDeclName().isIdentifier() && Callee->getName() == "make_receiver_for")
      Uses[Call] = "'this'";
    return;
  }
  const auto *Member = llvm::dyn_cast_or_null<MemberExpr>(Parent);
  if (!Member)
    return;
  if (llvm::isa<FieldDecl>(Member->getMemberDecl())) {
    const auto *Address = llvm::dyn_cast_or_null<UnaryOperator>(Parents.getParentIgnoreParens(Member));
    if (!Address || Address->getOpcode() != UO_AddrOf)
      Uses[Member] = quoted(*Member->getMemberDecl());
  } else if (const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
             Method && Method->isInstance() && !llvm::isa<CXXDestructorDecl>(Method)) {
    if (const auto *Call = llvm::dyn_cast_or_null<CXXMemberCallExpr>(Parents.getParentIgnoreParens(Member)))
      Uses[Call] = quoted(*Method);
  }
}

SelfUses usesIn(Stmt &Body) {
  SelfUses Uses;
  const ParentMap Parents(&Body);
  llvm::SmallVector<const Stmt *, 64> Todo{&Body};
  while (!Todo.empty()) {
    const Stmt *S = Todo.pop_back_val();
    if (!S || llvm::isa<LambdaExpr>(S))
      continue;
    if (const auto *This = llvm::dyn_cast<CXXThisExpr>(S))
      addUse(*This, Parents, Uses);
    Todo.append(S->child_begin(), S->child_end());
  }
  return Uses;
}

/// Which completions run into a use whatever happens next.
class Doomed {
public:
  Doomed(const CFG &Graph, const SelfUses &Uses) : Graph(Graph), Uses(Uses), FromStart(Graph.getNumBlockIDs(), false) {
    for (bool Changed = true; std::exchange(Changed, false);)
      for (const CFGBlock *Block : Graph)
        if (!FromStart[Block->getBlockID()] && (usesAfter(*Block, nullptr) || allSuccessors(*Block)))
          FromStart[Block->getBlockID()] = Changed = true;
  }

  bool contains(const Stmt &Completion) const {
    return llvm::any_of(Graph, [&](const CFGBlock *Block) {
      return llvm::any_of(*Block, [&](const CFGElement &E) { return evaluated(E) == &Completion; }) &&
             (usesAfter(*Block, &Completion) || allSuccessors(*Block));
    });
  }

private:
  bool usesAfter(const CFGBlock &Block, const Stmt *Completion) const {
    bool After = !Completion;
    for (const CFGElement &E : Block) {
      if (After && Uses.count(evaluated(E)))
        return true;
      After |= evaluated(E) == Completion;
    }
    return false;
  }
  bool allSuccessors(const CFGBlock &Block) const {
    bool Any = false;
    for (const CFGBlock *Next : Block.succs())
      if (Next) {
        if (!FromStart[Next->getBlockID()])
          return false;
        Any = true;
      }
    return Any;
  }

  const CFG &Graph;
  const SelfUses &Uses;
  std::vector<bool> FromStart;
};

} // namespace

bool UsedAfterCompletion::completes(const Expr &Call, const CXXRecordDecl &Class, RuleContext &Context) {
  if (completesThis(Call))
    return true;
  const CXXMethodDecl *Method = calledOnThis(Call);
  // A base class may be a child, which completes itself.
  return Method && !Method->isVirtual() && declaresSameEntity(Method->getParent(), &Class) &&
         alwaysCompletes(*Method, Context);
}

UsedAfterCompletion::Completions UsedAfterCompletion::completionsIn(const FunctionDecl &Definition,
                                                                    const CXXRecordDecl &Class, RuleContext &Context) {
  Completions Found;
  llvm::SmallVector<const Stmt *, 64> Todo{Definition.getBody()};
  if (const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&Definition))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      Todo.push_back(Init->getInit());
  while (!Todo.empty()) {
    const Stmt *S = Todo.pop_back_val();
    if (const auto *Call = llvm::dyn_cast_or_null<CallExpr>(S); Call && completes(*Call, Class, Context))
      Found.insert(Call);
    if (const auto *Lambda = llvm::dyn_cast_or_null<LambdaExpr>(S))
      Todo.append(Lambda->capture_init_begin(), Lambda->capture_init_end());
    else if (S)
      Todo.append(S->child_begin(), S->child_end());
  }
  return Found;
}

bool UsedAfterCompletion::alwaysCompletes(const CXXMethodDecl &Method, RuleContext &Context) {
  const FunctionDecl *Definition = nullptr;
  if (!Method.isDefined(Definition) || Method.isStatic() || isCoroutine(*Definition))
    return false;
  auto [Known, New] = Completing.try_emplace(Definition, false);
  if (!New)
    return Known->second;
  const Completions Complete = completionsIn(*Definition, *Method.getParent(), Context);
  const std::shared_ptr<const CFG> Graph = Complete.empty() ? nullptr : Context.Graphs.of(*Definition);
  if (!Graph)
    return false;
  auto Before = statesBefore(*Graph, Progress{},
                             [&](Progress &P, const CFGElement &E) { P.Always |= Complete.contains(evaluated(E)); });
  const std::optional<Progress> &AtExit = Before[Graph->getExit().getBlockID()];
  return Completing[Definition] = AtExit && AtExit->Always;
}

void UsedAfterCompletion::leaveFunction(const FunctionDecl &F, RuleContext &Context) {
  const auto *Method = llvm::dyn_cast<CXXMethodDecl>(&F);
  if (!Method || Method->isStatic() || !F.getBody() || Method->getParent()->isLambda() || isCoroutine(F) ||
      !Context.shapes().isOperationState(*Method->getParent()))
    return;
  // Most functions complete nothing; the graph costs far more than a look at their calls.
  const Completions Complete = completionsIn(F, *Method->getParent(), Context);
  if (Complete.empty())
    return;
  const SelfUses Uses = usesIn(*F.getBody());
  const std::shared_ptr<const CFG> Graph = Uses.empty() ? nullptr : Context.Graphs.of(F);
  if (!Graph)
    return;
  const Doomed Ends(*Graph, Uses);
  auto Apply = [&](Progress &P, const CFGElement &E) {
    if (const Stmt *S = evaluated(E); Complete.contains(S)) {
      P.Always = true;
      P.Possible = {S};
    }
  };
  const auto Before = statesBefore(*Graph, Progress{}, Apply);
  // One completion is one mistake: the first use after it.
  llvm::MapVector<const Stmt *, const Stmt *> FirstUse;
  for (const CFGBlock *Block : *Graph) {
    std::optional<Progress> P = Before[Block->getBlockID()];
    if (!P)
      continue;
    for (const CFGElement &E : *Block) {
      if (const Stmt *Use = evaluated(E); Use && Uses.count(Use))
        for (const Stmt *Completion : P->Possible)
          if (P->Always || Ends.contains(*Completion)) {
            const Stmt *&First = FirstUse[Completion];
            if (!First || Context.sources().isBeforeInTranslationUnit(Use->getBeginLoc(), First->getBeginLoc()))
              First = Use;
          }
      Apply(*P, E);
    }
  }
  for (const auto &[Completion, Use] : FirstUse)
    report(*llvm::cast<Expr>(Completion), *llvm::cast<Expr>(Use), Uses.lookup(Use), F, Context);
}

void UsedAfterCompletion::report(const Expr &Completion, const Expr &Use, const std::string &Name,
                                 const FunctionDecl &F, RuleContext &Context) const {
  Finding Found = violated(Context.locate(Use.getExprLoc()),
                           "'this' may be destroyed by the completion, and " + Name + " is used after it");
  Found.Reasons.push_back({"",
                           "the operation state is completed here: whoever made it may destroy it at once",
                           Context.locate(Completion.getBeginLoc()),
                           {}});
  Found.Reasons.push_back(
      {"", "do it before the completion, or copy what is needed into a local variable first", Found.Where, {}});
  Context.report(std::move(Found), &F);
}

} // namespace snug::rules
