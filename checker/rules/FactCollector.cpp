// Gathers what a translation unit promises into the facts that travel in its object file and fill the lock file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FactCollector.h"

#include "layout/Build.h"
#include "layout/Names.h"
#include "rules/CoroutineFrame.h"
#include "rules/FrameFacts.h"
#include "rules/StatedExpectations.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"

#include <functional>

namespace snug::rules {
namespace {

std::vector<facts::StatedFigure> figuresOf(const clang::Decl &D) {
  std::vector<facts::StatedFigure> Result;
  const clang::SourceManager &Sources = D.getASTContext().getSourceManager();
  for (const StatedExpectation &Stated : statedOn(D))
    if (Stated.IsConstant && Stated.Value >= 0 && !Stated.Name.What->IsLabel)
      Result.push_back({Stated.Name, static_cast<std::uint64_t>(Stated.Value), layout::locate(Sources, Stated.Where),
                        Stated.Member});
  return Result;
}

/// Finds the declarations that state something, outside of function bodies unless something is stated there.
class StatedDecls : public clang::RecursiveASTVisitor<StatedDecls> {
public:
  explicit StatedDecls(bool WithBodies) : WithBodies(WithBodies) {}

  std::vector<const clang::FunctionDecl *> Functions;
  /// Aliases and variables.
  std::vector<const clang::ValueDecl *> Variables;
  std::vector<const clang::TypedefNameDecl *> Aliases;

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return false; }
  bool TraverseStmt(clang::Stmt *S, DataRecursionQueue * = nullptr) {
    return !WithBodies || clang::RecursiveASTVisitor<StatedDecls>::TraverseStmt(S);
  }
  bool TraverseTypeLoc(clang::TypeLoc, bool = true) { return true; }
  bool VisitFunctionDecl(clang::FunctionDecl *F) {
    if (F->hasAttrs())
      Functions.push_back(F);
    return true;
  }
  bool VisitVarDecl(clang::VarDecl *V) {
    if (V->hasAttrs())
      Variables.push_back(V);
    return true;
  }
  bool VisitTypedefNameDecl(clang::TypedefNameDecl *A) {
    if (A->hasAttrs())
      Aliases.push_back(A);
    return true;
  }

private:
  bool WithBodies;
};

std::string partName(const layout::Node &N) {
  switch (N.Kind) {
  case layout::NodeKind::Base:
    return "(base)";
  case layout::NodeKind::VirtualBase:
    return "(virtual base)";
  case layout::NodeKind::VTablePointer:
  case layout::NodeKind::VBaseTablePointer:
  case layout::NodeKind::VirtualDisplacement:
    return "(" + N.Name + ")";
  default:
    return N.Name;
  }
}

std::vector<facts::Part> partsOf(const layout::Node &Parent) {
  // As they lie in memory; what is at one place (empty bases, members of unions) as it was declared.
  std::vector<std::pair<std::uint64_t, std::size_t>> Order;
  for (std::size_t I = 0; I != Parent.Children.size(); ++I)
    Order.emplace_back(Parent.Children[I].OffsetBits, I);
  llvm::sort(Order);
  std::vector<facts::Part> Result;
  for (auto [Offset, Index] : Order) {
    const layout::Node &N = Parent.Children[Index];
    facts::Part &P = Result.emplace_back();
    P.Name = partName(N);
    P.Type = N.Type;
    P.OffsetBits = N.OffsetBits;
    P.SizeBits = N.OccupiedBits;
    P.Where = N.Where;
    // What is inside of a library's class is the library's business; its size is not.
    if (!N.IsForeign)
      P.Parts = partsOf(N);
  }
  return Result;
}

class Collector {
public:
  Collector(const clang::ASTContext &AST, const FactOptions &Options)
      : AST(AST), Options(Options), On{facts::targetName(AST.getTargetInfo().getTriple().str()), Options.Compiler, ""} {
    for (const std::string &Glob : Options.LockedTypes)
      if (llvm::Expected<llvm::GlobPattern> Pattern = llvm::GlobPattern::create(Glob))
        Patterns.push_back({std::move(*Pattern), Glob});
      else
        llvm::consumeError(Pattern.takeError());
  }

