// Lists the records of a translation unit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Build.h"
#include "layout/Names.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

#include <tuple>

namespace snug::layout {

/// By place; instantiations of one template, which share it, by name.
static void sortByPlace(const clang::ASTContext &AST, std::vector<const clang::RecordDecl *> &Records) {
  struct Keyed {
    const clang::RecordDecl *Record;
    clang::SourceLocation Where;
    std::string Name;
    std::size_t Index;
  };
  std::vector<Keyed> All;
  for (const clang::RecordDecl *Record : Records)
    All.push_back(
        {Record, AST.getSourceManager().getExpansionLoc(Record->getLocation()), nameOf(AST, *Record), All.size()});
  llvm::sort(All, [&](const Keyed &A, const Keyed &B) {
    if (A.Where != B.Where)
      return AST.getSourceManager().isBeforeInTranslationUnit(A.Where, B.Where);
    return std::tie(A.Name, A.Index) < std::tie(B.Name, B.Index);
  });
  for (std::size_t I = 0; I != All.size(); ++I)
    Records[I] = All[I].Record;
}

static bool isShown(const clang::RecordDecl &Record) {
  return !Record.isDependentContext() && !Record.isInvalidDecl() && Record.isCompleteDefinition() &&
         !Record.isAnonymousStructOrUnion() && Record.getLocation().isValid();
}

static void addDeclared(const clang::DeclContext &Context, llvm::DenseSet<const clang::Decl *> &Seen,
                        std::vector<const clang::RecordDecl *> &Result) {
  for (const clang::Decl *D : Context.decls()) {
    const auto *Record = llvm::dyn_cast<clang::RecordDecl>(D);
    if (Record && isShown(*Record) && Seen.insert(Record->getCanonicalDecl()).second)
      Result.push_back(Record);
    if (const auto *Inner = llvm::dyn_cast<clang::DeclContext>(D))
      addDeclared(*Inner, Seen, Result);
  }
}

// The index over types sees more than any walk over declarations (lambdas in default template arguments, local classes
// of instantiations); it may grow meanwhile.
std::vector<const clang::RecordDecl *> allRecords(const clang::ASTContext &AST) {
  std::vector<const clang::RecordDecl *> Result;
  llvm::DenseSet<const clang::Decl *> Seen;
  const auto &Types = AST.getTypes();
  for (std::size_t I = 0; I < Types.size(); ++I) {
    const auto *Type = llvm::dyn_cast<clang::RecordType>(Types[I]);
    const clang::RecordDecl *Record = Type ? Type->getAsRecordDecl() : nullptr;
    Record = Record ? Record->getDefinition() : nullptr;
    if (Record && isShown(*Record) && Seen.insert(Record->getCanonicalDecl()).second)
      Result.push_back(Record);
  }
  // C makes a type of a declaration only when it is used.
  if (!AST.getLangOpts().CPlusPlus)
    addDeclared(*AST.getTranslationUnitDecl(), Seen, Result);
  sortByPlace(AST, Result);
  return Result;
}

static void collectAliases(const clang::DeclContext &Scope, std::vector<RecordAlias> &Result) {
  for (const clang::Decl *D : Scope.decls()) {
    if (const auto *Inner = llvm::dyn_cast<clang::NamespaceDecl>(D))
      collectAliases(*Inner, Result);
    else if (const auto *Linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(D))
      collectAliases(*Linkage, Result);
    const auto *Alias = llvm::dyn_cast<clang::TypedefNameDecl>(D);
    if (!Alias || Alias->isInvalidDecl() || Alias->getUnderlyingType()->isDependentType())
      continue;
    const clang::RecordDecl *Record = Alias->getUnderlyingType()->getAsRecordDecl();
    Record = Record ? Record->getDefinition() : nullptr;
    if (Record && !Record->isInvalidDecl() && Record->isCompleteDefinition())
      Result.push_back({Alias->getQualifiedNameAsString(), Record});
  }
}

std::vector<RecordAlias> allAliases(const clang::ASTContext &AST) {
  std::vector<RecordAlias> Result;
  collectAliases(*AST.getTranslationUnitDecl(), Result);
  return Result;
}

// An instantiation is located at its template.
bool isInMainFile(const clang::ASTContext &AST, const clang::RecordDecl &Record) {
  const clang::SourceManager &Sources = AST.getSourceManager();
  return Sources.isInMainFile(Sources.getExpansionLoc(Record.getLocation()));
}

std::vector<const clang::RecordDecl *> recordsOfMainFile(const clang::ASTContext &AST) {
  std::vector<const clang::RecordDecl *> Result = allRecords(AST);
  llvm::erase_if(Result, [&](const clang::RecordDecl *Record) { return !isInMainFile(AST, *Record); });
  return Result;
}

} // namespace snug::layout
