// Objects that are created at a place the program names, and the storage that is there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Placement.h"

#include "rules/SubobjectPaths.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::rules {

using clang::CharUnits;

void addPlacementKinds(StmtInterest &Interest) {
  Interest.set(clang::Stmt::CXXNewExprClass);
  Interest.set(clang::Stmt::CallExprClass);
}

static clang::QualType createdBy(const clang::CXXNewExpr &New, const clang::ASTContext &AST) {
  clang::QualType Type = New.getAllocatedType();
  if (!New.isArray())
    return Type;
  std::optional<const clang::Expr *> Count = New.getArraySize();
  clang::Expr::EvalResult Result;
  if (!Count || !*Count || (*Count)->isValueDependent() || !(*Count)->EvaluateAsInt(Result, AST))
    return {};
  llvm::APInt Number = Result.Val.getInt().zextOrTrunc(64);
  return AST.getConstantArrayType(Type, Number, nullptr, clang::ArraySizeModifier::Normal, 0);
}

std::optional<Placement> placementOf(const clang::Stmt &S, RuleContext &Context) {
  Placement P;
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(&S)) {
    const clang::FunctionDecl *Operator = New->getOperatorNew();
    if (New->getNumPlacementArgs() != 1 || !Operator || !Operator->isReservedGlobalPlacementOperator())
      return std::nullopt;
    P.By = New;
    P.Where = New->getPlacementArg(0);
    P.Type = createdBy(*New, Context.AST);
  } else if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S)) {
    const clang::FunctionDecl *F = Call->getDirectCallee();
    if (!F || Call->getNumArgs() == 0 || !F->getDeclName().isIdentifier() || F->getName() != "construct_at" ||
        !F->isInStdNamespace())
      return std::nullopt;
    P.By = Call;
    P.Where = Call->getArg(0);
    P.Type = P.Where->getType()->getPointeeType();
  }
  if (P.Type.isNull() || P.Type->isDependentType() || P.Type->isIncompleteType())
    return std::nullopt;
  P.Place = Context.Pointers.valueOf(P.Where);
  return P.Place ? std::optional(std::move(P)) : std::nullopt;
}

std::optional<Storage> storageAt(const PointerValue &Place, const clang::ASTContext &AST) {
  const StorageBytes Bytes = bytesAt(AST, Place);
  Storage Result;
  Result.Type = Place.Object;
  Result.Name = Place.Name;
  auto Enclosing = Place.Around.begin();
  bool IsArray = AST.getAsConstantArrayType(Place.Object) != nullptr;
  for (; Enclosing != Place.Around.end() && Enclosing->isElement(); ++Enclosing) {
    if (!AST.getAsConstantArrayType(Enclosing->Type))
      return std::nullopt;
    Result.Offset += AST.getTypeSizeInChars(Result.Type) * static_cast<std::int64_t>(Enclosing->Index.value_or(0));
    Result.Type = Enclosing->Type;
    IsArray = true;
  }
  if ((!IsArray && !Bytes) || Result.Type->isIncompleteType())
    return std::nullopt;
  // Behind a pointer to a class may be an array of that class.
  const bool AtEnd = Enclosing == Place.Around.end();
  if ((AtEnd && !IsArray && Place.Is == PointerValue::Kind::Unknown) || (!AtEnd && Enclosing->Provides))
    return std::nullopt;
  const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(Result.Type);
  if (Array && Array->getSize().getZExtValue() <= 1 && Place.Is != PointerValue::Kind::Known && !AtEnd &&
      Enclosing->Member) {
    const auto *Last = Enclosing->Member;
    for (const clang::FieldDecl *Field : Last->getParent()->fields())
      Last = Field;
    if (Last == Enclosing->Member)
      return std::nullopt;
  }
  Result.Room = AST.getTypeSizeInChars(Result.Type) - Result.Offset;
  CharUnits Inside = Result.Offset;
  for (; Enclosing != Place.Around.end() && Enclosing->Member; ++Enclosing) {
    const clang::CXXRecordDecl *Class = completeRecord(Enclosing->Type);
    if (!Class || !Class->isUnion())
      break;
    Result.Room = std::max(Result.Room, AST.getTypeSizeInChars(Enclosing->Type) - Inside);
  }
  return Result;
}

