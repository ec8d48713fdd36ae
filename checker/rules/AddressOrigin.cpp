// Where the value of a pointer comes from, seen from one complete object under construction.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/AddressOrigin.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

#include <optional>

namespace snug::rules {

using namespace clang;

/// Expressions looked at per question, and how deep calls may nest. The deepest real chains (a connect of eight nested
/// senders) need some hundreds and some dozens.
static constexpr unsigned BudgetPerQuestion = 4000;
static constexpr unsigned DeepestCall = 200;

llvm::SmallVector<const CXXConstructorDecl *, 4> makingConstructors(const CXXRecordDecl &Record) {
  llvm::SmallVector<const CXXConstructorDecl *, 4> Result;
  auto Add = [&](const CXXConstructorDecl *C) {
    if (!C->isDeleted() && !C->isCopyOrMoveConstructor() && !C->isDependentContext())
      Result.push_back(C);
  };
  for (const Decl *D : Record.decls()) {
    if (const auto *C = llvm::dyn_cast<CXXConstructorDecl>(D))
      Add(C);
    else if (const auto *Template = llvm::dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *Specialization : Template->specializations())
        if (const auto *C = llvm::dyn_cast<CXXConstructorDecl>(Specialization))
          Add(C);
  }
  return Result;
}

/// Parentheses, temporaries, clean-ups and substitutions: nodes that hand on their operand's value and category.
static const Expr *strip(const Expr *E) {
  for (;;) {
    const Expr *Inner = E->IgnoreParens();
    if (const auto *Cleanups = llvm::dyn_cast<FullExpr>(Inner))
      Inner = Cleanups->getSubExpr();
    else if (const auto *Temporary = llvm::dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Substituted = llvm::dyn_cast<SubstNonTypeTemplateParmExpr>(Inner))
      Inner = Substituted->getReplacement();
    else if (const auto *Default = llvm::dyn_cast<CXXDefaultArgExpr>(Inner))
      Inner = Default->getExpr();
    if (Inner == E)
      return E;
    E = Inner;
  }
}

static bool handsOnItsArgument(const CallExpr &Call) {
  switch (Call.getBuiltinCallee()) {
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIforward_like:
  case Builtin::BIas_const:
    return true;
  default:
    return false;
  }
}

static bool takesAddress(const CallExpr &Call) {
  switch (Call.getBuiltinCallee()) {
  case Builtin::BIaddressof:
  case Builtin::BI__addressof:
  case Builtin::BI__builtin_addressof:
    return true;
  default:
    return false;
  }
}

static Origin agree(const std::optional<Origin> &A, Origin B) { return !A || *A == B ? B : Origin{}; }

// --- questions -------------------------------------------------------------------------------------------------------

void AddressOrigin::beginQuestion() { Budget = BudgetPerQuestion; }

Origin AddressOrigin::afterConstruction(const CXXRecordDecl &Object, const CXXConstructorDecl &Constructor,
                                        const Step *Path) {
  beginQuestion();
  return constructed({&Constructor, {}, nullptr, Origin::inside(0, &Object), &Object, nullptr}, Path);
}

Origin AddressOrigin::afterBraces(const CXXRecordDecl &Object, const InitListExpr &List, const Step *Path) {
  beginQuestion();
  return initializedByList(List, {nullptr, {}, nullptr, Origin{}, nullptr, nullptr}, Origin::inside(0, &Object), Path);
}

// --- frames ----------------------------------------------------------------------------------------------------------

const AddressOrigin::Frame *AddressOrigin::frameOf(const CXXThisExpr &This, const Frame &F) const {
  const CXXRecordDecl *Class = This.getType()->getPointeeCXXRecordDecl();
  for (const Frame *Up = &F; Class && Up; Up = Up->Caller)
    if (Up->ThisClass && Up->ThisClass->getCanonicalDecl() == Class->getCanonicalDecl())
      return Up;
  return nullptr;
}

Origin AddressOrigin::enter(const CallExpr &Call, const Frame &F, llvm::function_ref<Origin(const Frame &)> Then) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  const FunctionDecl *Definition = nullptr;
  if (!Callee || !Callee->hasBody(Definition) || Depth == DeepestCall || !spend())
    return {};
  // Which body a virtual call enters is not known here.
  if (const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Callee); Method && Method->isVirtual())
    return {};
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  Frame Inner{Definition, {}, &F, Origin{}, nullptr, nullptr};
  Arguments Given(Call.arg_begin(), Call.arg_end());
  if (const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Definition)) {
    const Expr *Object = nullptr;
    if (const auto *MemberCall = llvm::dyn_cast<CXXMemberCallExpr>(&Call))
      Object = MemberCall->getImplicitObjectArgument();
    else if (llvm::isa<CXXOperatorCallExpr>(Call) && !Given.empty()) {
      Object = Given.front();
      Given.erase(Given.begin());
    }
    if (Method->isInstance() && Object) {
      Inner.ThisClass = Method->getParent();
      Inner.This = Object->getType()->isPointerType() ? pointer(Object, F) : address(Object, F);
      Inner.Object = Object->getType()->isPointerType() ? nullptr : Object;
    }
  }
  Inner.Arguments = Given;
  return Then(Inner);
}

