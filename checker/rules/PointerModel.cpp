// What pointers point to by the letter of the standard, which is not always what their type says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/PointerModel.h"

#include "layout/Interconvertible.h"
#include "rules/SubobjectPaths.h"

#include "clang/Basic/Builtins.h"

namespace snug::rules {

static constexpr unsigned MaxDepth = 48;

static bool isByte(clang::QualType T) { return T->isCharType() || T->isStdByteType(); }

const clang::CXXRecordDecl *completeRecord(clang::QualType T) {
  const clang::CXXRecordDecl *Record = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  return Record && !Record->isInvalidDecl() && !Record->isDependentContext() ? Record : nullptr;
}

bool saysWhat(clang::QualType T) {
  return !T->isVoidType() && !isByte(T) && !T->isFunctionType() && !T->isIncompleteType() && !T->isDependentType();
}

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

PointerValue PointerModel::unknown(clang::QualType Object, const clang::ValueDecl *Name) const {
  PointerValue V;
  Object = Object.getNonReferenceType();
  if (!saysWhat(Object))
    return V;
  V.Is = PointerValue::Kind::Unknown;
  V.Object = Object;
  V.Name = Name;
  return V;
}

PointerValue PointerModel::operandOf(const clang::ExplicitCastExpr &Cast) {
  return Cast.getCastKind() == clang::CK_LValueBitCast ? address(Cast.getSubExpr(), 0) : pointer(Cast.getSubExpr(), 0);
}

PointerValue PointerModel::converted(PointerValue V, clang::QualType Target, const clang::ExplicitCastExpr *By) const {
  if (!V || !saysWhat(Target))
    return V;
  auto To = [&](clang::QualType Object) {
    V.Object = Object;
    V.StaleSince = nullptr;
    return V;
  };
  if (layout::areSimilar(AST, V.Object, Target))
    return To(V.Object);
  // Down: the first member of the first member …
  if (const clang::CXXRecordDecl *Record = completeRecord(V.Object))
    for (const layout::InterconvertibleSubobject &S : layout::interconvertibleSubobjects(AST, *Record))
      if (S.Offset.isZero() && layout::areSimilar(AST, S.Type, Target)) {
        V.Around.insert(V.Around.begin(), Enclosing{V.Object, S.Field, S.Base});
        V.Name = S.Field ? S.Field : V.Name;
        return To(S.Type);
      }
  // Up along what is known to enclose it, and from there down again.
  unsigned Out = 0;
  for (const Enclosing &E : V.Around) {
    const clang::CXXRecordDecl *Whole = completeRecord(E.Type);
    bool Step = Whole && (E.Member ? layout::isInterconvertible(AST, *Whole, *E.Member)
                                   : E.Base && layout::isInterconvertible(AST, *Whole, *E.Base));
    if (!Step)
      break;
    ++Out;
    if (layout::areSimilar(AST, E.Type, Target) || layout::hasInterconvertible(AST, *Whole, Target)) {
      V.Around.erase(V.Around.begin(), V.Around.begin() + Out);
      return To(Target);
    }
  }
  // Up into what is not seen: a pointer to some X may well point to the first X in a Target.
  if (const clang::CXXRecordDecl *Record = completeRecord(Target);
      Record && V.Is == PointerValue::Kind::Unknown && Out == V.Around.size() &&
      layout::hasInterconvertible(AST, *Record, V.Around.empty() ? V.Object : V.Around.back().Type)) {
    V.Around.clear();
    return To(Target);
  }
  if (!V.StaleSince)
    V.StaleSince = By;
  return V;
}

PointerModel::Bytes PointerModel::bytesAt(const PointerValue &V) const {
  Bytes Result;
  if (!V)
    return Result;
  if (providesStorage(AST, V.Object)) {
    Result.Array = V.Object;
    Result.Name = V.Name;
  } else if (isByte(V.Object) && !V.Around.empty() && providesStorage(AST, V.Around.front().Type)) {
    Result.Array = V.Around.front().Type;
    Result.Name = V.Name;
  } else if (const clang::CXXRecordDecl *Wrapper = completeRecord(V.Object)) {
    if (const clang::FieldDecl *Field = interconvertibleBytes(AST, *Wrapper, Result.Size)) {
      Result.Array = Field->getType();
      Result.Name = Field;
    }
  }
  if (Result)
    Result.Size = AST.getTypeSizeInChars(Result.Array);
  return Result;
}

/// An object that lives in the bytes that `Place` points to, directly or by their first element.
static PointerValue inBytes(PointerValue V, const PointerValue &Place) {
  V.Is = PointerValue::Kind::Provided;
  V.Name = Place.Name;
  if (!isByte(Place.Object) || Place.Around.empty())
    V.Around.push_back({Place.Object, nullptr, nullptr});
  V.Around.append(Place.Around.begin(), Place.Around.end());
  return V;
}

PointerValue PointerModel::launder(const clang::CallExpr &Call, PointerValue Argument) const {
  clang::QualType Result = Call.getType()->getPointeeType();
  if (!Argument || Result.isNull() || !saysWhat(Result) || layout::areSimilar(AST, Argument.Object, Result))
    return Argument;
  PointerValue V = unknown(Result, nullptr);
  V.Launder = &Call;
  V.Laundered = std::make_shared<const PointerValue>(std::move(Argument));
  const std::shared_ptr<const PointerValue> From = V.Laundered;
  return bytesAt(*From) ? inBytes(std::move(V), *From) : V;
}

PointerValue PointerModel::created(const clang::CXXNewExpr &New, unsigned Depth) {
  PointerValue V = unknown(New.getAllocatedType(), nullptr);
  if (!V || New.isArray())
    return {};
  V.Is = PointerValue::Kind::Known;
  if (New.getNumPlacementArgs() != 1)
    return V;
  PointerValue Place = pointer(New.getPlacementArg(0), Depth + 1);
  return Place ? inBytes(std::move(V), Place) : V;
}

PointerValue PointerModel::called(const clang::CallExpr &Call, unsigned Depth) {
  if (isLaunder(Call))
    return launder(Call, pointer(Call.getArg(0), Depth + 1));
  const clang::FunctionDecl *F = Call.getDirectCallee();
  if (!F || !F->getDeclName().isIdentifier() || Call.getNumArgs() == 0)
    return {};
  const bool Addressof = F->getName() == "addressof" || F->getName() == "__addressof" ||
                         Call.getBuiltinCallee() == clang::Builtin::BI__builtin_addressof;
  if (Addressof && Call.getNumArgs() == 1 && Call.getArg(0)->isGLValue())
    return address(Call.getArg(0), Depth + 1);
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
    V.Around.insert(V.Around.begin(), Enclosing{V.Object, nullptr, nullptr});
    V.Object = Array->getElementType();
    return V;
  }
  case clang::CK_DerivedToBase:
  case clang::CK_UncheckedDerivedToBase: {
    PointerValue V = Operand();
    const clang::CXXRecordDecl *Base = completeRecord(Target);
    if (!V || !Base || V.Is == PointerValue::Kind::Provided)
      return V;
    V.Around.insert(V.Around.begin(), Enclosing{V.Object, nullptr, Base});
    V.Object = Target;
    return V;
  }
  case clang::CK_BaseToDerived: {
    PointerValue V = Operand();
    // A downcast of launder's result keeps the question what launder may reach.
    PointerValue Derived = unknown(Target, nullptr);
    Derived.Launder = V.Launder;
    Derived.Laundered = V.Laundered;
    return Derived;
  }
  case clang::CK_LValueToRValue: {
    const clang::Expr *Place = Inner->IgnoreParens();
    if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(Place)) {
      const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
      // A reference to a pointer, or a pointer whose value is known.
      if (const clang::Expr *Value = V ? Locals.valueOf(*V) : nullptr; Value && !V->getType()->isReferenceType())
        return pointer(Value, Depth + 1);
      return unknown(Target, Ref->getDecl());
    }
    if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(Place))
      return unknown(Target, Member->getMemberDecl());
    return {};
  }
  case clang::CK_Dynamic:
    return unknown(Target, nullptr);
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
    return unknown(E->getType()->getPointeeType(), nullptr);
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E))
    return called(*Call, Depth);
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(E))
    return created(*New, Depth);
  return {};
}

