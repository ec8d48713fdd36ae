// What the pointers of a function point to: the value of expressions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/PointerModel.h"

#include "clang/Basic/Builtins.h"

namespace snug::rules {

static constexpr unsigned MaxDepth = 48;

clang::QualType castTarget(const clang::ExplicitCastExpr &Cast) {
  clang::QualType T = Cast.getTypeAsWritten();
  return T->isPointerType() || T->isReferenceType() ? T->getPointeeType() : clang::QualType();
}

bool reinterprets(const clang::ExplicitCastExpr &Cast) {
  return Cast.getCastKind() == clang::CK_BitCast || Cast.getCastKind() == clang::CK_LValueBitCast;
}

bool isLaunder(const clang::CallExpr &Call) {
  if (Call.getBuiltinCallee() == clang::Builtin::BI__builtin_launder)
    return true;
  const clang::FunctionDecl *F = Call.getDirectCallee();
  return F && Call.getNumArgs() == 1 && F->getDeclName().isIdentifier() && F->getName() == "launder" &&
         F->getReturnType()->isPointerType();
}

std::optional<std::int64_t> PointerModel::constantOf(const clang::Expr *E) {
  E = Locals.resolve(E);
  clang::Expr::EvalResult Result;
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType() || !E->EvaluateAsInt(Result, AST))
    return std::nullopt;
  return Result.Val.getInt().tryExtValue();
}

const PointerValue &PointerModel::operandOf(const clang::ExplicitCastExpr &Cast) {
  if (LastCast != &Cast) {
    LastOperand = Cast.isGLValue() ? address(Cast.getSubExpr(), 0) : pointer(Cast.getSubExpr(), 0);
    LastCast = &Cast;
  }
  return LastOperand;
}

PointerValue PointerModel::launder(const clang::CallExpr &Call, PointerValue Argument) const {
  clang::QualType Result = Call.getType()->getPointeeType();
  if (!Argument || Result.isNull() || !saysWhat(Result) || layout::areSimilar(AST, Argument.Object, Result))
    return Argument;
  PointerValue V = unknownObject(Result, nullptr);
  V.Launder = &Call;
  V.Laundered = std::make_shared<const PointerValue>(std::move(Argument));
  const std::shared_ptr<const PointerValue> From = V.Laundered;
  return bytesAt(*From) ? livingIn(std::move(V), *From) : V;
}

PointerValue PointerModel::created(const clang::CXXNewExpr &New, unsigned Depth) {
  clang::QualType Type = New.getAllocatedType();
  if (!saysWhat(Type) || New.isArray())
    return {};
  PointerValue V = knownObject(Type, nullptr);
  if (New.getNumPlacementArgs() != 1)
    return V;
  PointerValue Place = pointer(New.getPlacementArg(0), Depth + 1);
  return Place ? livingIn(std::move(V), Place) : V;
}

/// Calls whose result is, or refers to, what they are given.
PointerValue PointerModel::handedOn(const clang::CallExpr &Call, unsigned Depth, bool IsGLValue) {
  if (!IsGLValue && isLaunder(Call))
    return launder(Call, pointer(Call.getArg(0), Depth + 1));
  const clang::FunctionDecl *F = Call.getDirectCallee();
  if (!F || !F->getDeclName().isIdentifier() || Call.getNumArgs() != 1 || llvm::isa<clang::CXXMethodDecl>(F))
    return {};
  const clang::Expr *Argument = Call.getArg(0);
  llvm::StringRef Name = F->getName();
  const bool Addressof =
      Name == "addressof" || Name == "__addressof" || Call.getBuiltinCallee() == clang::Builtin::BI__builtin_addressof;
  if (Addressof && !IsGLValue && Argument->isGLValue())
    return address(Argument, Depth + 1);
  const bool Forwards = F->isInStdNamespace() && (Name == "move" || Name == "forward" || Name == "as_const");
  if (Forwards && Argument->isGLValue())
    return IsGLValue ? address(Argument, Depth + 1) : PointerValue();
  return {};
}

/// The value that is read from a pointer.
PointerValue PointerModel::read(const clang::Expr &Place, clang::QualType Pointee, unsigned Depth) {
  if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(&Place)) {
    const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
    // A reference to a pointer, or a pointer whose value is known.
    if (const clang::Expr *Value = V ? Locals.valueOf(*V) : nullptr; Value && !V->getType()->isReferenceType())
      return pointer(Value, Depth + 1);
    return unknownObject(Pointee, Ref->getDecl());
  }
  if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(&Place))
    return unknownObject(Pointee, Member->getMemberDecl());
  return {};
}