static void collectReturns(const Stmt *S, llvm::SmallVectorImpl<const Expr *> &Out) {
  if (!S || llvm::isa<LambdaExpr>(S))
    return;
  if (const auto *Return = llvm::dyn_cast<ReturnStmt>(S)) {
    Out.push_back(Return->getRetValue());
    return;
  }
  if (llvm::isa<Expr>(S))
    return;
  for (const Stmt *Child : S->children())
    collectReturns(Child, Out);
}

llvm::ArrayRef<const Expr *> AddressOrigin::returnsOf(const FunctionDecl &Definition) {
  auto &Known = Returns[&Definition];
  if (!Known) {
    Known = std::make_unique<llvm::SmallVector<const Expr *, 1>>();
    collectReturns(Definition.getBody(), *Known);
  }
  return *Known;
}

template <class Continuation> Origin AddressOrigin::returned(const CallExpr &Call, const Frame &F, Continuation Then) {
  return enter(Call, F, [&](const Frame &Inner) {
    std::optional<Origin> Result;
    for (const Expr *Value : returnsOf(*Inner.Function))
      Result = agree(Result, Value ? Then(Value, Inner) : Origin{});
    return Result.value_or(Origin{});
  });
}

// --- objects being initialised ---------------------------------------------------------------------------------------

Origin AddressOrigin::constructed(const Frame &F, const Step *Path) {
  const FunctionDecl *Definition = nullptr;
  if (!spend() || !F.Function->hasBody(Definition))
    return {};
  const auto &Constructor = *llvm::cast<CXXConstructorDecl>(Definition);
  Frame Here = F;
  Here.Function = Definition;
  if (Path->How == Step::Kind::Storage)
    return created(Here, *Path);
  for (const CXXCtorInitializer *Init : Constructor.inits()) {
    if (Init->isDelegatingInitializer())
      return initialized(Init->getInit(), Here, F.This, Path);
    if (Init->isBaseInitializer()) {
      const CXXRecordDecl *Base = Init->getBaseClass()->getAsCXXRecordDecl();
      if (Path->How == Step::Kind::Base && Base && Base->getDefinition() == Path->Class)
        return initialized(Init->getInit(), Here, Origin::inside(F.This.Offset + Path->Offset, Path->Class),
                           Path->Next);
      continue;
    }
    if (Path->How != Step::Kind::Field)
      continue;
    const Step *Last = Path;
    std::int64_t Offset = F.This.Offset + Path->Offset;
    if (const IndirectFieldDecl *Indirect = Init->getIndirectMember()) {
      bool Same = true;
      llvm::ArrayRef<NamedDecl *> Chain = Indirect->chain();
      for (std::size_t I = 0; Same && I != Chain.size(); ++I) {
        Same = Last && Last->Field == Chain[I];
        if (Same && I + 1 != Chain.size()) {
          Last = Last->Next;
          Offset += Last ? Last->Offset : 0;
        }
      }
      if (!Same)
        continue;
    } else if (Init->getMember() != Path->Field) {
      continue;
    }
    Origin At = F.This.isInside() ? Origin::inside(Offset, Last->Class) : Origin{};
    return initialized(Init->getInit(), Here, At, Last->Next);
  }
  return Origin::nothing();
}