  facts::Facts collect(std::set<std::string> *Matched) {
    for (const clang::FunctionDecl *F : Options.Coroutines)
      addCoroutine(*F);
    const ExpectationTable &Table = ExpectationTable::current();
    StatedDecls Found(Table.HasLocals || Table.HasLocalTypes);
    if (Table.HasAny)
      Found.TraverseAST(const_cast<clang::ASTContext &>(AST));
    for (const auto &[D, Attributes] : Table.entries()) {
      if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(D))
        addFunction(*F);
      else if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D))
        addType(*V, V->getType().getNonReferenceType());
    }
    for (const clang::FunctionDecl *F : Found.Functions)
      addFunction(*F);
    for (const clang::ValueDecl *V : Found.Variables)
      addType(*V, V->getType().getNonReferenceType());
    for (const clang::TypedefNameDecl *A : Found.Aliases)
      addType(*A, A->getUnderlyingType());
    if (Table.HasRecords || !Patterns.empty())
      for (const clang::RecordDecl *Record : layout::allRecords(AST)) {
        std::vector<facts::StatedFigure> Stated = figuresOf(*Record);
        if (!Stated.empty() || isLocked(*Record))
          add(layout::typeOf(AST, *Record), std::move(Stated), *Record);
      }
    if (Matched)
      for (const Pattern &P : Patterns)
        if (P.HasMatched)
          Matched->insert(P.Glob.str());
    facts::Facts Result;
    Result.Functions = std::move(Functions);
    Result.Coroutines = std::move(Coroutines);
    for (auto &Entry : Layouts)
      Result.Layouts.push_back(std::move(Entry.second));
    return Result;
  }

