// Finds data members of receivers that make_receiver_for gives a constant instead of what was connected.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/MakeReceiverLosesState.h"

#include "rules/Names.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

namespace {

bool isEmptyClass(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && Class->getDefinition()->isEmpty();
}

/// What an expression is made of: the same value whatever the arguments of the function are.
bool isConstant(const Expr *E) {
  // What a template was given is written in its type.
  if (llvm::isa<SubstNonTypeTemplateParmExpr>(E) || E->isTypeDependent())
    return false;
  if (llvm::isa<IntegerLiteral, FloatingLiteral, CharacterLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
                clang::StringLiteral, ImplicitValueInitExpr, CXXScalarValueInitExpr, GNUNullExpr>(E))
    return true;
  if (const auto *Ref = llvm::dyn_cast<DeclRefExpr>(E))
    return llvm::isa<EnumConstantDecl>(Ref->getDecl());
  if (const auto *Default = llvm::dyn_cast<CXXDefaultInitExpr>(E))
    return isConstant(Default->getExpr());
  if (!llvm::isa<ParenExpr, ImplicitCastExpr, InitListExpr, CXXConstructExpr, ExplicitCastExpr, UnaryOperator,
                 BinaryOperator, ExprWithCleanups, MaterializeTemporaryExpr, CXXBindTemporaryExpr, ConstantExpr>(E))
    return false;
  return llvm::all_of(E->children(), [](const Stmt *Child) {
    const auto *Part = llvm::dyn_cast_or_null<Expr>(Child);
    return Part && isConstant(Part);
  });
}

bool mentions(const Stmt *S, const FieldDecl &Field) {
  if (!S)
    return false;
  if (const auto *Member = llvm::dyn_cast<MemberExpr>(S))
    if (Member->getMemberDecl()->getCanonicalDecl() == Field.getCanonicalDecl())
      return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) { return mentions(Child, Field); });
}

/// How a member comes to its value in the function.
struct Lost {
  const FieldDecl *Field;
  SourceLocation Where;
  const char *How;
};

/// Follows what the function returns to each member's initialiser.
class Follower {
public:
  Follower(const CXXRecordDecl &Receiver, const FunctionDecl &Function) : Receiver(Receiver), Function(Function) {}

  std::vector<Lost> Result;