/// The constructor's own placement new into the byte member; one made elsewhere comes later.
Origin AddressOrigin::created(const Frame &F, const Step &Storage) {
  std::optional<Origin> Result;
  for (const WriterIndex::Creation &Creation : Writers.creationsIn(*Storage.Field)) {
    const CXXRecordDecl *Class = Creation.New->getAllocatedType()->getAsCXXRecordDecl();
    if (!Class || Class->getDefinition() != Storage.Class)
      continue;
    const Expr *Init = Creation.New->getConstructExpr();
    if (!Init)
      Init = Creation.New->getInitializer();
    Origin At = F.This.isInside() ? Origin::inside(F.This.Offset + Storage.Offset, Storage.Class) : Origin{};
    bool Mine = Creation.Creator && Creation.Creator->getCanonicalDecl() == F.Function->getCanonicalDecl();
    Result = agree(Result, Init && Mine ? initialized(Init, F, At, Storage.Next) : Origin{});
  }
  return Result.value_or(Origin{});
}

Origin AddressOrigin::initialized(const Expr *E, const Frame &F, Origin At, const Step *Path) {
  if (!spend())
    return {};
  E = strip(E);
  if (const auto *Default = llvm::dyn_cast<CXXDefaultInitExpr>(E))
    return initialized(Default->getExpr(), F, At, Path);
  if (const auto *List = llvm::dyn_cast<InitListExpr>(E))
    return initializedByList(*List, F, At, Path);
  if (!Path)
    return E->isGLValue() ? address(E, F) : pointer(E, F);
  if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(E))
    return initializedByConstructor(*Construct, F, At, Path);
  if (const auto *Inherited = llvm::dyn_cast<CXXInheritedCtorInitExpr>(E)) {
    Frame Inner{
        Inherited->getConstructor(), F.Arguments, F.Caller, At, Inherited->getConstructor()->getParent(), nullptr};
    return constructed(Inner, Path);
  }
  if (E->isGLValue())
    return read(E, F, Path);
  if (const auto *Call = llvm::dyn_cast<CallExpr>(E))
    return initializedByCall(*Call, F, At, Path);
  if (const auto *Cast = llvm::dyn_cast<CastExpr>(E))
    switch (Cast->getCastKind()) {
    case CK_LValueToRValue:
      return read(Cast->getSubExpr(), F, Path);
    case CK_NoOp:
    case CK_ConstructorConversion:
    case CK_UserDefinedConversion:
      return initialized(Cast->getSubExpr(), F, At, Path);
    default:
      return {};
    }
  if (const auto *Lambda = llvm::dyn_cast<LambdaExpr>(E)) {
    for (auto [Field, Init] : llvm::zip(Lambda->getLambdaClass()->fields(), Lambda->capture_inits()))
      if (Path->Field == Field && Init)
        return initialized(Init, F, Origin{}, Path->Next);
    return {};
  }
  if (const auto *Conditional = llvm::dyn_cast<ConditionalOperator>(E))
    return agree(initialized(Conditional->getTrueExpr(), F, At, Path),
                 initialized(Conditional->getFalseExpr(), F, At, Path));
  if (const auto *Parenthesized = llvm::dyn_cast<CXXParenListInitExpr>(E)) {
    // Fields in order; aggregates with bases are written with braces in all code seen.
    const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
    if (Class && Class->getNumBases() == 0 && Path->How == Step::Kind::Field &&
        Path->Field->getParent() == Class->getDefinition() &&
        Path->Field->getFieldIndex() < Parenthesized->getInitExprs().size())
      return initialized(Parenthesized->getInitExprs()[Path->Field->getFieldIndex()], F,
                         At.isInside() ? Origin::inside(At.Offset + Path->Offset, Path->Class) : Origin{}, Path->Next);
  }
  return {};
}

Origin AddressOrigin::initializedByConstructor(const CXXConstructExpr &E, const Frame &F, Origin At, const Step *Path) {
  if (Path->How == Step::Kind::Element) {
    // One constructor makes every element.
    if (At.isInside())
      At = Origin::inside(At.Offset + Path->Offset, Path->Class);
    return Path->Next ? initializedByConstructor(E, F, At, Path->Next) : Origin::nothing();
  }
  const CXXConstructorDecl *Constructor = E.getConstructor();
  if (Constructor->isCopyOrMoveConstructor() && Constructor->isDefaulted() && E.getNumArgs() >= 1)
    return read(E.getArg(0), F, Path);
  if (Constructor->isTrivial() && Constructor->isDefaultConstructor())
    return Origin::nothing();
  if (Depth == DeepestCall)
    return {};
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  Arguments Given(E.arg_begin(), E.arg_end());
  return constructed({Constructor, Given, &F, At, Constructor->getParent(), nullptr}, Path);
}

