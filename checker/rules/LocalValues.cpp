// What a local variable is known to hold: its initialiser, where nothing can have changed it since.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LocalValues.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace snug::rules {

static const clang::VarDecl *variableOf(const clang::Expr *E) {
  const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E);
  return Ref ? llvm::dyn_cast<clang::VarDecl>(Ref->getDecl()) : nullptr;
}

const LocalValues::Body &LocalValues::look(const clang::FunctionDecl &F) {
  std::unique_ptr<Body> &Known = Bodies[F.getCanonicalDecl()];
  if (Known)
    return *Known;
  Known = std::make_unique<Body>();
  llvm::SmallVector<const clang::Stmt *, 64> Todo{F.getBody()};
  if (const auto *C = llvm::dyn_cast<clang::CXXConstructorDecl>(&F))
    for (const clang::CXXCtorInitializer *Init : C->inits())
      Todo.push_back(Init->getInit());
  while (!Todo.empty()) {
    const clang::Stmt *S = Todo.pop_back_val();
    if (!S)
      continue;
    // A use that is not read at once may change the variable: assignment, address, reference, capture by reference.
    if (const auto *Read = llvm::dyn_cast<clang::ImplicitCastExpr>(S);
        Read && Read->getCastKind() == clang::CK_LValueToRValue)
      if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(Read->getSubExpr()->IgnoreParens()))
        if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl())) {
          Known->Reads[V].push_back(Ref);
          continue;
        }
    if (const auto *E = llvm::dyn_cast<clang::Expr>(S))
      if (const clang::VarDecl *V = variableOf(E))
        Known->Changeable.insert(V);
    for (const clang::Stmt *Child : S->children())
      Todo.push_back(Child);
  }
  return *Known;
}

const clang::Expr *LocalValues::valueOf(const clang::VarDecl &V) {
  if (llvm::isa<clang::ParmVarDecl>(V))
    return nullptr;
  const clang::Expr *Init = V.getAnyInitializer();
  if (!Init || Init->isValueDependent())
    return nullptr;
  if (V.getType()->isReferenceType() || V.getType().isConstQualified() || V.isConstexpr())
    return Init;
  const auto *F = llvm::dyn_cast<clang::FunctionDecl>(V.getDeclContext());
  if (!V.isLocalVarDecl() || V.isStaticLocal() || !F || !F->hasBody(F))
    return nullptr;
  return look(*F).Changeable.contains(&V) ? nullptr : Init;
}

const clang::Expr *LocalValues::resolve(const clang::Expr *E) {
  for (unsigned Steps = 0; Steps != 16; ++Steps) {
    E = E->IgnoreParenImpCasts();
    const clang::VarDecl *V = variableOf(E);
    const clang::Expr *Value = V ? valueOf(*V) : nullptr;
    if (!Value)
      break;
    E = Value;
  }
  return E;
}

const llvm::SmallVector<const clang::DeclRefExpr *, 2> *LocalValues::readsOf(const clang::VarDecl &V) {
  const auto *F = llvm::dyn_cast<clang::FunctionDecl>(V.getDeclContext());
  if (!V.isLocalVarDecl() || V.isStaticLocal() || !F || !F->hasBody(F))
    return nullptr;
  const Body &B = look(*F);
  if (B.Changeable.contains(&V))
    return nullptr;
  static const llvm::SmallVector<const clang::DeclRefExpr *, 2> None;
  auto Found = B.Reads.find(&V);
  return Found == B.Reads.end() ? &None : &Found->second;
}

} // namespace snug::rules
