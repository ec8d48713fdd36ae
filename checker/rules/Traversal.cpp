// The one traversal that all rules share: each further walk over instantiated statements would cost a tenth of the
// compile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Rule.h"
#include "rules/SuppressedRanges.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <map>

namespace snug::rules {
namespace {

/// Which rules want which kind of statement.
class InterestTable {
public:
  void add(Rule &R) {
    Rules.push_back(&R);
    StmtInterest Interest;
    R.declareInterest(Interest);
    for (std::size_t I = 0; I != Interest.size(); ++I)
      if (Interest[I])
        ByClass[I].push_back(&R);
  }
  llvm::ArrayRef<Rule *> of(const clang::Stmt &S) const { return ByClass[S.getStmtClass()]; }
  llvm::ArrayRef<Rule *> all() const { return Rules; }

private:
  llvm::SmallVector<Rule *> Rules;
  std::vector<llvm::SmallVector<Rule *, 2>> ByClass{StmtInterest{}.size()};
};

class Traversal : public clang::RecursiveASTVisitor<Traversal> {
  using Base = clang::RecursiveASTVisitor<Traversal>;

public:
  Traversal(llvm::ArrayRef<std::unique_ptr<Rule>> Rules, RuleContext &Context, SuppressedRanges &Suppressed)
      : Context(Context), Suppressed(Suppressed) {
    for (const std::unique_ptr<Rule> &R : Rules) {
      UserCode.add(*R);
      WalkExcluded |= R->wantsExcludedCode();
      if (R->wantsDecls())
        DeclRules.push_back(R.get());
    }
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  // Types and what is written in them (decltype, template arguments) are never evaluated.
  bool TraverseTypeLoc(clang::TypeLoc, bool = true) { return true; }
  bool TraverseType(clang::QualType, bool = true) { return true; }
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc) { return true; }
  bool TraverseTemplateArgumentLoc(const clang::TemplateArgumentLoc &) { return true; }
  bool TraverseAttr(clang::Attr *) { return true; }
  bool TraverseConceptRequirement(clang::concepts::Requirement *) { return true; }
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *, DataRecursionQueue * = nullptr) {
    return true;
  }
  bool TraverseCXXNoexceptExpr(clang::CXXNoexceptExpr *, DataRecursionQueue * = nullptr) { return true; }
  bool TraverseRequiresExpr(clang::RequiresExpr *, DataRecursionQueue * = nullptr) { return true; }
  bool TraverseConceptSpecializationExpr(clang::ConceptSpecializationExpr *, DataRecursionQueue * = nullptr) {
    return true;
  }
  bool TraverseCXXTypeidExpr(clang::CXXTypeidExpr *E, DataRecursionQueue *Queue = nullptr) {
    return !E->isPotentiallyEvaluated() || Base::TraverseCXXTypeidExpr(E, Queue);
  }
  // Only the semantic form is evaluated; the syntactic one repeats its parts.
  bool TraverseInitListExpr(clang::InitListExpr *E, DataRecursionQueue *Queue = nullptr) {
    clang::InitListExpr *Semantic = E->isSemanticForm() ? E : E->getSemanticForm();
    return TraverseSynOrSemInitListExpr(Semantic ? Semantic : E, Queue);
  }