PointerValue PointerModel::cast(const clang::CastExpr &Cast, unsigned Depth, bool IsGLValue) {
  const clang::Expr *Inner = Cast.getSubExpr();
  auto Operand = [&] { return IsGLValue ? address(Inner, Depth + 1) : pointer(Inner, Depth + 1); };
  clang::QualType Target = IsGLValue ? Cast.getType() : Cast.getType()->getPointeeType();
  switch (Cast.getCastKind()) {
  case clang::CK_NoOp:
    return Operand();
  case clang::CK_BitCast:
  case clang::CK_LValueBitCast:
    return converted(Operand(), Target, llvm::dyn_cast<clang::ExplicitCastExpr>(&Cast));
  case clang::CK_ArrayToPointerDecay: {
    PointerValue V = address(Inner, Depth + 1);
    const clang::ArrayType *Array = V ? AST.getAsArrayType(V.Object) : nullptr;
    if (!Array)
      return {};
    V.enterElement(Array->getElementType(), 0);
    return V;
  }
  case clang::CK_DerivedToBase:
  case clang::CK_UncheckedDerivedToBase: {
    PointerValue V = Operand();
    clang::QualType Static = IsGLValue ? Inner->getType() : Inner->getType()->getPointeeType();
    // Of a stale pointer or one that is not understood: still the base of some object of the static type.
    if (!V || isStale(V, Static))
      V = unknownObject(Static, nullptr);
    for (const clang::CXXBaseSpecifier *Step : Cast.path())
      if (const clang::CXXRecordDecl *Base = V ? completeRecord(Step->getType()) : nullptr)
        V.enterBase(*Base, AST.getQualifiedType(Step->getType().getUnqualifiedType(), V.Object.getQualifiers()));
      else
        return {};
    return V;
  }
  case clang::CK_BaseToDerived: {
    PointerValue V = Operand();
    clang::QualType Static = IsGLValue ? Inner->getType() : Inner->getType()->getPointeeType();
    return isStale(V, Static) ? unknownObject(Target, nullptr) : downcast(V, Target);
  }
  case clang::CK_IntegralToPointer: {
    // A pointer that became an integer and is not changed there: [expr.reinterpret.cast]/5.
    const auto *Integer = llvm::dyn_cast<clang::CastExpr>(Locals.resolve(Inner));
    if (!Integer || Integer->getCastKind() != clang::CK_PointerToIntegral)
      return {};
    PointerValue V = pointer(Integer->getSubExpr(), Depth + 1);
    return converted(std::move(V), Target, llvm::dyn_cast<clang::ExplicitCastExpr>(&Cast));
  }
  case clang::CK_LValueToRValue:
    return read(*Inner->IgnoreParens(), Target, Depth);
  case clang::CK_Dynamic:
    return unknownObject(Target, nullptr);
  default:
    return {};
  }
}

PointerValue PointerModel::pointer(const clang::Expr *E, unsigned Depth) {
  if (Depth == MaxDepth)
    return {};
  E = E->IgnoreParens();
  if (const auto *Cleanups = llvm::dyn_cast<clang::FullExpr>(E))
    return pointer(Cleanups->getSubExpr(), Depth + 1);
  if (const auto *Replaced = llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(E))
    return pointer(Replaced->getReplacement(), Depth + 1);
  if (E->isGLValue() && !E->getType()->isPointerType())
    return address(E, Depth + 1);
  if (const auto *Cast = llvm::dyn_cast<clang::CastExpr>(E))
    return cast(*Cast, Depth, /*IsGLValue=*/false);
  if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E))
    return Unary->getOpcode() == clang::UO_AddrOf ? address(Unary->getSubExpr(), Depth + 1) : PointerValue();
  if (llvm::isa<clang::CXXThisExpr>(E))
    return unknownObject(E->getType()->getPointeeType(), nullptr);
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E))
    return handedOn(*Call, Depth, /*IsGLValue=*/false);
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(E))
    return created(*New, Depth);
  if (const auto *Choice = llvm::dyn_cast<clang::ConditionalOperator>(E))
    return joined(AST, pointer(Choice->getTrueExpr(), Depth + 1), pointer(Choice->getFalseExpr(), Depth + 1));
  if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(E)) {
    if (Binary->getOpcode() == clang::BO_Comma)
      return pointer(Binary->getRHS(), Depth + 1);
    if (!Binary->isAdditiveOp() || !E->getType()->isPointerType())
      return {};
    const bool PointerFirst = Binary->getLHS()->getType()->isPointerType();
    const clang::Expr *Pointer = PointerFirst ? Binary->getLHS() : Binary->getRHS();
    PointerValue V = pointer(Pointer, Depth + 1);
    if (!V || isStale(V, Pointer->getType()->getPointeeType()))
      return {};
    std::optional<std::int64_t> N = constantOf(PointerFirst ? Binary->getRHS() : Binary->getLHS());
    return moved(AST, std::move(V), N && Binary->getOpcode() == clang::BO_Sub ? std::optional(-*N) : N);
  }
  return {};
}

