// Recognises `&((T *)0)->m`: offsetof written by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/HandWrittenOffset.h"

#include "clang/AST/ExprCXX.h"

namespace snug::rules {

/// The number that a pointer is made from, through casts that are written out.
static std::optional<std::uint64_t> constantPointer(const clang::Expr *E) {
  E = E->IgnoreParenCasts();
  if (llvm::isa<clang::CXXNullPtrLiteralExpr, clang::GNUNullExpr>(E))
    return 0;
  if (const auto *Literal = llvm::dyn_cast<clang::IntegerLiteral>(E))
    return Literal->getValue().tryZExtValue();
  return std::nullopt;
}

std::optional<HandWrittenOffset> handWrittenOffset(const clang::UnaryOperator &AddressOf,
                                                   const clang::ASTContext &AST) {
  if (AddressOf.getOpcode() != clang::UO_AddrOf)
    return std::nullopt;
  HandWrittenOffset Result{nullptr, nullptr, 0, ""};
  bool Direct = true;
  const clang::Expr *E = AddressOf.getSubExpr()->IgnoreParens();
  for (unsigned Steps = 0; Steps != 16; ++Steps) {
    if (const auto *Cast = llvm::dyn_cast<clang::CastExpr>(E)) {
      // `(char &)((T *)0)->m` leaves the member where it is; a conversion to a base does not.
      Direct &= Cast->getCastKind() == clang::CK_LValueBitCast || Cast->getCastKind() == clang::CK_NoOp ||
                Cast->getCastKind() == clang::CK_ArrayToPointerDecay;
      E = Cast->getSubExpr()->IgnoreParens();
      continue;
    }
    if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(E)) {
      // An index into an array on the way; into a pointer it would be another object.
      if (!Element->getBase()->IgnoreParenImpCasts()->getType()->isArrayType())
        return std::nullopt;
      Direct = false;
      E = Element->getBase()->IgnoreParens();
      continue;
    }
    const auto *Member = llvm::dyn_cast<clang::MemberExpr>(E);
    const auto *Field = Member ? llvm::dyn_cast<clang::FieldDecl>(Member->getMemberDecl()) : nullptr;
    if (!Field || Field->getType()->isReferenceType())
      return std::nullopt;
    if (!Result.Member)
      Result.Member = Field;
    if (Field->getDeclName())
      Result.Designator = Field->getNameAsString() + (Result.Designator.empty() ? "" : "." + Result.Designator);
    E = Member->getBase()->IgnoreParens();
    const clang::Expr *Pointer = nullptr;
    if (Member->isArrow())
      Pointer = E;
    else if (const auto *Deref = llvm::dyn_cast<clang::UnaryOperator>(E->IgnoreParenImpCasts());
             Deref && Deref->getOpcode() == clang::UO_Deref)
      Pointer = Deref->getSubExpr();
    if (!Pointer)
      continue;
    std::optional<std::uint64_t> Base = constantPointer(Pointer);
    const clang::Expr *Spelt = Pointer->IgnoreParenImpCasts();
    if (!Base || !Spelt->getType()->isPointerType())
      return std::nullopt;
    Direct &= AST.hasSameUnqualifiedType(Spelt->getType(), Pointer->IgnoreParens()->getType());
    Result.Base = *Base;
    Result.Record = Spelt->getType()->getPointeeType()->getAsCXXRecordDecl();
    if (!Direct)
      Result.Designator.clear();
    return Result.Record ? std::optional(Result) : std::nullopt;
  }
  return std::nullopt;
}

} // namespace snug::rules