PointerValue PointerModel::address(const clang::Expr *E, unsigned Depth) {
  if (Depth == MaxDepth)
    return {};
  E = E->IgnoreParens();
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
      return Bound ? address(Bound, Depth + 1) : unknown(V->getType(), V);
    }
    PointerValue Object;
    Object.Is = PointerValue::Kind::Known;
    Object.Object = V->getType();
    Object.Name = V;
    return Object;
  }
  if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(E)) {
    const auto *Field = llvm::dyn_cast<clang::FieldDecl>(Member->getMemberDecl());
    const auto *Class = Field ? llvm::dyn_cast<clang::CXXRecordDecl>(Field->getParent()) : nullptr;
    if (!Class)
      return {};
    if (Field->getType()->isReferenceType())
      return unknown(Field->getType(), Field);
    const clang::Expr *Base = Member->getBase();
    PointerValue V = Member->isArrow() ? pointer(Base, Depth + 1) : address(Base, Depth + 1);
    clang::QualType Static = Member->isArrow() ? Base->getType()->getPointeeType() : Base->getType();
    // Through a stale pointer or one that is not understood: still the member of some object of the static type.
    if (!V || isStale(V, Static)) {
      V = {};
      V.Is = PointerValue::Kind::Unknown;
      V.Object = Static;
    }
    V.Around.insert(V.Around.begin(), Enclosing{V.Object, Field, nullptr});
    V.Object = Field->getType();
    V.Name = Field;
    return V;
  }
  if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(E)) {
    PointerValue V = pointer(Element->getBase(), Depth + 1);
    const bool InArray = V && !V.Around.empty() && AST.getAsArrayType(V.Around.front().Type) &&
                         !V.Around.front().Member && !V.Around.front().Base;
    return InArray ? V : PointerValue();
  }
  if (const auto *Temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(E)) {
    PointerValue Object;
    Object.Is = PointerValue::Kind::Known;
    Object.Object = Temporary->getType();
    return Object;
  }
  return {};
}

} // namespace snug::rules
