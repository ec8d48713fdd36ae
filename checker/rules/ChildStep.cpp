// Recognises the step from a child that lives in a class's bytes to the parent that derives from the class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ChildStep.h"

#include "rules/SubobjectPaths.h"

#include "clang/AST/DeclTemplate.h"

namespace snug::rules {
namespace {

/// The member that a place for something new names: `&bytes`, `bytes`, `(void*)bytes`, `reinterpret_cast<C*>(&bytes)`.
const clang::FieldDecl *memberNamed(const clang::Expr *Place) {
  for (unsigned Steps = 0; Steps != 16; ++Steps) {
    Place = Place->IgnoreParenCasts();
    const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Place);
    if (!Unary || (Unary->getOpcode() != clang::UO_AddrOf && Unary->getOpcode() != clang::UO_Deref))
      break;
    Place = Unary->getSubExpr();
  }
  const auto *Member = llvm::dyn_cast<clang::MemberExpr>(Place);
  return Member ? llvm::dyn_cast<clang::FieldDecl>(Member->getMemberDecl()) : nullptr;
}

bool isCall(const clang::Expr *Init) {
  return Init && llvm::isa<clang::CallExpr>(Init->IgnoreImplicit()->IgnoreParens());
}

void addCreations(const clang::FunctionDecl &F, std::vector<Creation> &Found) {
  const clang::FunctionDecl *Definition = nullptr;
  if (F.isDependentContext() || !F.isDefined(Definition) || !Definition->doesThisDeclarationHaveABody())
    return;
  llvm::SmallVector<const clang::Stmt *, 32> Todo{Definition->getBody()};
  while (!Todo.empty()) {
    const clang::Stmt *S = Todo.pop_back_val();
    if (!S)
      continue;
    if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(S); New && New->getNumPlacementArgs() == 1) {
      if (const clang::FieldDecl *Bytes = memberNamed(New->getPlacementArg(0)))
        Found.push_back(
            {New->getAllocatedType(), Bytes, New->getBeginLoc(), Definition, isCall(New->getInitializer())});
    } else if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(S); Call && Call->getNumArgs() > 0) {
      const clang::FunctionDecl *Callee = Call->getDirectCallee();
      if (Callee && Callee->getDeclName().isIdentifier() && Callee->getName() == "construct_at")
        if (const clang::FieldDecl *Bytes = memberNamed(Call->getArg(0)))
          Found.push_back(
              {Call->getArg(0)->getType()->getPointeeType(), Bytes, Call->getBeginLoc(), Definition, false});
    }
    Todo.append(S->child_begin(), S->child_end());
  }
}

bool isBytes(clang::QualType T, const clang::ASTContext &AST) {
  const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(T);
  return Array && (Array->getElementType()->isCharType() || Array->getElementType()->isStdByteType());
}

/// The member of `Slot` that a child lives in: where it creates one, else its only array of bytes.
const clang::FieldDecl *bytesOf(const clang::CXXRecordDecl &Slot, const std::vector<Creation> &Created,
                                const clang::ASTContext &AST) {
  for (const Creation &C : Created)
    if (C.Bytes->getParent() == &Slot && AST.getAsArrayType(C.Bytes->getType()))
      return C.Bytes;
  const clang::FieldDecl *Only = nullptr;
  for (const clang::FieldDecl *Field : Slot.fields())
    if (isBytes(Field->getType(), AST)) {
      if (Only)
        return nullptr;
      Only = Field;
    }
  return Only;
}

/// Walks back from the operand of a cast to the pointer that it was made from.
struct Way {
  const clang::Expr *Origin = nullptr;
  clang::QualType OriginType;
  bool Reinterpreted = false;
  const clang::CallExpr *Launder = nullptr;

