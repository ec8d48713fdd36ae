// Gathers what a translation unit states into the facts that travel in its object file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FactCollector.h"

#include "layout/Build.h"
#include "layout/Names.h"
#include "rules/StatedExpectations.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/RecordLayout.h"

namespace snug::rules {

static std::vector<facts::StatedFigure> figuresOf(const clang::Decl &D) {
  std::vector<facts::StatedFigure> Result;
  const clang::SourceManager &Sources = D.getASTContext().getSourceManager();
  for (const StatedExpectation &Stated : statedOn(D))
    if (Stated.Member.empty() && Stated.IsConstant && Stated.Value >= 0)
      Result.push_back({Stated.Name, static_cast<std::uint64_t>(Stated.Value), layout::locate(Sources, Stated.Where)});
  return Result;
}

facts::Facts collectFacts(const clang::ASTContext &AST) {
  facts::Facts Result;
  clang::ASTNameGenerator Names(const_cast<clang::ASTContext &>(AST));
  for (const auto &[D, Attributes] : ExpectationTable::current().entries()) {
    const auto *Function = llvm::dyn_cast<clang::FunctionDecl>(D);
    if (!Function || !Function->doesThisDeclarationHaveABody() || Function->isDependentContext())
      continue;
    std::vector<facts::StatedFigure> Stated = figuresOf(*Function);
    if (Stated.empty())
      continue;
    std::vector<std::string> Symbols;
    if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(Function))
      Symbols = Names.getAllManglings(Function);
    else
      Symbols.push_back(Names.getName(Function));
    for (std::string &Symbol : Symbols)
      Result.Functions.push_back({std::move(Symbol), false, Stated});
  }
  if (!ExpectationTable::current().HasRecords)
    return Result;
  for (const clang::RecordDecl *Record : layout::allRecords(AST)) {
    std::vector<facts::StatedFigure> Stated = figuresOf(*Record);
    if (Stated.empty())
      continue;
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(Record);
    facts::StatedLayout Fact;
    Fact.Name = layout::nameOf(AST, *Record);
    Fact.SizeBytes = static_cast<std::uint64_t>(Layout.getSize().getQuantity());
    Fact.AlignBytes = static_cast<std::uint64_t>(Layout.getAlignment().getQuantity());
    Fact.Stated = std::move(Stated);
    Fact.Where = layout::locate(AST.getSourceManager(), Record->getLocation());
    Result.Layouts.push_back(std::move(Fact));
  }
  return Result;
}

} // namespace snug::rules