/// The variable at the start of an address, where the expression names one.
static const clang::VarDecl *variableNamed(const clang::Expr *E, LocalValues &Locals) {
  for (unsigned Steps = 0; Steps != 32; ++Steps) {
    E = E->IgnoreParenCasts();
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(E)) {
      E = Member->getBase();
    } else if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(E)) {
      E = Element->getBase();
    } else if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E); Call && Call->getNumArgs() == 1) {
      E = Call->getArg(0);
    } else if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E)) {
      const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
      if (!V || (!V->getType()->isReferenceType() && !V->getType()->isPointerType()))
        return V;
      const clang::Expr *Value = Locals.valueOf(*V);
      if (!Value)
        return nullptr;
      E = Value;
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

std::optional<PlaceInOutermost> placeInOutermost(const Placement &P, RuleContext &Context) {
  const clang::ASTContext &AST = Context.AST;
  PlaceInOutermost Result;
  clang::QualType Inner = P.Place.Object;
  for (const Enclosing &E : P.Place.Around) {
    if (E.Provides)
      return std::nullopt;
    if (E.Member) {
      Result.Offset += AST.toCharUnitsFromBits(static_cast<std::int64_t>(AST.getFieldOffset(E.Member)));
    } else if (E.Base) {
      const clang::CXXRecordDecl *Derived = completeRecord(E.Type);
      if (!Derived || llvm::none_of(Derived->bases(), [&](const clang::CXXBaseSpecifier &B) {
            return !B.isVirtual() && declaresSameEntity(B.getType()->getAsCXXRecordDecl(), E.Base);
          }))
        return std::nullopt;
      Result.Offset += AST.getASTRecordLayout(Derived).getBaseClassOffset(E.Base);
    } else {
      if (!E.Index)
        return std::nullopt;
      Result.Offset += AST.getTypeSizeInChars(Inner) * static_cast<std::int64_t>(*E.Index);
    }
    Inner = E.Type;
  }
  if (Inner->isIncompleteType())
    return std::nullopt;
  Result.Alignment = AST.getTypeAlignInChars(Inner);
  if (P.Place.Is == PointerValue::Kind::Known) {
    Result.Variable = variableNamed(P.Where, Context.Locals);
    if (Result.Variable)
      Result.Alignment = std::max(Result.Alignment, AST.getDeclAlign(Result.Variable, /*ForAlignof=*/true));
    return Result;
  }
  Result.Unseen = completeRecord(Inner);
  if (P.Place.Is != PointerValue::Kind::Unknown || P.Place.Around.empty() || !Result.Unseen)
    return std::nullopt;
  // It may be a base, without the virtual ones.
  if (Result.Unseen->getNumVBases() != 0)
    Result.Alignment = AST.getASTRecordLayout(Result.Unseen).getNonVirtualAlignment();
  return Result;
}

clang::SourceRange editableDeclaration(const clang::ValueDecl *D, const clang::ASTContext &AST) {
  const auto *Declarator = llvm::dyn_cast_or_null<clang::DeclaratorDecl>(D);
  if (!Declarator || !Declarator->getTypeSourceInfo())
    return {};
  const clang::DeclContext *Scope = D->getDeclContext();
  for (const clang::DeclContext *C = Scope; C; C = C->getParent())
    if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(C); F && F->isTemplateInstantiation())
      return {};
    else if (llvm::isa<clang::ClassTemplateSpecializationDecl>(C))
      return {};
  const clang::SourceLocation Begin = Declarator->getBeginLoc();
  if (!Begin.isFileID() || !Declarator->getEndLoc().isFileID() ||
      AST.getSourceManager().isInSystemHeader(Declarator->getLocation()))
    return {};
  for (const clang::Decl *Other : Scope->decls())
    if (Other != D && llvm::isa<clang::DeclaratorDecl>(Other) && Other->getBeginLoc() == Begin)
      return {};
  return {Begin, Declarator->getEndLoc()};
}

std::string nameAt(clang::QualType T, clang::SourceLocation Where, const clang::ASTContext &AST) {
  if (const clang::CXXRecordDecl *Record = T->getAsCXXRecordDecl()) {
    const bool Unnamed = Record->isLambda() || !Record->getIdentifier() || Record->getParentFunctionOrMethod();
    if (Unnamed || !AST.getSourceManager().isBeforeInTranslationUnit(Record->getLocation(), Where))
      return {};
  } else if (!T->isBuiltinType()) {
    return {};
  }
  clang::PrintingPolicy Policy(AST.getLangOpts());
  Policy.SuppressTagKeyword = true;
  return T.getUnqualifiedType().getAsString(Policy);
}

} // namespace snug::rules
