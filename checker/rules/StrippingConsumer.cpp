// Takes stated expectations off the AST before code is generated for it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StrippingConsumer.h"

#include "rules/StatedExpectations.h"

#include "clang/AST/DeclGroup.h"

namespace snug::rules {

StrippingConsumer::StrippingConsumer(bool KeepsAttributes)
    : Table(ExpectationTable::current()), KeepsAttributes(KeepsAttributes) {
  Table.clear();
}

bool StrippingConsumer::HandleTopLevelDecl(clang::DeclGroupRef Group) {
  for (clang::Decl *D : Group)
    handle(*D);
  return true;
}

void StrippingConsumer::HandleInlineFunctionDefinition(clang::FunctionDecl *F) { handle(*F); }

void StrippingConsumer::HandleCXXStaticMemberVarInstantiation(clang::VarDecl *V) { handle(*V); }

void StrippingConsumer::DeclRead(clang::GlobalDeclID, const clang::Decl *D) {
  if (!D->hasAttrs())
    return;
  Table.noteRead(*D);
  if (!KeepsAttributes && llvm::isa<clang::FunctionDecl, clang::VarDecl>(D))
    Table.take(const_cast<clang::Decl &>(*D));
}

void StrippingConsumer::handle(clang::Decl &D) {
  Fresh.push_back(&D);
  if (KeepsAttributes)
    return;
  if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(&D)) {
    Table.take(*F);
    if (Table.HasLocals)
      Table.takeLocals(*F);
  } else if (auto *V = llvm::dyn_cast<clang::VarDecl>(&D)) {
    Table.take(*V);
  }
}

} // namespace snug::rules