Origin AddressOrigin::initializedByList(const InitListExpr &Syntactic, const Frame &F, Origin At, const Step *Path) {
  const InitListExpr &List =
      Syntactic.isSemanticForm() || !Syntactic.getSemanticForm() ? Syntactic : *Syntactic.getSemanticForm();
  if (!Path)
    return List.getNumInits() == 1 ? initialized(List.getInit(0), F, At, Path) : Origin::nothing();
  if (List.isTransparent())
    return initialized(List.getInit(0), F, At, Path);
  Origin Inner = At.isInside() ? Origin::inside(At.Offset + Path->Offset, Path->Class) : Origin{};
  if (Path->How == Step::Kind::Element)
    return Path->Index < List.getNumInits()
               ? initialized(List.getInit(static_cast<unsigned>(Path->Index)), F, Inner, Path->Next)
               : Origin::nothing();
  const CXXRecordDecl *Class = List.getType()->getAsCXXRecordDecl();
  if (!Class || !(Class = Class->getDefinition()))
    return {};
  // A default member initialiser may name `this`: the object that the braces make.
  const Frame Here{F.Function, F.Arguments, &F, At, Class, nullptr};
  unsigned Position = 0;
  auto Next = [&](const Frame &Where) {
    return Position < List.getNumInits() ? initialized(List.getInit(Position), Where, Inner, Path->Next)
                                         : Origin::nothing();
  };
  if (Class->isUnion())
    return List.getInitializedFieldInUnion() == Path->Field ? Next(F) : Origin::nothing();
  for (const CXXBaseSpecifier &Base : Class->bases()) {
    if (Path->How == Step::Kind::Base && Base.getType()->getAsCXXRecordDecl()->getDefinition() == Path->Class)
      return Next(F);
    ++Position;
  }
  for (const FieldDecl *Field : Class->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    if (Field == Path->Field)
      return Next(Position < List.getNumInits() && llvm::isa<CXXDefaultInitExpr>(List.getInit(Position)) ? Here : F);
    ++Position;
  }
  return {};
}

Origin AddressOrigin::initializedByCall(const CallExpr &Call, const Frame &F, Origin At, const Step *Path) {
  return returned(Call, F, [&](const Expr *Value, const Frame &Inner) { return initialized(Value, Inner, At, Path); });
}

// --- objects being read ----------------------------------------------------------------------------------------------

Origin AddressOrigin::read(const Expr *E, const Frame &F, const Step *Path) {
  if (!spend())
    return {};
  E = strip(E);
  if (const auto *Temporary = llvm::dyn_cast<MaterializeTemporaryExpr>(E))
    return initialized(Temporary->getSubExpr(), F, Origin{}, Path);
  if (!E->isGLValue())
    return initialized(E, F, Origin{}, Path);
  if (const auto *Reference = llvm::dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = llvm::dyn_cast<VarDecl>(Reference->getDecl());
    if (!Variable)
      return {};
    return bound(*Variable, F, [&](const Expr *Value, const Frame &Where) {
      return Variable->getType()->isReferenceType() ? read(Value, Where, Path)
                                                    : initialized(Value, Where, Origin{}, Path);
    });
  }
  if (const auto *Member = llvm::dyn_cast<MemberExpr>(E)) {
    const auto *Field = llvm::dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || Field->getParent()->isInvalidDecl() || !Writers.writesOf(*Field).empty())
      return {};
    const std::int64_t Offset = Shapes.AST.toCharUnitsFromBits(Shapes.AST.getFieldOffset(Field)).getQuantity();
    const Step *Longer =
        Shapes.prepend({Step::Kind::Field, Field, Field->getType()->getAsCXXRecordDecl(), 0, Offset, nullptr}, Path);
    const Expr *Base = strip(Member->getBase());
    if (const auto *This = llvm::dyn_cast<CXXThisExpr>(Base->IgnoreImpCasts()))
      return readThisMember(*This, F, Longer);
    if (!Member->isArrow())
      return read(Base, F, Longer);
    return readInside(pointer(Base, F), F, Longer);
  }
  if (const auto *Cast = llvm::dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_NoOp)
      return read(Cast->getSubExpr(), F, Path);
    if (Cast->getCastKind() == CK_DerivedToBase || Cast->getCastKind() == CK_UncheckedDerivedToBase) {
      llvm::SmallVector<Step, 4> Steps;
      const CXXRecordDecl *Class = Cast->getSubExpr()->getType()->getAsCXXRecordDecl();
      for (const CXXBaseSpecifier *Specifier : llvm::make_range(Cast->path_begin(), Cast->path_end())) {
        const CXXRecordDecl *Base = Specifier->getType()->getAsCXXRecordDecl()->getDefinition();
        if (!Class || Specifier->isVirtual())
          return {};
        const CharUnits Offset = Shapes.AST.getASTRecordLayout(Class->getDefinition()).getBaseClassOffset(Base);
        Steps.push_back({Step::Kind::Base, nullptr, Base, 0, Offset.getQuantity(), nullptr});
        Class = Base;
      }
      const Step *Longer = Path;
      for (const Step &S : llvm::reverse(Steps))
        Longer = Shapes.prepend(S, Longer);
      return read(Cast->getSubExpr(), F, Longer);
    }
    return {};
  }
  if (const auto *Call = llvm::dyn_cast<CallExpr>(E)) {
    if (handsOnItsArgument(*Call))
      return read(Call->getArg(0), F, Path);
    return returned(*Call, F, [&](const Expr *Value, const Frame &Inner) { return read(Value, Inner, Path); });
  }
  if (const auto *Operator = llvm::dyn_cast<UnaryOperator>(E); Operator && Operator->getOpcode() == UO_Deref) {
    if (const auto *This = llvm::dyn_cast<CXXThisExpr>(strip(Operator->getSubExpr())))
      return readThisMember(*This, F, Path);
    return readInside(pointer(Operator->getSubExpr(), F), F, Path);
  }
  return {};
}

