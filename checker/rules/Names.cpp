// How messages name types, members and instantiations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Names.h"

#include "layout/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>

namespace snug::rules {

static clang::PrintingPolicy policyOf(const clang::ASTContext &AST) {
  clang::PrintingPolicy Policy(AST.getLangOpts());
  Policy.SuppressTagKeyword = true;
  Policy.SuppressUnwrittenScope = true;
  Policy.SuppressInlineNamespace = decltype(Policy.SuppressInlineNamespace)(true);
  return Policy;
}

/// Cuts template argument lists to "…", innermost first, until the name fits.
static std::string shortened(std::string Name) {
  constexpr std::size_t Limit = 72;
  constexpr char Cut = '\1';
  while (Name.size() > Limit) {
    std::size_t Close = Name.find('>');
    std::size_t Open = Close == std::string::npos ? Close : Name.rfind('<', Close);
    if (Open == std::string::npos)
      break;
    Name.replace(Open, Close + 1 - Open, 1, Cut);
  }
  for (std::size_t At = 0; (At = Name.find(Cut, At)) != std::string::npos;)
    Name.replace(At, 1, "<…>");
  return Name;
}

std::string quoted(clang::QualType T, const clang::ASTContext &AST) {
  // An alias is what the user wrote; a class is named in full, wherever the name was written.
  if (const auto *Record = T->getAsCXXRecordDecl(); Record && !T->getAs<clang::TypedefType>())
    return quoted(*Record);
  return "'" + shortened(layout::nameOf(AST, T.getUnqualifiedType())) + "'";
}

std::string quoted(const clang::RecordDecl &D) { return "'" + shortened(layout::nameOf(D.getASTContext(), D)) + "'"; }

std::string quoted(const clang::ValueDecl &D) {
  if (const auto *Field = llvm::dyn_cast<clang::FieldDecl>(&D))
    return "'" + layout::nameOf(*Field) + "'";
  return "'" + D.getNameAsString() + "'";
}

std::string bytes(std::int64_t N) { return std::to_string(N) + (N == 1 ? " byte" : " bytes"); }

std::string countOf(std::uint64_t N, const char *Noun) { return std::to_string(N) + " " + Noun + (N == 1 ? "" : "s"); }

std::optional<Reason> instantiationReason(const clang::FunctionDecl *Function, const RuleContext &Context) {
  for (const clang::DeclContext *Scope = Function; Scope; Scope = Scope->getParent()) {
    clang::SourceLocation Asked;
    std::string Name;
    if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(Scope); F && F->isTemplateInstantiation()) {
      Asked = F->getPointOfInstantiation();
      llvm::raw_string_ostream Out(Name);
      F->getNameForDiagnostic(Out, policyOf(Context.AST), /*Qualified=*/true);
      // Clang 19 calls a lambda an anonymous class.
      if (const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F); Method && Method->getParent()->isLambda())
        if (std::size_t At = Name.find("(anonymous class)"); At != std::string::npos)
          Name.replace(At, std::strlen("(anonymous class)"), "(lambda)");
      Name = shortened(std::move(Name));
      Name = "'" + Name + "'";
    } else if (const auto *C = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(Scope);
               C && clang::isTemplateInstantiation(C->getSpecializationKind())) {
      Asked = C->getPointOfInstantiation();
      Name = quoted(*C);
    } else {
      continue;
    }
    // A generic lambda's call operator does not remember who asked for it.
    if (Asked.isInvalid())
      Asked = llvm::cast<clang::Decl>(Scope)->getLocation();
    return Reason{"instantiation", "in instantiation of " + Name + " requested here", Context.locate(Asked), {}};
  }
  return std::nullopt;
}

} // namespace snug::rules
