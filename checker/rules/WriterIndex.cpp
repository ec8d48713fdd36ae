// Who writes a pointer field, who calls a function, and what lives in byte storage: facts of the shared traversal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/WriterIndex.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

void WriterIndex::declareInterest(StmtInterest &Interest) {
  for (Stmt::StmtClass Class :
       {Stmt::MemberExprClass, Stmt::CallExprClass, Stmt::CXXMemberCallExprClass, Stmt::CXXOperatorCallExprClass,
        Stmt::CXXConstructExprClass, Stmt::CXXTemporaryObjectExprClass, Stmt::CXXNewExprClass, Stmt::InitListExprClass,
        Stmt::UnaryOperatorClass, Stmt::CXXReinterpretCastExprClass, Stmt::CXXStaticCastExprClass,
        Stmt::CStyleCastExprClass})
    Interest.set(Class);
}

void WriterIndex::add(const Stmt &S, const StmtScope &Scope) {
  if (const auto *Member = llvm::dyn_cast<MemberExpr>(&S))
    return addMember(*Member, Scope);
  if (const auto *Operator = llvm::dyn_cast<UnaryOperator>(&S)) {
    // A pointer to member lets anybody write the member of any object.
    const auto *Named = llvm::dyn_cast<DeclRefExpr>(Operator->getSubExpr()->IgnoreParens());
    if (const auto *Field = Named ? llvm::dyn_cast<FieldDecl>(Named->getDecl()) : nullptr)
      Writes[Field].push_back({nullptr, nullptr, Scope.Function});
    return;
  }
  if (const auto *Call = llvm::dyn_cast<CallExpr>(&S))
    return addCall(Call->getDirectCallee(), *Call, Scope);
  if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(&S))
    return addCall(Construct->getConstructor(), *Construct, Scope);
  if (const auto *List = llvm::dyn_cast<InitListExpr>(&S)) {
    if (const CXXRecordDecl *Record = List->getType()->getAsCXXRecordDecl())
      Lists[Record->getCanonicalDecl()].push_back(List);
    return;
  }
  if (const auto *New = llvm::dyn_cast<CXXNewExpr>(&S)) {
    if (New->getNumPlacementArgs() == 0)
      return;
    const Expr &Address = *New->getPlacementArg(0);
    addStored(Address, New->getAllocatedType());
    if (const FieldDecl *Bytes = byteMemberOf(Address))
      Creations[Bytes].push_back({New, Scope.Function});
    return;
  }
  const auto &Cast = llvm::cast<ExplicitCastExpr>(S);
  if (Cast.getCastKind() == CK_BitCast || Cast.getCastKind() == CK_LValueBitCast) {
    QualType To = Cast.getType();
    addStored(*Cast.getSubExpr(), To->isPointerType() ? To->getPointeeType() : To);
  }
}

/// The nearest enclosing statement that is not a parenthesis.
static const Stmt *parentOf(const StmtScope &Scope) {
  for (const Stmt *S : llvm::reverse(Scope.Ancestors))
    if (!llvm::isa<ParenExpr>(S))
      return S;
  return nullptr;
}

/// A use that can change the field or let others change it. Reading it, and binding it to a reference to const, cannot.
static bool isRead(const Stmt *Parent) {
  const auto *Cast = llvm::dyn_cast_or_null<ImplicitCastExpr>(Parent);
  return Cast && (Cast->getCastKind() == CK_LValueToRValue ||
                  (Cast->getCastKind() == CK_NoOp && Cast->getType().isConstQualified()));
}

void WriterIndex::addMember(const MemberExpr &Member, const StmtScope &Scope) {
  const auto *Field = llvm::dyn_cast<FieldDecl>(Member.getMemberDecl());
  if (!Field || !Field->getType()->isPointerType() || Field->getType().isConstQualified())
    return;
  const Stmt *Parent = parentOf(Scope);
  if (isRead(Parent))
    return;
  const auto *Assignment = llvm::dyn_cast_or_null<BinaryOperator>(Parent);
  bool Plain = Assignment && Assignment->getOpcode() == BO_Assign && Assignment->getLHS()->IgnoreParens() == &Member;
  Writes[Field].push_back({&Member, Plain ? Assignment->getRHS() : nullptr, Scope.Function});
}

void WriterIndex::addCall(const FunctionDecl *Callee, const Expr &Call, const StmtScope &Scope) {
  if (Callee && Scope.Function)
    Calls[Callee->getCanonicalDecl()].push_back({&Call, Scope.Function});
}

