// The one traversal that all rules share: each further walk over instantiated statements would cost a tenth of the
// compile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CoroutineFrame.h"
#include "rules/FrameFacts.h"
#include "rules/ReportedFiles.h"
#include "rules/Rule.h"
#include "rules/RunAlone.h"
#include "rules/Settle.h"
#include "rules/SuppressedRanges.h"
#include "rules/ThreadClock.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/SaveAndRestore.h"

#include <chrono>
#include <functional>
#include <map>
#include <utility>

namespace snug::rules {
namespace {

/// A rule, and where what it costs is written down; null where nobody wants to know.
class Metered {
public:
  Metered(const RunningRule &R, RuleCost *Cost) : R(R.Object.get()), Wanted(R.Wants), Cost(Cost) {}
  Rule &rule() const { return *R; }
  const Hooks &wants() const { return Wanted; }
  template <typename Hook> void call(Hook Run) const {
    if (!Cost)
      return Run(*R);
    // Many calls are shorter than asking for the thread's own time, which is a call of the system.
    const auto Start = std::chrono::steady_clock::now();
    Run(*R);
    ++Cost->Calls;
    Cost->Nanoseconds +=
        static_cast<std::uint64_t>(std::chrono::nanoseconds(std::chrono::steady_clock::now() - Start).count());
  }
  friend bool operator<(const Metered &A, const Metered &B) { return std::less<>()(A.R, B.R); }

private:
  Rule *R;
  Hooks Wanted;
  RuleCost *Cost;
};

/// Which rules want which kind of statement.
class InterestTable {
public:
  void add(Metered R) {
    Rules.push_back(R);
    if (R.wants().EnterFunction)
      Entering.push_back(R);
    if (R.wants().LeaveFunction)
      Leaving.push_back(R);
    StmtInterest Interest;
    R.rule().declareInterest(Interest);
    for (std::size_t I = 0; I != Interest.size(); ++I)
      if (Interest[I])
        ByClass[I].push_back(R);
  }
  llvm::ArrayRef<Metered> of(const clang::Stmt &S) const { return ByClass[S.getStmtClass()]; }
  llvm::ArrayRef<Metered> all() const { return Rules; }
  llvm::ArrayRef<Metered> entering() const { return Entering; }
  llvm::ArrayRef<Metered> leaving() const { return Leaving; }

private:
  llvm::SmallVector<Metered> Rules, Entering, Leaving;
  std::vector<llvm::SmallVector<Metered, 2>> ByClass{StmtInterest{}.size()};
};

class Traversal : public clang::RecursiveASTVisitor<Traversal> {
  using Base = clang::RecursiveASTVisitor<Traversal>;

public:
  Traversal(llvm::ArrayRef<Metered> Rules, RuleContext &Context, SuppressedRanges &Suppressed, Statistics &Seen)
      : Context(Context), Suppressed(Suppressed), Seen(Seen) {
    ++Seen.Traversals;
    for (const Metered &R : Rules) {
      UserCode.add(R);
      WalkExcluded |= R.rule().wantsExcludedCode();
      DeclInterest Interest;
      R.rule().declareDeclInterest(Interest);
      for (std::size_t Kind = 0; Kind != Interest.size(); ++Kind)
        if (Interest[Kind])
          DeclRules[Kind].push_back(R);
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
    // An instantiation stands where its pattern does: a user's partial specialisation of a library's template, too.
    const bool IsUnit = llvm::isa<clang::TranslationUnitDecl>(D);
    llvm::SaveAndRestore<bool> Outer(InExcluded);
    if (!IsUnit && !Function && (!WithinDecl || llvm::isa<clang::ClassTemplateSpecializationDecl>(D)))
      InExcluded = Context.isExcluded(D->getLocation());
    llvm::SaveAndRestore<bool> Within(WithinDecl, !IsUnit);
    // Of excluded headers only functions are ever wanted.
    if (InExcluded && !Function &&
        (llvm::isa<clang::EnumDecl>(D) || !llvm::isa<clang::DeclContext, clang::TemplateDecl, clang::FriendDecl>(D)))
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
    if (InExcluded)
      return true;
    if (D->hasAttrs())
      Suppressed.note(*D);
    for (const Metered &M : DeclRules[D->getKind()])
      M.call([&](Rule &R) { R.visitDecl(*D, Context); });
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
    ++Seen.Statements;
    if (llvm::isa<clang::AttributedStmt>(S))
      Suppressed.note(*S, Function, Context.sources());
    for (const Metered &M : Table->of(*S))
      M.call([&](Rule &R) { R.visitStmt(*S, {Function, Ancestors}, Context); });
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
    ++Seen.Functions;
    if (Coroutines.IsWanted && Wanted == &UserCode && coroutineBody(*F))
      Coroutines.Seen.push_back(F);
    for (const Metered &M : Wanted->entering())
      M.call([&](Rule &R) { R.enterFunction(*F, Context); });
    bool Continue = traverseBody(F);
    for (const Metered &M : Wanted->leaving())
      M.call([&](Rule &R) { R.leaveFunction(*F, Context); });
    Ancestors = std::move(OuterAncestors);
    Function = OuterFunction;
    Table = OuterTable;
    return Continue;
  }

  /// The rules that want this function of an excluded header; null if there is none.
  const InterestTable *tableForExcluded(const clang::FunctionDecl &F) {
    llvm::SmallVector<Metered> Wanting;
    if (WalkExcluded)
      llvm::copy_if(UserCode.all(), std::back_inserter(Wanting), [&](const Metered &M) {
        return M.rule().wantsExcludedCode() && M.rule().wantsExcludedFunction(F);
      });
    if (Wanting.empty())
      return nullptr;
    std::unique_ptr<InterestTable> &Table = ExcludedCode[{Wanting.begin(), Wanting.end()}];
    if (!Table) {
      Table = std::make_unique<InterestTable>();
      for (const Metered &M : Wanting)
        Table->add(M);
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
  Statistics &Seen;
  InterestTable UserCode;
  std::map<std::vector<Metered>, std::unique_ptr<InterestTable>> ExcludedCode;
  const InterestTable *Table = &UserCode;
  bool WalkExcluded = false;
  /// Whether the outermost declaration, or the instantiation within it, stands in an excluded header.
  bool InExcluded = false;
  bool WithinDecl = false;
  std::vector<llvm::SmallVector<Metered, 2>> DeclRules{DeclInterest{}.size()};
  std::vector<const clang::Stmt *> Ancestors;
  const clang::FunctionDecl *Function = nullptr;
  llvm::DenseSet<const clang::FunctionDecl *> Visited;
  SeenCoroutines &Coroutines = SeenCoroutines::current();
};

/// Every complete, non-dependent class. The index over types sees more than any walk over declarations (lambdas in
/// default template arguments, local classes of instantiations), and costs a sixth of it; it may grow meanwhile.
void visitRecords(llvm::ArrayRef<Metered> All, RuleContext &Context, Statistics &Seen) {
  llvm::SmallVector<Metered> Rules;
  llvm::copy_if(All, std::back_inserter(Rules), [](const Metered &M) { return M.wants().VisitRecord; });
  llvm::DenseSet<const clang::Decl *> Known;
  const auto &Types = Context.AST.getTypes();
  for (std::size_t I = 0; I < Types.size(); ++I) {
    const auto *Type = llvm::dyn_cast<clang::RecordType>(Types[I]);
    const clang::CXXRecordDecl *Record = Type ? Type->getAsCXXRecordDecl() : nullptr;
    Record = Record ? Record->getDefinition() : nullptr;
    if (!Record || Record->isDependentContext() || Record->isInvalidDecl() || !Record->isCompleteDefinition())
      continue;
    if (!Known.insert(Record->getCanonicalDecl()).second)
      continue;
    ++Seen.Records;
    for (const Metered &M : Rules)
      M.call([&](Rule &R) { R.visitRecord(*Record, Context); });
  }
}

} // namespace

std::vector<Finding> run(clang::ASTContext &AST, const RunOptions &Options, Statistics *Seen) {
  std::vector<Finding> Findings;
  RuleContext Context(AST, Findings, Options);
  const std::vector<RunningRule> Rules = createRules(Options.RuleIds);
  SuppressedRanges Suppressed;
  Statistics Here;
  if (Options.Measure)
    for (const RunningRule &R : Rules)
      Here.Rules.push_back({R.Object->info().Id.str(), 0, 0});
  std::vector<Metered> All;
  for (std::size_t I = 0; I != Rules.size(); ++I)
    All.emplace_back(Rules[I], Options.Measure ? &Here.Rules[I] : nullptr);

  std::uint64_t Start = threadNanoseconds();
  auto Lap = [&] {
    const std::uint64_t Last = std::exchange(Start, threadNanoseconds());
    return Start - Last;
  };
  Traversal(All, Context, Suppressed, Here).TraverseDecl(AST.getTranslationUnitDecl());
  Here.TraversalNanoseconds = Lap();
  visitRecords(All, Context, Here);
  Here.RecordNanoseconds = Lap();
  for (const Metered &M : All)
    M.call([&](Rule &R) { R.finish(Context); });
  Context.finishMerging();
  settle(Findings, Suppressed, Context);
  sortAndMerge(Findings);
  Here.EndNanoseconds = Lap();
  Here.ControlFlowGraphs = Context.Graphs.built();
  Here.SearchedClasses = Context.shapes().searched();
  Here.UsedBudgets.assign(Context.UsedBudgets.begin(), Context.UsedBudgets.end());
  Here.UsedHeaderGlobs = usedHeaderGlobs(Options.Files, Context.sources());
  if (Seen)
    *Seen += Here;
  return Findings;
}

void runAlone(std::unique_ptr<Rule> Object, clang::ASTContext &AST, const RunOptions &Options) {
  std::vector<Finding> Findings;
  RuleContext Context(AST, Findings, Options);
  SuppressedRanges Suppressed;
  Statistics Seen;
  const RunningRule R{std::move(Object), {true, true, true}};
  const Metered Only(R, nullptr);
  Traversal(Only, Context, Suppressed, Seen).TraverseDecl(AST.getTranslationUnitDecl());
  visitRecords(Only, Context, Seen);
  R.Object->finish(Context);
}

} // namespace snug::rules
