// What becomes of the result of a cast in the function where it stands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Uses.h"

#include "rules/PointerModel.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"

namespace snug::rules {

Uses &Uses::operator|=(const Uses &Other) {
  Dereferenced |= Other.Dereferenced;
  Escapes |= Other.Escapes;
  Laundered |= Other.Laundered;
  CastToBytes |= Other.CastToBytes;
  CastOn |= Other.CastOn;
  Created |= Other.Created;
  return *this;
}

namespace {

bool isByteOrVoid(clang::QualType T) { return T->isVoidType() || T->isCharType() || T->isStdByteType(); }

/// Functions that take a pointer as the place of an object that they create.
bool creates(const clang::CallExpr &Call) {
  const clang::FunctionDecl *F = Call.getDirectCallee();
  if (!F || !F->getDeclName().isIdentifier())
    return false;
  llvm::StringRef Name = F->getName();
  return Name == "construct_at" || Name == "construct" || Name == "allocate" || Name == "deallocate" ||
         Name.starts_with("uninitialized_");
}

class Walk {
public:
  explicit Walk(clang::Stmt &Body) : Body(Body), Parents(&Body) {}

  Uses of(const clang::Expr &E, unsigned Depth = 0) {
    Uses Result;
    // A constructor's initialiser stands outside the body.
    Result.Escapes = !parent(&E);
    bool IsAddress = !E.isGLValue(); // else the glvalue itself is at hand
    const clang::Stmt *Child = &E;
    for (const clang::Stmt *Parent = parent(Child); Parent; Child = Parent, Parent = parent(Child)) {
      if (llvm::isa<clang::ParenExpr, clang::FullExpr, clang::MaterializeTemporaryExpr>(Parent))
        continue;
      if (const auto *Cast = llvm::dyn_cast<clang::CastExpr>(Parent)) {
        if (Cast->getCastKind() == clang::CK_NoOp || (Cast->getCastKind() == clang::CK_LValueToRValue && IsAddress))
          continue;
        cast(*Cast, Result);
        return Result;
      }
      if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Parent);
          Unary && Unary->getOpcode() == clang::UO_AddrOf && !IsAddress) {
        IsAddress = true;
        continue;
      }
      if (const auto *Declaration = llvm::dyn_cast<clang::DeclStmt>(Parent)) {
        for (const clang::Decl *D : Declaration->decls())
          if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D); V && V->getInit() && holds(*V->getInit(), E))
            Result |= variable(*V, Depth);
        return Result;
      }
      other(*Parent, Child, IsAddress, Result);
      return Result;
    }
    return Result;
  }

private:
  const clang::Stmt *parent(const clang::Stmt *S) const { return Parents.getParent(S); }

  bool holds(const clang::Expr &Init, const clang::Expr &E) const {
    for (const clang::Stmt *S = &E; S; S = parent(S))
      if (S == &Init)
        return true;
    return false;
  }

  static void cast(const clang::CastExpr &Cast, Uses &Result) {
    clang::QualType Target = Cast.getType()->isPointerType() ? Cast.getType()->getPointeeType() : Cast.getType();
    switch (Cast.getCastKind()) {
    case clang::CK_BitCast:
    case clang::CK_LValueBitCast:
      (isByteOrVoid(Target) ? Result.CastToBytes : Result.CastOn) = true;
      return;
    case clang::CK_PointerToBoolean:
    case clang::CK_PointerToIntegral:
    case clang::CK_ToVoid:
      return;
    default:
      Result.Dereferenced = true;
    }
  }

  static void other(const clang::Stmt &Parent, const clang::Stmt *Child, bool IsAddress, Uses &Result) {
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&Parent)) {
      (isLaunder(*Call) ? Result.Laundered : creates(*Call) ? Result.Created : Result.Escapes) = true;
    } else if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(&Parent)) {
      if (Binary->isComparisonOp() || Binary->getOpcode() == clang::BO_Comma)
        return;
      if (Binary->isAssignmentOp() && IsAddress)
        (Binary->getRHS() == Child ? Result.Escapes : Result.Created) = true;
      else
        Result.Dereferenced = true;
    } else if (llvm::isa<clang::UnaryOperator, clang::MemberExpr, clang::ArraySubscriptExpr>(&Parent)) {
      Result.Dereferenced = true;
    } else if (llvm::isa<clang::CompoundStmt, clang::IfStmt, clang::ForStmt, clang::WhileStmt>(&Parent)) {
      return; // the value is dropped
    } else {
      Result.Escapes = true;
    }
  }

  Uses variable(const clang::VarDecl &V, unsigned Depth) {
    Uses Result;
    if (Depth == 4) {
      Result.Escapes = true;
      return Result;
    }
    llvm::SmallVector<const clang::Stmt *, 64> Todo{&Body};
    while (!Todo.empty()) {
      const clang::Stmt *S = Todo.pop_back_val();
      if (const auto *Ref = llvm::dyn_cast_or_null<clang::DeclRefExpr>(S); Ref && Ref->getDecl() == &V)
        Result |= V.getType()->isReferenceType() ? of(*Ref, Depth + 1) : read(*Ref, Depth + 1);
      if (S)
        Todo.append(S->child_begin(), S->child_end());
    }
    return Result;
  }

  Uses read(const clang::DeclRefExpr &Ref, unsigned Depth) {
    const clang::Stmt *Parent = parent(&Ref);
    while (llvm::isa_and_nonnull<clang::ParenExpr>(Parent))
      Parent = parent(Parent);
    if (const auto *Load = llvm::dyn_cast_or_null<clang::ImplicitCastExpr>(Parent))
      return of(*Load, Depth);
    Uses Result;
    Result.Escapes = !llvm::isa_and_nonnull<clang::BinaryOperator>(Parent);
    return Result;
  }

  clang::Stmt &Body;
  clang::ParentMap Parents;
};

} // namespace

Uses usesOf(const clang::Expr &E, const clang::FunctionDecl *Function) {
  Uses Result;
  clang::Stmt *Body = Function ? Function->getBody() : nullptr;
  if (!Body) {
    Result.Escapes = true;
    return Result;
  }
  return Walk(*Body).of(E);
}

} // namespace snug::rules