void WriterIndex::addStored(const Expr &Address, QualType Pointee) {
  const CXXRecordDecl *Record = Pointee->getAsCXXRecordDecl();
  const FieldDecl *Bytes = Record && Record->hasDefinition() ? byteMemberOf(Address) : nullptr;
  if (!Bytes || isByteStorage(Pointee))
    return;
  auto &Classes = Stored[Bytes];
  if (!llvm::is_contained(Classes, Record->getDefinition()))
    Classes.push_back(Record->getDefinition());
}

template <class Map, class Key> static auto find(const Map &M, const Key *K) {
  auto It = M.find(K);
  return It == M.end() ? llvm::ArrayRef<typename Map::mapped_type::value_type>() : llvm::ArrayRef(It->second);
}

llvm::ArrayRef<WriterIndex::Write> WriterIndex::writesOf(const FieldDecl &Field) const { return find(Writes, &Field); }
llvm::ArrayRef<WriterIndex::CallSite> WriterIndex::callsOf(const FunctionDecl &Function) const {
  return find(Calls, Function.getCanonicalDecl());
}
llvm::ArrayRef<WriterIndex::Creation> WriterIndex::creationsIn(const FieldDecl &Bytes) const {
  return find(Creations, &Bytes);
}
llvm::ArrayRef<const InitListExpr *> WriterIndex::listsOf(const CXXRecordDecl &Record) const {
  return find(Lists, Record.getCanonicalDecl());
}
llvm::ArrayRef<const CXXRecordDecl *> WriterIndex::storedIn(const FieldDecl &Bytes) const {
  return find(Stored, &Bytes);
}

/// A class that holds data other than bytes.
static bool namesItsContent(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && (Record = Record->getDefinition()) && !Record->isEmpty() && !isByteStorage(Type);
}

bool isByteStorage(QualType Type) {
  Type = Type.getCanonicalType();
  if (const auto *Array = llvm::dyn_cast<ConstantArrayType>(Type)) {
    QualType Element = Array->getElementType();
    return Element->isStdByteType() || Element->isSpecificBuiltinType(BuiltinType::UChar);
  }
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !(Record = Record->getDefinition()) || Record->getNumBases() || Record->field_empty())
    return false;
  // A union with a byte alternative and none that says what lives there, or a class with nothing but bytes.
  if (Record->isUnion())
    return llvm::any_of(Record->fields(), [](const FieldDecl *F) { return isByteStorage(F->getType()); }) &&
           llvm::none_of(Record->fields(), [](const FieldDecl *F) { return namesItsContent(F->getType()); });
  return std::next(Record->field_begin()) == Record->field_end() && isByteStorage(Record->field_begin()->getType());
}

bool isFillOfUnion(const FieldDecl &Field) {
  return Field.getParent()->isUnion() && isByteStorage(Field.getType()) &&
         llvm::any_of(Field.getParent()->fields(), [](const FieldDecl *F) { return namesItsContent(F->getType()); });
}

static const FieldDecl *byteMemberOf(const Expr *E, unsigned CallsLeft) {
  while (E) {
    E = E->IgnoreParenCasts();
    if (const auto *Member = llvm::dyn_cast<MemberExpr>(E)) {
      const auto *Field = llvm::dyn_cast<FieldDecl>(Member->getMemberDecl());
      return Field && isByteStorage(Field->getType()) ? Field : nullptr;
    }
    if (const auto *Operator = llvm::dyn_cast<UnaryOperator>(E)) {
      if (Operator->getOpcode() != UO_AddrOf)
        return nullptr;
      E = Operator->getSubExpr();
    } else if (const auto *Subscript = llvm::dyn_cast<ArraySubscriptExpr>(E)) {
      E = Subscript->getBase();
    } else if (const auto *Call = llvm::dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const FunctionDecl *Definition = nullptr;
      if (!Callee || CallsLeft == 0)
        return nullptr;
      --CallsLeft;
      // `std::launder(p)`, `std::addressof(m)` and their like hand on what they are given.
      if (Callee->getBuiltinID() && Call->getNumArgs() == 1) {
        E = Call->getArg(0);
        continue;
      }
      if (!Callee->hasBody(Definition))
        return nullptr;
      const auto *Body = llvm::dyn_cast<CompoundStmt>(Definition->getBody());
      const auto *Return = Body && Body->size() == 1 ? llvm::dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
      E = Return ? Return->getRetValue() : nullptr;
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

const FieldDecl *byteMemberOf(const Expr &Address) { return byteMemberOf(&Address, 3); }

} // namespace snug::rules