private:
  void addFunction(const clang::FunctionDecl &F) {
    if (!Seen.insert(&F).second || !F.doesThisDeclarationHaveABody() || F.isDependentContext())
      return;
    std::vector<facts::StatedFigure> Stated = figuresOf(F);
    // A coroutine's frame is not on the stack of the function that starts it.
    if (coroutineBody(F)) {
      addCoroutine(F);
      llvm::erase_if(Stated, isOfFrame);
    }
    if (Stated.empty())
      return;
    clang::ASTNameGenerator Names(const_cast<clang::ASTContext &>(AST));
    std::vector<std::string> Symbols;
    if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(F))
      Symbols = Names.getAllManglings(&F);
    else
      Symbols.push_back(Names.getName(&F));
    facts::Platform Compiled = On;
    Compiled.Optimization = Options.Optimization;
    for (std::string &Symbol : Symbols)
      Functions.push_back({std::move(Symbol), false, Stated, Compiled,
                           layout::locate(AST.getSourceManager(), F.getLocation()), !F.isExternallyVisible()});
  }

  static bool isOfFrame(const facts::StatedFigure &Figure) { return Figure.Name.What->Name == "frame"; }

  void addCoroutine(const clang::FunctionDecl &F) {
    if (!SeenCoroutines.insert(&F).second)
      return;
    std::vector<facts::StatedFigure> Stated = figuresOf(F);
    llvm::erase_if(Stated, std::not_fn(isOfFrame));
    const bool IsPromised = !Stated.empty() || isLocked(F.getQualifiedNameAsString(), F.getLocation());
    if (!IsPromised && !Options.KeepsAllCoroutines)
      return;
    facts::Platform Compiled = On;
    Compiled.Optimization = Options.Optimization;
    facts::CoroutineFrame &Frame =
        Coroutines.emplace_back(frameFactsOf(F, const_cast<clang::ASTContext &>(AST), std::move(Compiled)));
    Frame.IsPromised = IsPromised;
    Frame.Stated = std::move(Stated);
  }

  void addType(const clang::NamedDecl &D, clang::QualType Type) {
    if (!Seen.insert(&D).second || Type->isDependentType() || Type->isIncompleteType() || D.isInvalidDecl())
      return;
    std::vector<facts::StatedFigure> Stated = figuresOf(D);
    if (!Stated.empty())
      add(Type, std::move(Stated), D);
  }

  void add(clang::QualType Type, std::vector<facts::StatedFigure> Stated, const clang::NamedDecl &D) {
    const clang::RecordDecl *Record = Type->getAsRecordDecl();
    if (Record)
      Record = Record->getDefinition();
    if (Record && Record->isInvalidDecl())
      return;
    std::string Name = nameOf(Type, Record, D);
    auto [Entry, IsNew] = Layouts.insert({Name, {}});
    facts::StatedLayout &Fact = Entry->second;
    if (IsNew)
      fill(Fact, std::move(Name), Type, Record, D);
    for (facts::StatedFigure &Figure : Stated)
      if (llvm::none_of(Fact.Stated, [&](const facts::StatedFigure &Other) {
            return Other.Name.What == Figure.Name.What && Other.Name.How == Figure.Name.How &&
                   Other.Value == Figure.Value && Other.Member == Figure.Member;
          }))
        Fact.Stated.push_back(std::move(Figure));
  }

  std::string nameOf(clang::QualType Type, const clang::RecordDecl *Record, const clang::NamedDecl &D) const {
    if (!Record) {
      // Of a type that is no class the promise is about the declaration; the alias of SNUG_ASSERT_LAYOUT is nobody's.
      return D.getName().starts_with("snug_stated_") ? layout::nameOf(AST, Type) : D.getQualifiedNameAsString();
    }
    std::string Name = layout::nameOf(AST, *Record);
    // Each function may have its own.
    if (const auto *Function = llvm::dyn_cast_or_null<clang::FunctionDecl>(Record->getParentFunctionOrMethod()))
      if (!llvm::StringRef(Name).contains("("))
        Name = Function->getQualifiedNameAsString() + "()::" + Name;
    return Name;
  }

  void fill(facts::StatedLayout &Fact, std::string Name, clang::QualType Type, const clang::RecordDecl *Record,
            const clang::NamedDecl &D) {
    Fact.Name = std::move(Name);
    Fact.On = On;
    Fact.IsInternal =
        Record ? !Record->isExternallyVisible() : !llvm::isa<clang::TypeDecl>(D) && !D.isExternallyVisible();
    Fact.Where = layout::locate(AST.getSourceManager(), Record ? Record->getLocation() : D.getLocation());
    const clang::TypeInfoChars Info = AST.getTypeInfoInChars(Type);
    Fact.SizeBytes = static_cast<std::uint64_t>(Info.Width.getQuantity());
    Fact.AlignBytes = static_cast<std::uint64_t>(Info.Align.getQuantity());
    if (!Record)
      return;
    const layout::RecordLayout Layout = layout::buildLayout(AST, *Record);
    Fact.PaddingBytes = Layout.paddingBytes();
    Fact.Parts = partsOf(Layout.Root);
  }

  bool isLocked(const clang::RecordDecl &Record) {
    return !Patterns.empty() && isLocked(layout::nameOf(AST, Record), Record.getLocation());
  }

  bool isLocked(llvm::StringRef Name, clang::SourceLocation Where) {
    const bool IsForeign = AST.getSourceManager().isInSystemHeader(Where);
    bool Result = false;
    for (Pattern &P : Patterns)
      if (!(IsForeign && P.Glob.starts_with("*")) && P.Names.match(Name))
        Result = P.HasMatched = true;
    return Result;
  }

  struct Pattern {
    llvm::GlobPattern Names;
    llvm::StringRef Glob;
    bool HasMatched = false;
  };

  const clang::ASTContext &AST;
  const FactOptions &Options;
  facts::Platform On;
  std::vector<Pattern> Patterns;
  llvm::DenseSet<const clang::Decl *> Seen;
  std::vector<facts::FunctionExpectation> Functions;
  llvm::DenseSet<const clang::FunctionDecl *> SeenCoroutines;
  std::vector<facts::CoroutineFrame> Coroutines;
  llvm::MapVector<std::string, facts::StatedLayout, std::map<std::string, unsigned>> Layouts;
};

} // namespace

facts::Facts collectFacts(const clang::ASTContext &AST, const FactOptions &Options, std::set<std::string> *Matched) {
  return Collector(AST, Options).collect(Matched);
}

} // namespace snug::rules