template <class Continuation> Origin AddressOrigin::bound(const VarDecl &Variable, const Frame &F, Continuation Then) {
  const auto *Parameter = llvm::dyn_cast<ParmVarDecl>(&Variable);
  if (!Parameter) {
    const bool Fixed = Variable.isLocalVarDecl() && !Variable.isStaticLocal() &&
                       (Variable.getType()->isRecordType() || Variable.getType()->isReferenceType() ||
                        Variable.getType().isConstQualified());
    // A local pointer may be written again; a local object is copied as it was made.
    return Fixed && Variable.getInit() ? Then(Variable.getInit(), F) : Origin{};
  }
  // Captured parameters belong to a function further up.
  const auto *Owner = llvm::dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  for (const Frame *Up = &F; Owner && Up; Up = Up->Caller) {
    if (!Up->Function || Up->Function->getCanonicalDecl() != Owner->getCanonicalDecl())
      continue;
    const unsigned Index = Parameter->getFunctionScopeIndex();
    if (!Up->Caller && llvm::isa<CXXConstructorDecl>(Up->Function))
      return {Origin::Kind::Outside, 0, nullptr};
    return Up->Caller && Index < Up->Arguments.size() ? Then(Up->Arguments[Index], *Up->Caller) : Origin{};
  }
  return {};
}

Origin AddressOrigin::readThisMember(const CXXThisExpr &This, const Frame &F, const Step *Path) {
  const Frame *Owner = frameOf(This, F);
  if (!Owner || !Path)
    return {};
  if (Owner->Object && Owner->Caller)
    return read(Owner->Object, *Owner->Caller, Path);
  // A member read while its object is under construction: what the initialiser above left there.
  if (Owner->Function && llvm::isa<CXXConstructorDecl>(Owner->Function))
    return constructed(*Owner, Path);
  return {};
}

/// A member of the object looked at, when it is the outermost object that is under construction.
Origin AddressOrigin::readInside(Origin At, const Frame &F, const Step *Path) {
  const Frame *Outermost = &F;
  while (Outermost->Caller)
    Outermost = Outermost->Caller;
  if (Path && At.isInside() && At.Offset == 0 && Outermost->Function && At.Class == Outermost->ThisClass &&
      llvm::isa<CXXConstructorDecl>(Outermost->Function))
    return constructed(*Outermost, Path);
  return {};
}

// --- addresses and pointers ------------------------------------------------------------------------------------------