PointerValue PointerModel::member(const clang::MemberExpr &Member, unsigned Depth) {
  if (const auto *Static = llvm::dyn_cast<clang::VarDecl>(Member.getMemberDecl()))
    return Static->getType()->isReferenceType() ? unknownObject(Static->getType(), Static)
                                                : knownObject(Static->getType(), Static);
  const auto *Field = llvm::dyn_cast<clang::FieldDecl>(Member.getMemberDecl());
  const auto *Class = Field ? llvm::dyn_cast<clang::CXXRecordDecl>(Field->getParent()) : nullptr;
  if (!Class)
    return {};
  if (Field->getType()->isReferenceType())
    return unknownObject(Field->getType(), Field);
  const clang::Expr *Base = Member.getBase();
  PointerValue V = Member.isArrow() ? pointer(Base, Depth + 1) : address(Base, Depth + 1);
  clang::QualType Static = Member.isArrow() ? Base->getType()->getPointeeType() : Base->getType();
  // Through a stale pointer or one that is not understood: still the member of some object of the static type.
  if (!V || isStale(V, Static)) {
    V = {};
    V.Is = PointerValue::Kind::Unknown;
    V.Object = Static;
  }
  V.enterMember(*Field);
  return V;
}

PointerValue PointerModel::address(const clang::Expr *E, unsigned Depth) {
  if (Depth == MaxDepth)
    return {};
  E = E->IgnoreParens();
  if (const auto *Cleanups = llvm::dyn_cast<clang::FullExpr>(E))
    return address(Cleanups->getSubExpr(), Depth + 1);
  if (const auto *Replaced = llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(E))
    return address(Replaced->getReplacement(), Depth + 1);
  if (const auto *Cast = llvm::dyn_cast<clang::CastExpr>(E))
    return Cast->isGLValue() ? cast(*Cast, Depth, /*IsGLValue=*/true) : PointerValue();
  if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E))
    return Unary->getOpcode() == clang::UO_Deref ? pointer(Unary->getSubExpr(), Depth + 1) : PointerValue();
  if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E)) {
    const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
    if (!V)
      return {};
    if (V->getType()->isReferenceType()) {
      const clang::Expr *Bound = Locals.valueOf(*V);
      return Bound ? address(Bound, Depth + 1) : unknownObject(V->getType(), V);
    }
    return knownObject(V->getType(), V);
  }
  if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(E))
    return member(*Member, Depth);
  if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(E)) {
    PointerValue V = pointer(Element->getBase(), Depth + 1);
    clang::QualType Static = Element->getBase()->getType()->getPointeeType();
    if (!V || Static.isNull() || isStale(V, Static))
      return {};
    std::optional<std::int64_t> N = constantOf(Element->getIdx());
    // An element of an array that is not seen.
    if (!V.isElement())
      return V.Is == PointerValue::Kind::Unknown && V.Around.empty() && !N ? unknownObject(V.Object, nullptr)
                                                                           : moved(AST, std::move(V), N);
    if (!isByte(V.Object))
      return moved(AST, std::move(V), N);
    // An element of a buffer keeps the buffer around it, whichever it is.
    std::optional<std::uint64_t> &Index = V.Around.front().Index;
    Index = N && *N >= 0 && Index ? std::optional(*Index + static_cast<std::uint64_t>(*N)) : std::nullopt;
    return V;
  }
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E))
    return handedOn(*Call, Depth, /*IsGLValue=*/true);
  if (const auto *Choice = llvm::dyn_cast<clang::ConditionalOperator>(E))
    return joined(AST, address(Choice->getTrueExpr(), Depth + 1), address(Choice->getFalseExpr(), Depth + 1));
  if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(E))
    return Binary->getOpcode() == clang::BO_Comma ? address(Binary->getRHS(), Depth + 1) : PointerValue();
  if (const auto *Temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(E))
    return knownObject(Temporary->getType(), nullptr);
  return {};
}

} // namespace snug::rules
