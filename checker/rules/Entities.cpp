// Names what findings are about, by where they stand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Entities.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

#include <algorithm>
#include <set>

namespace snug::rules {
namespace {

class EntityIndex {
public:
  EntityIndex(llvm::ArrayRef<Finding> Findings, clang::ASTContext &AST) : Sources(AST.getSourceManager()) {
    for (const Finding &F : Findings)
      if (F.Where.Raw)
        note(placeOf(F));
    for (clang::Decl *D : AST.getTraversalScope())
      add(*D);
    for (auto &[File, Ranges] : Files)
      std::sort(Ranges.begin(), Ranges.end(),
                [](const Range &A, const Range &B) { return A.Begin != B.Begin ? A.Begin < B.Begin : A.End > B.End; });
  }

  std::string nameAt(const Finding &F) const {
    if (!F.Where.Raw)
      return {};
    const auto [File, Offset] = placeOf(F);
    const std::vector<Range> &Ranges = Files.find(File)->second;
    auto After = std::upper_bound(Ranges.begin(), Ranges.end(), Offset,
                                  [](unsigned At, const Range &R) { return At < R.Begin; });
    // Ranges nest, so the last one that has begun and not ended is the innermost.
    while (After != Ranges.begin())
      if (--After; Offset <= After->End)
        return After->Named->getQualifiedNameAsString();
    return {};
  }

private:
  struct Range {
    unsigned Begin;
    unsigned End;
    const clang::NamedDecl *Named;
  };

  std::pair<clang::FileID, unsigned> placeOf(const Finding &F) const {
    return Sources.getDecomposedExpansionLoc(clang::SourceLocation::getFromRawEncoding(F.Where.Raw));
  }

  /// A place, and the places of the #include that lead to it: a scope that holds none of them names nothing.
  void note(std::pair<clang::FileID, unsigned> Place) {
    Files.try_emplace(Place.first);
    while (Place.first.isValid() && Wanted[Place.first].insert(Place.second).second)
      Place = Sources.getDecomposedIncludedLoc(Place.first);
  }

  bool mayHoldAWantedPlace(const clang::Decl &D) const {
    if (llvm::isa<clang::TranslationUnitDecl>(D))
      return true;
    const auto [File, Begin] = Sources.getDecomposedExpansionLoc(D.getBeginLoc());
    const auto [EndFile, End] = Sources.getDecomposedLoc(Sources.getExpansionRange(D.getEndLoc()).getEnd());
    if (File != EndFile)
      return true;
    const auto Places = Wanted.find(File);
    if (Places == Wanted.end())
      return false;
    const auto First = Places->second.lower_bound(Begin);
    return First != Places->second.end() && *First <= End;
  }

  void add(const clang::Decl &D) {
    if (D.isImplicit() || !mayHoldAWantedPlace(D))
      return;
    if (const auto *Template = llvm::dyn_cast<clang::TemplateDecl>(&D)) {
      if (Template->getTemplatedDecl())
        add(*Template->getTemplatedDecl());
      return;
    }
    if (const auto *Named = llvm::dyn_cast<clang::NamedDecl>(&D);
        Named && !llvm::isa<clang::NamespaceDecl>(D) && Named->getDeclName() &&
        llvm::isa<clang::FunctionDecl, clang::TagDecl, clang::TypedefNameDecl, clang::VarDecl>(D))
      addRange(*Named);
    if (llvm::isa<clang::FunctionDecl>(D))
      return;
    if (const auto *Scope = llvm::dyn_cast<clang::DeclContext>(&D))
      for (const clang::Decl *Member : Scope->noload_decls())
        add(*Member);
  }

  void addRange(const clang::NamedDecl &Named) {
    const auto [File, Begin] = Sources.getDecomposedExpansionLoc(Named.getBeginLoc());
    auto Known = Files.find(File);
    if (Known == Files.end())
      return;
    const auto [EndFile, End] = Sources.getDecomposedLoc(Sources.getExpansionRange(Named.getEndLoc()).getEnd());
    if (EndFile == File)
      Known->second.push_back({Begin, End, &Named});
  }

  const clang::SourceManager &Sources;
  llvm::DenseMap<clang::FileID, std::vector<Range>> Files;
  llvm::DenseMap<clang::FileID, std::set<unsigned>> Wanted;
};

} // namespace

void nameEntities(llvm::MutableArrayRef<Finding> Findings, clang::ASTContext &AST) {
  if (Findings.empty())
    return;
  const EntityIndex Index(Findings, AST);
  for (Finding &F : Findings)
    F.Entity = Index.nameAt(F);
}

} // namespace snug::rules