Origin AddressOrigin::cast(const CastExpr &Cast, Origin Value) {
  if (!Value.isInside())
    return Value;
  switch (Cast.getCastKind()) {
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_BaseToDerived: {
    const bool Down = Cast.getCastKind() == CK_BaseToDerived;
    QualType From = Down ? Cast.getType() : Cast.getSubExpr()->getType();
    const CXXRecordDecl *Class = From->isPointerType() ? From->getPointeeCXXRecordDecl() : From->getAsCXXRecordDecl();
    if (!Class)
      return {};
    const CXXRecordDecl *Derived = Class->getDefinition();
    std::int64_t Distance = 0;
    for (const CXXBaseSpecifier *Step : llvm::make_range(Cast.path_begin(), Cast.path_end())) {
      const CXXRecordDecl *Base = Step->getType()->getAsCXXRecordDecl();
      if (Step->isVirtual() || !Base || !(Base = Base->getDefinition()))
        return {};
      Distance += Shapes.AST.getASTRecordLayout(Class->getDefinition()).getBaseClassOffset(Base).getQuantity();
      Class = Base;
    }
    return Down ? Origin::inside(Value.Offset - Distance, Derived) : Origin::inside(Value.Offset + Distance, Class);
  }
  case CK_BitCast:
  case CK_LValueBitCast: {
    QualType To = Cast.getType()->isPointerType() ? Cast.getType()->getPointeeType() : Cast.getType();
    const CXXRecordDecl *Class = To->getAsCXXRecordDecl();
    return Origin::inside(Value.Offset, Class ? Class->getDefinition() : nullptr);
  }
  default:
    return Value;
  }
}

Origin AddressOrigin::address(const Expr *E, const Frame &F) {
  if (!spend())
    return {};
  E = strip(E);
  if (const auto *Reference = llvm::dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = llvm::dyn_cast<VarDecl>(Reference->getDecl());
    if (!Variable || !Variable->getType()->isReferenceType())
      return {};
    return bound(*Variable, F, [&](const Expr *Value, const Frame &Where) { return address(Value, Where); });
  }
  if (const auto *Member = llvm::dyn_cast<MemberExpr>(E)) {
    const auto *Field = llvm::dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || Field->getParent()->isInvalidDecl())
      return {};
    if (Field->getType()->isReferenceType())
      return read(E, F, nullptr);
    Origin Base = Member->isArrow() ? pointer(Member->getBase(), F) : address(Member->getBase(), F);
    if (!Base.isInside())
      return {};
    const CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
    return Origin::inside(Base.Offset + Shapes.AST.toCharUnitsFromBits(Shapes.AST.getFieldOffset(Field)).getQuantity(),
                          Class ? Class->getDefinition() : nullptr);
  }
  if (const auto *Cast = llvm::dyn_cast<CastExpr>(E))
    return cast(*Cast, address(Cast->getSubExpr(), F));
  if (const auto *Call = llvm::dyn_cast<CallExpr>(E)) {
    if (handsOnItsArgument(*Call))
      return address(Call->getArg(0), F);
    return returned(*Call, F, [&](const Expr *Value, const Frame &Inner) { return address(Value, Inner); });
  }
  if (const auto *Operator = llvm::dyn_cast<UnaryOperator>(E); Operator && Operator->getOpcode() == UO_Deref)
    return pointer(Operator->getSubExpr(), F);
  return {};
}

Origin AddressOrigin::pointer(const Expr *E, const Frame &F) {
  if (!spend())
    return {};
  E = strip(E);
  if (E->isGLValue() && E->getType()->isArrayType())
    return address(E, F);
  if (const auto *This = llvm::dyn_cast<CXXThisExpr>(E)) {
    const Frame *Owner = frameOf(*This, F);
    return Owner ? Owner->This : Origin{};
  }
  if (llvm::isa<CXXNullPtrLiteralExpr, ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return Origin::nothing();
  if (const auto *Operator = llvm::dyn_cast<UnaryOperator>(E); Operator && Operator->getOpcode() == UO_AddrOf)
    return address(Operator->getSubExpr(), F);
  if (const auto *Cast = llvm::dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_NullToPointer)
      return Origin::nothing();
    if (Cast->getCastKind() == CK_LValueToRValue)
      return read(Cast->getSubExpr(), F, nullptr);
    if (Cast->getCastKind() == CK_ArrayToPointerDecay)
      return address(Cast->getSubExpr(), F);
    return cast(*Cast, pointer(Cast->getSubExpr(), F));
  }
  if (const auto *Call = llvm::dyn_cast<CallExpr>(E)) {
    if (takesAddress(*Call))
      return address(Call->getArg(0), F);
    return returned(*Call, F, [&](const Expr *Value, const Frame &Inner) { return pointer(Value, Inner); });
  }
  if (const auto *Conditional = llvm::dyn_cast<ConditionalOperator>(E))
    return agree(pointer(Conditional->getTrueExpr(), F), pointer(Conditional->getFalseExpr(), F));
  if (const auto *List = llvm::dyn_cast<InitListExpr>(E))
    return initializedByList(*List, F, Origin{}, nullptr);
  return {};
}

} // namespace snug::rules