  Way(const clang::Expr *E, LocalValues &Locals) {
    for (unsigned Steps = 0; Steps != 32; ++Steps) {
      E = Locals.resolve(E);
      if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(E)) {
        if (!reinterprets(*Cast) && Cast->getCastKind() != clang::CK_NoOp)
          break;
        Reinterpreted |= reinterprets(*Cast);
        E = Cast->getSubExpr();
      } else if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E); Call && isLaunder(*Call)) {
        Launder = Launder ? Launder : Call;
        E = Call->getArg(0);
      } else if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E);
                 Unary && (Unary->getOpcode() == clang::UO_AddrOf || Unary->getOpcode() == clang::UO_Deref)) {
        E = Unary->getSubExpr();
      } else {
        break;
      }
    }
    Origin = E;
    clang::QualType T = E->getType();
    OriginType = T->isPointerType() ? T->getPointeeType() : T;
  }
};

/// The base of `Parent`, direct or not, that has room for a child of just this size.
const clang::CXXRecordDecl *slotAmongBases(const clang::CXXRecordDecl &Parent, clang::QualType Child,
                                           const clang::ASTContext &AST) {
  for (const clang::CXXBaseSpecifier &Specifier : Parent.bases()) {
    const clang::CXXRecordDecl *Base = completeRecord(Specifier.getType());
    if (!Base)
      continue;
    const clang::FieldDecl *Bytes = bytesOf(*Base, creationsIn(*Base), AST);
    if (Bytes && AST.getTypeSizeInChars(Bytes->getType()) == AST.getTypeSizeInChars(Child))
      return Base;
    if (const clang::CXXRecordDecl *Further = slotAmongBases(*Base, Child, AST))
      return Further;
  }
  return nullptr;
}

} // namespace

std::vector<Creation> creationsIn(const clang::CXXRecordDecl &Class) {
  std::vector<Creation> Found;
  for (const clang::Decl *D : Class.decls()) {
    if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(D))
      addCreations(*F, Found);
    else if (const auto *T = llvm::dyn_cast<clang::FunctionTemplateDecl>(D))
      for (const clang::FunctionDecl *F : T->specializations())
        addCreations(*F, Found);
  }
  return Found;
}

std::optional<ChildStep> matchChildStep(const clang::ExplicitCastExpr &Cast, const clang::FunctionDecl *Function,
                                        RuleContext &Context) {
  const bool Downcast = Cast.getCastKind() == clang::CK_BaseToDerived;
  if (!Function || (!Downcast && !reinterprets(Cast)))
    return std::nullopt;
  clang::QualType Target = castTarget(Cast);
  const clang::CXXRecordDecl *Parent = completeRecord(Target);
  if (!Parent)
    return std::nullopt;
  const clang::ASTContext &AST = Context.AST;
  const bool MakesReceiver = Function->getDeclName().isIdentifier() && Function->getName() == "make_receiver_for";
  if (!Downcast && (!MakesReceiver || Parent->getNumBases() == 0))
    return std::nullopt;
  const Way Back(Cast.getSubExpr(), Context.Locals);
  const clang::CXXRecordDecl *Child = completeRecord(Back.OriginType);
  if (!Child || (Downcast && !Back.Reinterpreted))
    return std::nullopt;
  clang::QualType From = Cast.getSubExpr()->getType();
  const clang::CXXRecordDecl *Slot = Downcast ? completeRecord(From->isPointerType() ? From->getPointeeType() : From)
                                              : slotAmongBases(*Parent, Back.OriginType, AST);
  if (!Slot || declaresSameEntity(Slot, Child) || declaresSameEntity(Parent, Child))
    return std::nullopt;
  std::vector<Creation> Created = creationsIn(*Slot);
  const clang::FieldDecl *Bytes = bytesOf(*Slot, Created, AST);
  if (!Bytes || !subobjectsOf(AST, *Parent, Back.OriginType).empty())
    return std::nullopt;
  return ChildStep{&Cast,        Function,          Back.OriginType.getUnqualifiedType(), Slot, Parent, Bytes, Downcast,
                   Back.Launder, std::move(Created)};
}

} // namespace snug::rules
