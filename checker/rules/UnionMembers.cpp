// Which member of a union is active, followed through one function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UnionMembers.h"

#include "clang/Analysis/CFG.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace snug::rules {

using clang::Expr;
using clang::FieldDecl;

/// The members from the root to what `E` denotes, outermost first; false if the root is not one that can be followed.
static bool pathOf(const Expr *E, const clang::VarDecl *&Root, std::vector<const FieldDecl *> &Members) {
  E = E->IgnoreParens();
  if (const auto *Cast = llvm::dyn_cast<clang::ImplicitCastExpr>(E))
    return (Cast->getCastKind() == clang::CK_NoOp) && pathOf(Cast->getSubExpr(), Root, Members);
  if (const auto *Deref = llvm::dyn_cast<clang::UnaryOperator>(E))
    E = Deref->getOpcode() == clang::UO_Deref ? Deref->getSubExpr()->IgnoreParenImpCasts() : E;
  if (llvm::isa<clang::CXXThisExpr>(E)) {
    Root = nullptr;
    return true;
  }
  if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E)) {
    Root = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
    return Root && Root->hasLocalStorage() && Root->getType()->isRecordType() &&
           !Ref->refersToEnclosingVariableOrCapture();
  }
  const auto *Member = llvm::dyn_cast<clang::MemberExpr>(E);
  const auto *Field = Member ? llvm::dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || Field->getType()->isReferenceType())
    return false;
  if (Member->isArrow() && !llvm::isa<clang::CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()))
    return false;
  if (!pathOf(Member->getBase(), Root, Members))
    return false;
  Members.push_back(Field);
  return true;
}

std::optional<UnionMemberUse> unionMemberOf(const Expr *E) {
  UnionMemberUse Use;
  std::vector<const FieldDecl *> Members;
  // Elements and members of references lie in the union all the same, or not at all.
  while (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(E->IgnoreParens())) {
    const Expr *Array = Element->getBase()->IgnoreParenImpCasts();
    if (!Array->getType()->isArrayType())
      return std::nullopt;
    E = Array;
  }
  if (!pathOf(E, Use.Place.Root, Members))
    return std::nullopt;
  for (std::size_t I = 0; I != Members.size(); ++I)
    if (Members[I]->getParent()->isUnion()) {
      Use.Place.Path.assign(Members.begin(), Members.begin() + static_cast<std::ptrdiff_t>(I));
      Use.Member = Members[I];
      return Use;
    }
  return std::nullopt;
}

namespace {

bool isBytes(clang::QualType T) {
  const clang::Type *Element = T->getBaseElementTypeUnsafe();
  return Element->isCharType() || Element->isStdByteType();
}

bool isNamed(const clang::CallExpr &Call, llvm::StringRef Name) {
  const clang::FunctionDecl *F = Call.getDirectCallee();
  return F && F->getDeclName().isIdentifier() && F->getName() == Name;
}

/// The glvalue whose address `E` is: `&x`, `std::addressof(x)`, through casts.
const Expr *addressee(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E))
    return Unary->getOpcode() == clang::UO_AddrOf ? Unary->getSubExpr()->IgnoreParens() : nullptr;
  const auto *Call = llvm::dyn_cast<clang::CallExpr>(E);
  if (Call && Call->getNumArgs() == 1 && (isNamed(*Call, "addressof") || isNamed(*Call, "__addressof")))
    return Call->getArg(0)->IgnoreParens();
  return nullptr;
}

/// Assignments that begin the lifetime of what is assigned to. [class.union.general]/5.
bool beginsLifetime(const Expr &Assignment, const FieldDecl &Member) {
  const clang::CXXRecordDecl *Class = Member.getType()->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (Class && Class->hasDefinition() && !Class->hasTrivialDefaultConstructor())
    return false;
  const auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&Assignment);
  const auto *Method = Operator ? llvm::dyn_cast_or_null<clang::CXXMethodDecl>(Operator->getCalleeDecl()) : nullptr;
  return !Operator || (Method && Method->isTrivial());
}

class Flow {
public:
  explicit Flow(const clang::FunctionDecl &Function) : Function(Function) {}