  bool TraverseDecl(clang::Decl *D) {
    if (!D)
      return true;
    // A pattern whose instantiations are visited instead says nothing about any program.
    if (const auto *Scope = llvm::dyn_cast<clang::DeclContext>(D); Scope && Scope->isDependentContext())
      return true;
    if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D);
        V && (V->getDescribedVarTemplate() || llvm::isa<clang::VarTemplatePartialSpecializationDecl>(V)))
      return true;
    // Excluded headers: stop at the outermost declaration, or else at each initialiser that belongs to no function.
    if (!Function && !llvm::isa<clang::TranslationUnitDecl>(D) &&
        (WalkExcluded ? llvm::isa<clang::VarDecl, clang::FieldDecl>(D) : D->getLexicalDeclContext()->isFileContext()) &&
        Context.isExcluded(D->getLocation()))
      return true;
    if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(D))
      return traverseFunction(F);
    return Base::TraverseDecl(D);
  }

  bool VisitDecl(clang::Decl *D) {
    if (D->hasAttrs())
      Suppressed.note(*D);
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
      return TraverseTemplateInstantiations(Template->getCanonicalDecl());
    return TraverseDecl(L->getCallOperator());
  }

  bool dataTraverseStmtPre(clang::Stmt *S) {
    Suppressed.note(*S, Context.sources());
    for (Rule *R : Table->of(*S))
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
    VisitDecl(F);
    if (!F->isThisDeclarationADefinition() || !Visited.insert(F).second)
      return true;
    const InterestTable *Wanted = Context.isExcluded(F->getLocation()) ? tableForExcluded(*F) : &UserCode;
    if (!Wanted)
      return true;
    const InterestTable *OuterTable = std::exchange(Table, Wanted);
    const clang::FunctionDecl *OuterFunction = std::exchange(Function, F);
    std::vector<const clang::Stmt *> OuterAncestors = std::exchange(Ancestors, {});
    for (Rule *R : Wanted->all())
      R->enterFunction(*F, Context);
    bool Continue = traverseBody(F);
    for (Rule *R : Wanted->all())
      R->leaveFunction(*F, Context);
    Ancestors = std::move(OuterAncestors);
    Function = OuterFunction;
    Table = OuterTable;
    return Continue;
  }

  /// The rules that want this function of an excluded header; null if there is none.
  const InterestTable *tableForExcluded(const clang::FunctionDecl &F) {
    llvm::SmallVector<Rule *> Wanting;
    if (WalkExcluded)
      llvm::copy_if(UserCode.all(), std::back_inserter(Wanting),
                    [&](Rule *R) { return R->wantsExcludedCode() && R->wantsExcludedFunction(F); });
    if (Wanting.empty())
      return nullptr;
    std::unique_ptr<InterestTable> &Table = ExcludedCode[{Wanting.begin(), Wanting.end()}];
    if (!Table) {
      Table = std::make_unique<InterestTable>();
      for (Rule *R : Wanting)
        Table->add(*R);
    }
    return Table.get();
  }

  /// Default arguments, constructor initialisers and the body: all of a function that is ever evaluated.
  bool traverseBody(clang::FunctionDecl *F) {
    for (clang::ParmVarDecl *P : F->parameters())
      if (P->hasInit() && !P->hasUnparsedDefaultArg() && !P->hasUninstantiatedDefaultArg() &&
          !TraverseStmt(P->getInit()))
        return false;
    if (auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(F))
      for (clang::CXXCtorInitializer *Init : Constructor->inits())
        if (!TraverseStmt(Init->getInit()))
          return false;
    return TraverseStmt(F->getBody());
  }

  RuleContext &Context;
  SuppressedRanges &Suppressed;
  InterestTable UserCode;
  std::map<std::vector<Rule *>, std::unique_ptr<InterestTable>> ExcludedCode;
  const InterestTable *Table = &UserCode;
  bool WalkExcluded = false;
  llvm::SmallVector<Rule *> DeclRules;
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
  RuleContext Context(AST, Findings, Options);
  std::vector<std::unique_ptr<Rule>> Rules = createRules(Options.RuleIds);
  SuppressedRanges Suppressed;
  Traversal(Rules, Context, Suppressed).TraverseDecl(AST.getTranslationUnitDecl());
  visitRecords(Rules, Context);
  for (const std::unique_ptr<Rule> &R : Rules)
    R->finish(Context);
  Context.finishMerging();
  llvm::erase_if(Findings, [&](const Finding &F) { return Suppressed.cover(F, AST.getSourceManager()); });
  sortAndMerge(Findings);
  return Findings;
}

} // namespace snug::rules