  void returned(const Expr *E, SourceLocation Where) {
    Return = Where;
    follow(unwrapped(E), Receiver, 3);
  }

private:
  /// Without what only makes temporaries, copies them, or names a local variable.
  const Expr *unwrapped(const Expr *E) {
    for (unsigned Steps = 0; E && Steps != 16; ++Steps) {
      E = E->IgnoreParenImpCasts();
      if (const auto *Cleanups = llvm::dyn_cast<ExprWithCleanups>(E))
        E = Cleanups->getSubExpr();
      else if (const auto *Temporary = llvm::dyn_cast<MaterializeTemporaryExpr>(E))
        E = Temporary->getSubExpr();
      else if (const auto *Bound = llvm::dyn_cast<CXXBindTemporaryExpr>(E))
        E = Bound->getSubExpr();
      else if (const auto *Cast = llvm::dyn_cast<CXXFunctionalCastExpr>(E))
        E = Cast->getSubExpr();
      else if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(E);
               Construct && Construct->getConstructor()->isCopyOrMoveConstructor() && Construct->getNumArgs() == 1)
        E = Construct->getArg(0);
      else if (const auto *Ref = llvm::dyn_cast<DeclRefExpr>(E)) {
        const auto *Variable = llvm::dyn_cast<VarDecl>(Ref->getDecl());
        if (!Variable || llvm::isa<ParmVarDecl>(Variable) || !Variable->isLocalVarDecl() || !Variable->getInit())
          return nullptr;
        E = Variable->getInit();
      } else
        return E;
    }
    return nullptr;
  }

  void follow(const Expr *E, const CXXRecordDecl &Class, unsigned Depth) {
    if (!E || Depth == 0)
      return;
    if (const auto *List = llvm::dyn_cast<InitListExpr>(E)) {
      const InitListExpr *Semantic = List->isSemanticForm() ? List : List->getSemanticForm();
      if (Semantic && Class.isAggregate())
        braces(*Semantic, Class, Depth);
      else if (Class.getNumBases() == 0)
        writtenBraces(*List, Class);
    } else if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(E)) {
      constructor(*Construct, Class, Depth);
    }
  }

  void braces(const InitListExpr &List, const CXXRecordDecl &Class, unsigned Depth) {
    unsigned Index = 0;
    for (const CXXBaseSpecifier &Base : Class.bases())
      if (const CXXRecordDecl *BaseClass = completeRecord(Base.getType()); BaseClass && Index < List.getNumInits())
        follow(unwrapped(List.getInit(Index++)), *BaseClass, Depth - 1);
    for (const FieldDecl *Field : Class.fields())
      if (!Field->isUnnamedBitField() && Index < List.getNumInits())
        member(*Field, List.getInit(Index++));
  }

  /// In a template that nobody has instantiated, of an aggregate without bases: position by position.
  void writtenBraces(const InitListExpr &List, const CXXRecordDecl &Class) {
    if (!Class.isAggregate())
      return;
    unsigned Index = 0;
    for (const FieldDecl *Field : Class.fields())
      if (!Field->isUnnamedBitField() && Index < List.getNumInits())
        member(*Field, List.getInit(Index++));
  }

  void constructor(const CXXConstructExpr &Call, const CXXRecordDecl &Class, unsigned Depth) {
    const CXXConstructorDecl *Constructor = Call.getConstructor();
    const FunctionDecl *Definition = nullptr;
    if (!Constructor->hasBody(Definition)) {
      if (Constructor->isTrivial() && Constructor->isDefaultConstructor())
        for (const FieldDecl *Field : Class.fields())
          if (!Field->isUnnamedBitField())
            add(*Field, Return, "leaves it uninitialised");
      return;
    }
    Constructor = llvm::cast<CXXConstructorDecl>(Definition);
    if (Constructor->isDelegatingConstructor()) {
      // What the first constructor hands on from its own arguments is no constant here, whatever they were. Where nobody
      // else can call the second one, its constants may be those of every object.
      const auto *Next = llvm::dyn_cast<CXXConstructExpr>((*Constructor->init_begin())->getInit()->IgnoreImplicit());
      if (Next && Depth && Next->getConstructor()->getAccess() != AS_private)
        constructor(*Next, Class, Depth - 1);
      return;
    }
    for (const FieldDecl *Field : Class.fields()) {
      if (Field->isUnnamedBitField() || mentions(Constructor->getBody(), *Field))
        continue;
      const auto *Init = llvm::find_if(Constructor->inits(), [&](const CXXCtorInitializer *I) {
        return I->isAnyMemberInitializer() && I->getAnyMember() == Field;
      });
      if (Init == Constructor->init_end()) {
        if (!Field->getType()->isRecordType() && !Field->hasInClassInitializer())
          add(*Field, Return, "leaves it uninitialised");
        continue;
      }
      const Expr *Value = (*Init)->getInit();
      // Whoever can only be what the class says is the same in every object.
      if (llvm::isa<CXXDefaultInitExpr>(Value) && !isSetElsewhere(*Field, Class))
        continue;
      if (const Expr *Argument = argumentOf(*Value, *Constructor, Call))
        member(*Field, Argument);
      else if (isConstant(Value) && isSetElsewhere(*Field, Class))
        member(*Field, Value);
    }
  }

  /// The argument that a member initialiser hands on as it is, or from which it is made.
  static const Expr *argumentOf(const Expr &Value, const CXXConstructorDecl &Constructor,
                                const CXXConstructExpr &Call) {
    const Expr *E = Value.IgnoreImplicit();
    while (const auto *Part = llvm::dyn_cast<Expr>(E)) {
      if (const auto *Ref = llvm::dyn_cast<DeclRefExpr>(Part)) {
        const auto *Parameter = llvm::dyn_cast<ParmVarDecl>(Ref->getDecl());
        if (!Parameter || Parameter->getDeclContext() != &Constructor ||
            Parameter->getFunctionScopeIndex() >= Call.getNumArgs())
          return nullptr;
        const Expr *Argument = Call.getArg(Parameter->getFunctionScopeIndex());
        if (const auto *Default = llvm::dyn_cast<CXXDefaultArgExpr>(Argument))
          return Default->getExpr();
        return Argument;
      }
      if (std::distance(Part->child_begin(), Part->child_end()) != 1)
        return nullptr;
      E = llvm::dyn_cast_or_null<Expr>(*Part->child_begin());
      if (!E)
        return nullptr;
      E = E->IgnoreImplicit();
    }
    return nullptr;
  }

  /// Another constructor gives the member something else.
  static bool isSetElsewhere(const FieldDecl &Field, const CXXRecordDecl &Class) {
    return Field.getAccess() == AS_public || llvm::any_of(Class.ctors(), [&](const CXXConstructorDecl *C) {
             return !C->isCopyOrMoveConstructor() && llvm::any_of(C->inits(), [&](const CXXCtorInitializer *I) {
               return I->isAnyMemberInitializer() && I->getAnyMember() == &Field && I->isWritten() &&
                      !isConstant(I->getInit());
             });
           });
  }

  void member(const FieldDecl &Field, const Expr *Value) {
    if (!Value || !isConstant(Value))
      return;
    const Expr *Bare = Value->IgnoreParenImpCasts();
    if (llvm::isa<CXXDefaultInitExpr>(Bare))
      add(Field, Return, "leaves it at its default");
    else if (llvm::isa<ImplicitValueInitExpr>(Bare))
      add(Field, Return, "leaves it empty");
    else
      add(Field, Value->getBeginLoc().isValid() ? Value->getBeginLoc() : Return, "gives it a constant");
  }

  void add(const FieldDecl &Field, SourceLocation Where, const char *How) {
    // A member that the function names otherwise is filled in later; a static choice of the type is no state.
    if (isEmptyClass(Field.getType()) || Field.isUnnamedBitField() || mentions(Function.getBody(), Field))
      return;
    Result.push_back({&Field, Where, How});
  }

  const CXXRecordDecl &Receiver;
  const FunctionDecl &Function;
  SourceLocation Return;
};