  UnionFlow run(ControlFlowGraphs &Graphs, const ActiveMembers &AtEntry) {
    UnionFlow Result;
    const std::shared_ptr<const clang::CFG> Graph = Graphs.of(Function);
    if (!Graph)
      return Result;
    classify(Function.getBody());
    if (const auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&Function))
      for (const clang::CXXCtorInitializer *Init : Constructor->inits())
        classify(Init->getInit());
    // To a fixed point: what is known shrinks with every join.
    std::map<unsigned, ActiveMembers> Entry;
    Entry[Graph->getEntry().getBlockID()] = AtEntry;
    llvm::SmallVector<const clang::CFGBlock *, 32> Todo{&Graph->getEntry()};
    for (unsigned Steps = 0; !Todo.empty() && Steps != 4096; ++Steps) {
      const clang::CFGBlock *Block = Todo.pop_back_val();
      ActiveMembers State = Entry[Block->getBlockID()];
      through(*Block, State, nullptr);
      for (const clang::CFGBlock::AdjacentBlock &Next : Block->succs()) {
        const clang::CFGBlock *To = Next.getReachableBlock();
        if (!To)
          continue;
        auto [Known, New] = Entry.try_emplace(To->getBlockID(), State);
        if (New || join(Known->second, State))
          Todo.push_back(To);
      }
    }
    if (!Todo.empty())
      return Result;
    std::vector<const clang::CFGBlock *> Certain = certain(*Graph);
    for (const clang::CFGBlock *Block : *Graph)
      if (auto Known = Entry.find(Block->getBlockID()); Known != Entry.end()) {
        ActiveMembers State = Known->second;
        Always = llvm::is_contained(Certain, Block);
        through(*Block, State, &Result.Accesses);
      }
    if (auto Known = Entry.find(Graph->getExit().getBlockID()); Known != Entry.end())
      Result.AtExit = Known->second;
    return Result;
  }

