// Classes that keep their own address, so that a copy of the object keeps the address of another.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SelfAddress.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace snug::rules {

using namespace clang;

bool isThis(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenCasts();
    const auto *Unary = llvm::dyn_cast<UnaryOperator>(E);
    if (!Unary || (Unary->getOpcode() != UO_Deref && Unary->getOpcode() != UO_AddrOf))
      return llvm::isa<CXXThisExpr>(E);
    E = Unary->getSubExpr();
  }
}

static bool holdsAddress(const FieldDecl &Field) {
  return (Field.getType()->isPointerType() && !Field.getType()->isFunctionPointerType()) ||
         Field.getType()->isReferenceType();
}

static const FieldDecl *firstAddress(const CXXRecordDecl *Record) {
  Record = Record ? Record->getDefinition() : nullptr;
  if (Record)
    for (const FieldDecl *Field : Record->fields())
      if (holdsAddress(*Field))
        return Field;
  return nullptr;
}

// By syntax, not by the pointer model: that one answers for expressions of functions that are traversed, while these are
// the initialisers of any class that a record contains, of templates too, and only a plain `this` is asked for.

/// The field that an initialiser puts `this` into: the field itself, or the pointer of an object made from `this`.
static const FieldDecl *keptBy(const FieldDecl &Field, const Expr *Init) {
  if (!Init)
    return nullptr;
  if (const auto *Default = llvm::dyn_cast<CXXDefaultInitExpr>(Init))
    Init = Default->getExpr();
  if (holdsAddress(Field)) {
    const auto *List = llvm::dyn_cast<InitListExpr>(Init->IgnoreImplicit());
    return isThis(List && List->getNumInits() == 1 ? List->getInit(0) : Init) ? &Field : nullptr;
  }
  llvm::SmallVector<const Stmt *, 8> Todo{Init};
  while (!Todo.empty()) {
    const Stmt *S = Todo.pop_back_val();
    if (!S || llvm::isa<LambdaExpr>(S))
      continue;
    llvm::SmallVector<const Expr *, 4> Parts;
    const auto *E = llvm::dyn_cast<Expr>(S);
    if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(S))
      Parts.append(Construct->arg_begin(), Construct->arg_end());
    else if (const auto *List = llvm::dyn_cast<InitListExpr>(S))
      Parts.append(List->inits().begin(), List->inits().end());
    for (const Expr *Part : Parts)
      if (Part && Part->getType()->isPointerType() && isThis(Part))
        if (const FieldDecl *Kept = firstAddress(E->getType()->getAsCXXRecordDecl()))
          return Kept;
    Todo.append(S->child_begin(), S->child_end());
  }
  return nullptr;
}

/// In a class template that nobody has constructed, what the template says.
static const Expr *defaultInitialiser(const FieldDecl &Field) {
  if (!Field.hasInClassInitializer() || Field.getInClassInitializer())
    return Field.getInClassInitializer();
  const auto *Record = llvm::cast<CXXRecordDecl>(Field.getParent());
  const CXXRecordDecl *Pattern = Record->getTemplateInstantiationPattern();
  for (const FieldDecl *Candidate : Pattern ? Pattern->fields() : Record->fields())
    if (Candidate->getFieldIndex() == Field.getFieldIndex())
      return Candidate->getInClassInitializer();
  return nullptr;
}

static std::optional<KeptAddress> keptAddress(const CXXRecordDecl &Record, unsigned Depth) {
  for (const FieldDecl *Field : Record.fields())
    if (const Expr *Init = defaultInitialiser(*Field))
      if (const FieldDecl *Kept = keptBy(*Field, Init))
        return KeptAddress{Kept, &Record, Init->getExprLoc()};
  for (const CXXConstructorDecl *Constructor : Record.ctors()) {
    const FunctionDecl *Definition = nullptr;
    if (!Constructor->isDefined(Definition) || Constructor->isCopyOrMoveConstructor())
      continue;
    for (const CXXCtorInitializer *Init : llvm::cast<CXXConstructorDecl>(Definition)->inits())
      if (Init->isMemberInitializer())
        if (const FieldDecl *Kept = keptBy(*Init->getMember(), Init->getInit()))
          return KeptAddress{Kept, &Record, Init->getSourceLocation()};
  }
  if (Depth == 0)
    return std::nullopt;
  auto Inner = [&](QualType Type) -> std::optional<KeptAddress> {
    const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
    Class = Class ? Class->getDefinition() : nullptr;
    return Class ? keptAddress(*Class, Depth - 1) : std::nullopt;
  };
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (std::optional<KeptAddress> Kept = Inner(Base.getType()))
      return Kept;
  for (const FieldDecl *Field : Record.fields())
    if (std::optional<KeptAddress> Kept = Inner(Field->getType()))
      return Kept;
  return std::nullopt;
}

std::optional<KeptAddress> keptAddress(const CXXRecordDecl &Record) { return keptAddress(Record, 3); }

/// The constructor of a base or member that a constructor calls for it.
static const CXXConstructorDecl *calledFor(const CXXConstructorDecl &Constructor, const CXXRecordDecl &Part) {
  for (const CXXCtorInitializer *Init : Constructor.inits())
    if (const auto *Call = llvm::dyn_cast<CXXConstructExpr>(Init->getInit()->IgnoreImplicit()))
      if (declaresSameEntity(Call->getConstructor()->getParent(), &Part))
        return Call->getConstructor();
  return nullptr;
}

bool copiesAddress(const CXXConstructorDecl &Constructor, const KeptAddress &Kept) {
  const FunctionDecl *Found = nullptr;
  if (Constructor.isDefaulted() && !Constructor.isDeleted()) {
    if (declaresSameEntity(Constructor.getParent(), Kept.Owner) || !Constructor.isDefined(Found))
      return true;
    const CXXConstructorDecl *Inner = calledFor(*llvm::cast<CXXConstructorDecl>(Found), *Kept.Owner);
    return Inner && copiesAddress(*Inner, Kept);
  }
  if (!Constructor.isDefined(Found))
    return false;
  const auto &Definition = *llvm::cast<CXXConstructorDecl>(Found);
  const auto *Body = llvm::dyn_cast_or_null<CompoundStmt>(Definition.getBody());
  if (!Body || !Body->body_empty())
    return false;
  for (const CXXCtorInitializer *Init : Definition.inits())
    if (Init->isMemberInitializer() && Init->getMember() == Kept.Field) {
      const auto *Member = llvm::dyn_cast<MemberExpr>(Init->getInit()->IgnoreParenImpCasts());
      return Member && Member->getMemberDecl() == Kept.Field && !isThis(Member->getBase());
    }
  const CXXConstructorDecl *Inner = calledFor(Definition, *Kept.Owner);
  return Inner && Inner->isCopyOrMoveConstructor() && copiesAddress(*Inner, Kept);
}

} // namespace snug::rules
