// The one traversal that all rules share: each further walk over instantiated statements would cost a tenth of the
// compile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Rule.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

namespace snug::rules {
namespace {

class Traversal : public clang::RecursiveASTVisitor<Traversal> {
  using Base = clang::RecursiveASTVisitor<Traversal>;

public:
  Traversal(llvm::ArrayRef<std::unique_ptr<Rule>> Rules, RuleContext &Context) : Rules(Rules), Context(Context) {
    Interested.resize(StmtInterest{}.size());
    for (const std::unique_ptr<Rule> &R : Rules) {
      StmtInterest Interest;
      R->declareInterest(Interest);
      if (R->wantsDecls())
        DeclRules.push_back(R.get());
      for (std::size_t I = 0; I != Interest.size(); ++I)
        if (Interest[I])
          Interested[I].push_back(R.get());
    }
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool TraverseDecl(clang::Decl *D) {
    // A pattern whose instantiations are visited instead says nothing about any program.
    if (auto *F = llvm::dyn_cast_or_null<clang::FunctionDecl>(D))
      return F->isDependentContext() || traverseFunction(F);
    return Base::TraverseDecl(D);
  }

  bool VisitDecl(clang::Decl *D) {
    for (Rule *R : DeclRules)
      R->visitDecl(*D, Context);
    return true;
  }

  // The call operator of a lambda is reached through its expression; it is a function of its own.
  bool TraverseLambdaExpr(clang::LambdaExpr *L, DataRecursionQueue * = nullptr) {
    for (clang::Expr *Init : L->capture_inits())
      if (Init && !TraverseStmt(Init))
        return false;
    if (clang::FunctionTemplateDecl *Template = L->getLambdaClass()->getDependentLambdaCallOperator())
      return TraverseDecl(Template);
    return TraverseDecl(L->getCallOperator());
  }

  bool dataTraverseStmtPre(clang::Stmt *S) {
    for (Rule *R : Interested[S->getStmtClass()])
      R->visitStmt(*S, {Function, Ancestors}, Context);
    Ancestors.push_back(S);
    return true;
  }
  bool dataTraverseStmtPost(clang::Stmt *) {
    Ancestors.pop_back();
    return true;
  }

private:
  bool traverseFunction(clang::FunctionDecl *F) {
    if (!F->isThisDeclarationADefinition() || !Visited.insert(F).second)
      return true;
    const clang::FunctionDecl *OuterFunction = std::exchange(Function, F);
    std::vector<const clang::Stmt *> OuterAncestors = std::exchange(Ancestors, {});
    for (const std::unique_ptr<Rule> &R : Rules)
      R->enterFunction(*F, Context);
    bool Continue = Base::TraverseDecl(F);
    for (const std::unique_ptr<Rule> &R : Rules)
      R->leaveFunction(*F, Context);
    Ancestors = std::move(OuterAncestors);
    Function = OuterFunction;
    return Continue;
  }

  llvm::ArrayRef<std::unique_ptr<Rule>> Rules;
  RuleContext &Context;
  std::vector<std::vector<Rule *>> Interested;
  std::vector<Rule *> DeclRules;
  std::vector<const clang::Stmt *> Ancestors;
  const clang::FunctionDecl *Function = nullptr;
  llvm::DenseSet<const clang::FunctionDecl *> Visited;
};

/// Every complete, non-dependent class. The index over types sees more than any walk over declarations (lambdas in
/// default template arguments, local classes of instantiations), and costs a sixth of it; it may grow meanwhile.
void visitRecords(llvm::ArrayRef<std::unique_ptr<Rule>> Rules, RuleContext &Context) {
  llvm::DenseSet<const clang::Decl *> Seen;
  const auto &Types = Context.AST.getTypes();
  for (std::size_t I = 0; I < Types.size(); ++I) {
    const auto *Type = llvm::dyn_cast<clang::RecordType>(Types[I]);
    const clang::CXXRecordDecl *Record = Type ? Type->getAsCXXRecordDecl() : nullptr;
    Record = Record ? Record->getDefinition() : nullptr;
    if (!Record || Record->isDependentContext() || Record->isInvalidDecl() || !Record->isCompleteDefinition())
      continue;
    if (!Seen.insert(Record->getCanonicalDecl()).second)
      continue;
    for (const std::unique_ptr<Rule> &R : Rules)
      R->visitRecord(*Record, Context);
  }
}

} // namespace

std::vector<Finding> run(clang::ASTContext &AST, const RunOptions &Options) {
  std::vector<Finding> Findings;
  RuleContext Context(AST, Findings, Options.IncludeSystemHeaders);
  std::vector<std::unique_ptr<Rule>> Rules = createRules(Options.RuleIds);
  Traversal(Rules, Context).TraverseDecl(AST.getTranslationUnitDecl());
  visitRecords(Rules, Context);
  for (const std::unique_ptr<Rule> &R : Rules)
    R->finish(Context);
  sortAndMerge(Findings);
  return Findings;
}

} // namespace snug::rules