private:
  /// What a mention of a union member is for, by the expression around it.
  enum class Role : std::uint8_t { Handled, Read, MemberUse, Escapes, Nothing };

  /// Removes what the two do not agree on; true if that changed `Into`.
  static bool join(ActiveMembers &Into, const ActiveMembers &From) {
    const std::size_t Before = Into.size();
    for (auto It = Into.begin(); It != Into.end();) {
      auto Other = From.find(It->first);
      It = Other == From.end() || Other->second != It->second ? Into.erase(It) : std::next(It);
    }
    return Into.size() != Before;
  }

  /// The blocks that every run goes through: those on the only way from the entry.
  static std::vector<const clang::CFGBlock *> certain(const clang::CFG &Graph) {
    std::vector<const clang::CFGBlock *> Result;
    const clang::CFGBlock *Block = &Graph.getEntry();
    while (Block && !llvm::is_contained(Result, Block)) {
      Result.push_back(Block);
      const clang::CFGBlock *Only = nullptr;
      unsigned Ways = 0;
      for (const clang::CFGBlock::AdjacentBlock &Next : Block->succs())
        if (Next.getReachableBlock()) {
          Only = Next.getReachableBlock();
          ++Ways;
        }
      Block = Ways == 1 ? Only : nullptr;
    }
    return Result;
  }

  void mark(const Expr *Mention, Role R) { Roles.try_emplace(Mention->IgnoreParens(), R); }

  /// Gives every mention of a union, or of its member, its role; outer expressions speak first.
  void classify(const clang::Stmt *S) {
    if (!S || llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr>(S))
      return;
    if (llvm::isa<clang::LambdaExpr, clang::BlockExpr>(S)) {
      Opaque = true;
      return;
    }
    if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(S);
        Binary && Binary->getOpcode() == clang::BO_Assign)
      mark(Binary->getLHS(), Role::Handled);
    if (const auto *Call = llvm::dyn_cast<clang::CXXOperatorCallExpr>(S);
        Call && Call->getOperator() == clang::OO_Equal && Call->getNumArgs() == 2)
      mark(Call->getArg(0), Role::Handled);
    if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(S); New && New->getNumPlacementArgs() == 1)
      if (const Expr *Target = addressee(New->getPlacementArg(0)))
        mark(Target, Role::Handled);
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(S)) {
      if (Call->getNumArgs() >= 1 && (isNamed(*Call, "construct_at") || isNamed(*Call, "destroy_at")))
        if (const Expr *Target = addressee(Call->getArg(0)))
          mark(Target, Role::Handled);
      if (const auto *Pseudo = llvm::dyn_cast<clang::CXXPseudoDestructorExpr>(Call->getCallee()->IgnoreParens()))
        mark(Pseudo->getBase(), Role::Handled);
      if (const auto *Method = llvm::dyn_cast<clang::CXXMemberCallExpr>(Call)) {
        const bool Destroys = llvm::isa_and_nonnull<clang::CXXDestructorDecl>(Method->getMethodDecl());
        if (const Expr *Object = Method->getImplicitObjectArgument()->IgnoreParenImpCasts(); unionMemberOf(Object))
          mark(Object, Destroys ? Role::Handled : Role::MemberUse);
      }
    }
    if (const auto *Load = llvm::dyn_cast<clang::ImplicitCastExpr>(S);
        Load && Load->getCastKind() == clang::CK_LValueToRValue)
      mark(Load->getSubExpr(), Role::Read);
    if (const auto *Inner = llvm::dyn_cast<clang::MemberExpr>(S); Inner && Inner->isArrow()) {
      if (const Expr *Object = Inner->getBase()->IgnoreParenImpCasts(); llvm::isa<clang::CXXThisExpr>(Object))
        mark(Object, Role::Handled);
    } else if (Inner) {
      // What is done with a part is done with the member.
      auto Known = Roles.find(Inner);
      mark(Inner->getBase()->IgnoreParenNoopCasts(Function.getASTContext()),
           Known == Roles.end() ? Role::Escapes : partRole(Known->second));
    }
    if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(S)) {
      auto Known = Roles.find(Element);
      mark(Element->getBase()->IgnoreParenImpCasts(), Known == Roles.end() ? Role::Escapes : partRole(Known->second));
    }
    for (const clang::Stmt *Child : S->children())
      classify(Child);
  }
  static Role partRole(Role Whole) { return Whole == Role::Handled ? Role::Nothing : Whole; }

  void through(const clang::CFGBlock &Block, ActiveMembers &State, std::vector<InactiveAccess> *Found) {
    for (const clang::CFGElement &Element : Block) {
      if (std::optional<clang::CFGInitializer> Init = Element.getAs<clang::CFGInitializer>())
        initializer(*Init->getInitializer(), State);
      else if (std::optional<clang::CFGStmt> Statement = Element.getAs<clang::CFGStmt>())
        statement(*Statement->getStmt(), State, Found);
    }
  }

  static void initializer(const clang::CXXCtorInitializer &Init, ActiveMembers &State) {
    if (Init.isDelegatingInitializer()) {
      State.clear();
      return;
    }
    const FieldDecl *Member = Init.getAnyMember();
    if (!Member)
      return;
    UnionPlace Place;
    if (const clang::IndirectFieldDecl *Indirect = Init.getIndirectMember())
      for (const clang::NamedDecl *Step : Indirect->chain()) {
        const auto *Field = llvm::dyn_cast<FieldDecl>(Step);
        if (!Field || isMemberOfUnion(*Field))
          break;
        Place.Path.push_back(Field);
      }
    if (isMemberOfUnion(*Member)) {
      State[Place] = Member;
      return;
    }
    Place.Path.push_back(Member);
    if (Member->getType()->isUnionType())
      initialized(Place, Init.getInit(), State);
  }
  static bool isMemberOfUnion(const FieldDecl &Field) { return Field.getParent()->isUnion(); }

  /// What an initialiser makes of a whole union.
  static void initialized(const UnionPlace &Place, const Expr *Init, ActiveMembers &State) {
    State.erase(Place);
    if (!Init)
      return;
    Init = Init->IgnoreImplicit();
    if (const auto *Default = llvm::dyn_cast<clang::CXXDefaultInitExpr>(Init))
      Init = Default->getExpr()->IgnoreImplicit();
    if (const auto *List = llvm::dyn_cast<clang::InitListExpr>(Init)) {
      if (const FieldDecl *Member = List->getInitializedFieldInUnion())
        State[Place] = Member;
    } else if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(Init)) {
      if (Construct->getConstructor()->isTrivial() && Construct->getConstructor()->isDefaultConstructor() &&
          !Construct->requiresZeroInitialization())
        State[Place] = nullptr;
    }
  }

  /// The union that `E` denotes, if it is one that can be followed.
  static std::optional<UnionPlace> unionAt(const Expr *E) {
    UnionPlace Place;
    if (!E->getType()->isUnionType() || !pathOf(E, Place.Root, Place.Path))
      return std::nullopt;
    return Place;
  }

  /// Forgets what lies in, or around, what `E` denotes.
  static void forget(const Expr *E, ActiveMembers &State) {
    const clang::VarDecl *Root = nullptr;
    std::vector<const FieldDecl *> Path;
    if (!pathOf(E, Root, Path))
      return;
    for (auto It = State.begin(); It != State.end();) {
      const std::size_t Common = std::min(Path.size(), It->first.Path.size());
      const bool Same =
          It->first.Root == Root &&
          std::equal(Path.begin(), Path.begin() + static_cast<std::ptrdiff_t>(Common), It->first.Path.begin());
      It = Same ? State.erase(It) : std::next(It);
    }
  }
  static void forgetThis(ActiveMembers &State) {
    for (auto It = State.begin(); It != State.end();)
      It = It->first.Root ? std::next(It) : State.erase(It);
  }

  void access(InactiveAccess::Kind How, const UnionMemberUse &Use, const Expr &Where, const ActiveMembers &State,
              std::vector<InactiveAccess> *Found) const {
    auto Known = State.find(Use.Place);
    if (!Found || Opaque || Known == State.end() || Known->second == Use.Member)
      return;
    // Bytes are looked at through unions every day; a common initial sequence may be. [class.mem.general]/28.
    if (How == InactiveAccess::Kind::Read && Known->second &&
        (isBytes(Use.Member->getType()) ||
         (isStandardLayoutStruct(*Use.Member) && isStandardLayoutStruct(*Known->second))))
      return;
    Found->push_back({How, Use, Known->second, &Where, Always});
  }
  static bool isStandardLayoutStruct(const FieldDecl &Field) {
    const clang::CXXRecordDecl *Class = Field.getType()->getAsCXXRecordDecl();
    return Class && Class->hasDefinition() && Class->isStandardLayout();
  }

  void statement(const clang::Stmt &S, ActiveMembers &State, std::vector<InactiveAccess> *Found) {
    if (const auto *Declared = llvm::dyn_cast<clang::DeclStmt>(&S)) {
      for (const clang::Decl *D : Declared->decls())
        if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D); V && V->getType()->isUnionType() && V->hasLocalStorage())
          initialized({V, {}}, V->getInit(), State);
      return;
    }
    if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(&S);
        Binary && Binary->getOpcode() == clang::BO_Assign)
      return assignment(*Binary, *Binary->getLHS(), State);
    if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(&S); New && New->getNumPlacementArgs() == 1)
      return created(addressee(New->getPlacementArg(0)), State);
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S))
      return called(*Call, State, Found);
    if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(&S)) {
      for (const Expr *Argument : Construct->arguments())
        if (Argument->isGLValue() && !Argument->getType().isConstQualified())
          forget(Argument->IgnoreParenNoopCasts(Function.getASTContext()), State);
      return;
    }
    const auto *E = llvm::dyn_cast<Expr>(&S);
    if (!E)
      return;
    auto Known = Roles.find(E);
    if (llvm::isa<clang::CXXThisExpr>(E) && Known == Roles.end())
      return forgetThis(State);
    if (!llvm::isa<clang::MemberExpr, clang::DeclRefExpr>(E))
      return;
    std::optional<UnionMemberUse> Use = unionMemberOf(E);
    // Only the union's own member is an access; what leads on from it has been given the same role.
    const bool Itself =
        Use && llvm::isa<clang::MemberExpr>(E) && llvm::cast<clang::MemberExpr>(E)->getMemberDecl() == Use->Member;
    if (Known != Roles.end() && Itself) {
      if (Known->second == Role::Read)
        access(InactiveAccess::Kind::Read, *Use, *E, State, Found);
      else if (Known->second == Role::MemberUse)
        access(InactiveAccess::Kind::MemberUse, *Use, *E, State, Found);
      if (Known->second == Role::Escapes)
        forget(E, State);
      return;
    }
    if (Known == Roles.end() && (Itself || unionAt(E)))
      forget(E, State);
  }

  void assignment(const Expr &Assignment, const Expr &Target, ActiveMembers &State) const {
    if (std::optional<UnionMemberUse> Use = unionMemberOf(Target.IgnoreParens())) {
      if (beginsLifetime(Assignment, *Use->Member))
        State[Use->Place] = Use->Member;
      else
        State.erase(Use->Place);
    } else {
      forget(Target.IgnoreParens(), State);
    }
  }

  void created(const Expr *Target, ActiveMembers &State) const {
    if (!Target)
      return;
    std::optional<UnionMemberUse> Use = unionMemberOf(Target);
    if (Use && llvm::isa<clang::MemberExpr>(Target) &&
        llvm::cast<clang::MemberExpr>(Target)->getMemberDecl() == Use->Member)
      State[Use->Place] = Use->Member;
    else
      forget(Target, State);
  }

  void destroyed(const Expr *Target, const Expr &Where, ActiveMembers &State,
                 std::vector<InactiveAccess> *Found) const {
    std::optional<UnionMemberUse> Use = Target ? unionMemberOf(Target) : std::nullopt;
    if (!Use || !llvm::isa<clang::MemberExpr>(Target) ||
        llvm::cast<clang::MemberExpr>(Target)->getMemberDecl() != Use->Member)
      return;
    access(InactiveAccess::Kind::Destroy, *Use, Where, State, Found);
    State[Use->Place] = nullptr;
  }

  void called(const clang::CallExpr &Call, ActiveMembers &State, std::vector<InactiveAccess> *Found) {
    if (isNamed(Call, "addressof") || isNamed(Call, "__addressof"))
      return; // what is done with the address is seen, or the mention has no role
    if (Call.getNumArgs() >= 1 && isNamed(Call, "construct_at"))
      return created(addressee(Call.getArg(0)), State);
    if (Call.getNumArgs() == 1 && isNamed(Call, "destroy_at"))
      return destroyed(addressee(Call.getArg(0)), Call, State, Found);
    if (const auto *Pseudo = llvm::dyn_cast<clang::CXXPseudoDestructorExpr>(Call.getCallee()->IgnoreParens()))
      return destroyed(Pseudo->isArrow() ? nullptr : Pseudo->getBase()->IgnoreParens(), Call, State, Found);
    if (const auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&Call);
        Operator && Operator->getOperator() == clang::OO_Equal && Operator->getNumArgs() == 2)
      return assignment(Call, *Operator->getArg(0), State);
    if (const auto *Method = llvm::dyn_cast<clang::CXXMemberCallExpr>(&Call)) {
      const Expr *Object = Method->getImplicitObjectArgument()->IgnoreParenImpCasts();
      if (llvm::isa_and_nonnull<clang::CXXDestructorDecl>(Method->getMethodDecl()))
        return destroyed(Object, Call, State, Found);
      // A member function may change what it is called on.
      if (const clang::CXXMethodDecl *Callee = Method->getMethodDecl(); !Callee || !Callee->isConst())
        llvm::isa<clang::CXXThisExpr>(Object) ? forgetThis(State) : forget(Object, State);
    }
    for (const Expr *Argument : Call.arguments()) {
      if (Argument->isGLValue() && !Argument->getType().isConstQualified())
        forget(Argument->IgnoreParenNoopCasts(Function.getASTContext()), State);
      if (llvm::isa<clang::CXXThisExpr>(Argument->IgnoreParenImpCasts()))
        forgetThis(State);
    }
  }

  const clang::FunctionDecl &Function;
  llvm::DenseMap<const Expr *, Role> Roles;
  /// A lambda may do anything to what it captures.
  bool Opaque = false;
  bool Always = false;
};

} // namespace

UnionFlow followUnions(const clang::FunctionDecl &Function, ControlFlowGraphs &Graphs, const ActiveMembers &AtEntry) {
  return Flow(Function).run(Graphs, AtEntry);
}

} // namespace snug::rules
