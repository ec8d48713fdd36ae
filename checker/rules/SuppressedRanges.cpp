// Where the source says that a rule shall be silent.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/SuppressedRanges.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

static bool isOfTemplate(const clang::Decl &D) {
  if (const auto *Function = llvm::dyn_cast<clang::FunctionDecl>(&D); Function && Function->isTemplateInstantiation())
    return true;
  if (llvm::isa<clang::ClassTemplateSpecializationDecl, clang::VarTemplateSpecializationDecl>(D))
    return true;
  const auto *Around = llvm::dyn_cast_or_null<clang::Decl>(D.getDeclContext());
  return Around && !llvm::isa<clang::TranslationUnitDecl>(Around) && isOfTemplate(*Around);
}

/// Whether all that a declaration holds is seen here.
static bool isWhole(const clang::Decl &D) {
  const auto *Function = llvm::dyn_cast<clang::FunctionDecl>(&D);
  return (!Function || Function->doesThisDeclarationHaveABody()) && !isOfTemplate(D);
}

void SuppressedRanges::note(const clang::Decl &D) {
  for (const auto *A : D.specific_attrs<clang::SuppressAttr>())
    add(*A, D.getSourceRange(), isWhole(D), D.getASTContext().getSourceManager());
}

void SuppressedRanges::note(const clang::Stmt &S, const clang::FunctionDecl *Function,
                            const clang::SourceManager &Sources) {
  if (const auto *Attributed = llvm::dyn_cast<clang::AttributedStmt>(&S))
    for (const clang::Attr *A : Attributed->getAttrs())
      if (llvm::isa<clang::SuppressAttr>(A))
        add(*A, Attributed->getSourceRange(), Function && isWhole(*Function), Sources);
}

void SuppressedRanges::add(const clang::Attr &A, clang::SourceRange Where, bool IsWhole,
                           const clang::SourceManager &Sources) {
  const auto &Suppress = llvm::cast<clang::SuppressAttr>(A);
  Range R{Sources.getExpansionLoc(Where.getBegin()),
          Sources.getExpansionRange(Where.getEnd()).getEnd(),
          Sources.getExpansionLoc(A.getLocation()),
          {},
          IsWhole,
          {}};
  for (llvm::StringRef Name : Suppress.diagnosticIdentifiers())
    if (!Name.empty())
      R.Names.push_back(Name.str());
  Ranges.push_back(std::move(R));
}

/// Whether an attribute with these names speaks of the rule.
template <class Names> static bool speaksOf(llvm::StringRef RuleId, const Names &Named) {
  return Named.empty() || llvm::any_of(Named, [&](llvm::StringRef Name) {
           return Name == "snug" || (Name.consume_front("snug-") && Name == RuleId);
         });
}

static bool says(const clang::Decl &D, llvm::StringRef RuleId) {
  return llvm::any_of(D.specific_attrs<clang::SuppressAttr>(),
                      [&](const clang::SuppressAttr *A) { return speaksOf(RuleId, A->diagnosticIdentifiers()); });
}

bool silences(const clang::CXXRecordDecl &Class, llvm::StringRef RuleId) {
  for (const clang::DeclContext *C = &Class; C && C->isRecord(); C = C->getParent()) {
    const auto &Record = *llvm::cast<clang::CXXRecordDecl>(C);
    const clang::CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
    if (says(Record, RuleId) || (Pattern && says(*Pattern, RuleId)))
      return true;
  }
  return false;
}

bool silences(const clang::FunctionDecl &Function, llvm::StringRef RuleId) {
  const clang::FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(Function.getParent());
  return says(Function, RuleId) || (Pattern && says(*Pattern, RuleId)) || (Class && silences(*Class, RuleId));
}

bool SuppressedRanges::cover(const Finding &F, const clang::SourceManager &Sources) {
  if (Ranges.empty() || !F.Where.Raw)
    return false;
  clang::SourceLocation Where = Sources.getExpansionLoc(clang::SourceLocation::getFromRawEncoding(F.Where.Raw));
  bool Covered = false;
  for (Range &R : Ranges)
    if (speaksOf(F.RuleId, R.Names) && Sources.isPointWithin(Where, R.Begin, R.End)) {
      Covered = true;
      if (!llvm::is_contained(R.Silenced, F.RuleId))
        R.Silenced.push_back(F.RuleId);
    }
  return Covered;
}

} // namespace snug::rules