const ReturnStmt *onlyReturn(const Stmt *S) {
  if (!S)
    return nullptr;
  if (const auto *Return = llvm::dyn_cast<ReturnStmt>(S))
    return Return;
  const ReturnStmt *Found = nullptr;
  for (const Stmt *Child : S->children())
    if (const ReturnStmt *Return = llvm::isa_and_nonnull<LambdaExpr>(Child) ? nullptr : onlyReturn(Child)) {
      if (Found)
        return nullptr;
      Found = Return;
    }
  return Found;
}

} // namespace

bool MakeReceiverLosesState::judge(const ReceiverMaker &Maker, RuleContext &Context) {
  if (judgeBody(Maker, *Maker.Method, Context))
    return true;
  bool Any = false;
  if (const FunctionTemplateDecl *Template = Maker.functionTemplate(); Template && !Maker.IsPattern)
    for (const FunctionDecl *Instance : Template->specializations())
      Any |= judgeBody(Maker, *Instance, Context);
  return Any;
}

bool MakeReceiverLosesState::judgeBody(const ReceiverMaker &Maker, const FunctionDecl &Function, RuleContext &Context) {
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition))
    return false;
  const ReturnStmt *Return = onlyReturn(Definition->getBody());
  if (!Return || !Return->getRetValue())
    return false;
  Follower Follow(*Maker.Receiver, *Definition);
  Follow.returned(Return->getRetValue(), Return->getBeginLoc());
  for (const Lost &L : Follow.Result) {
    const std::string Name = quoted(*L.Field);
    Finding F = violated(Context.locate(L.Where), Name + " is not recomputed from the child: make_receiver_for of " +
                                                      quoted(*Maker.Receiver) + " " + L.How);
    F.Reasons.push_back({"",
                         "the receiver that was connected may hold another " + Name +
                             "; the one made from the child must "
                             "be equal to it",
                         Context.locate(L.Field->getLocation()),
                         {}});
    F.Reasons.push_back({"",
                         "make " + Name + " a template argument of " + quoted(*Maker.Receiver) +
                             ", or a member of the parent that the child leads to",
                         Context.locate(L.Field->getLocation()),
                         {}});
    Context.report(std::move(F), Maker.IsPattern || Function.isDependentContext() ? nullptr : Definition);
  }
  return !Follow.Result.empty();
}

} // namespace snug::rules
