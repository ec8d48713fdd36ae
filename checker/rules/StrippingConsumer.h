// Takes stated expectations off the AST before code is generated for it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STRIPPINGCONSUMER_H
#define SNUG_CHECKER_RULES_STRIPPINGCONSUMER_H

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Decl.h"
#include "clang/Serialization/ASTDeserializationListener.h"

#include <vector>

namespace snug::rules {

class ExpectationTable;

/// Runs before the consumer that generates code, for each declaration: functions and variables lose what is stated on
/// them, so that stating changes no code. The table of this thread (`ExpectationTable::current`) keeps it, and begins
/// empty.
class StrippingConsumer : public clang::ASTConsumer, clang::ASTDeserializationListener {
public:
  /// With `KeepsAttributes` they stay: for a compile that writes the AST itself, for those who load it.
  explicit StrippingConsumer(bool KeepsAttributes = false);

  bool HandleTopLevelDecl(clang::DeclGroupRef Group) override;
  void HandleInlineFunctionDefinition(clang::FunctionDecl *F) override;
  void HandleCXXStaticMemberVarInstantiation(clang::VarDecl *V) override;
  clang::ASTDeserializationListener *GetASTDeserializationListener() override { return this; }

protected:
  bool keepsAttributes() const { return KeepsAttributes; }
  /// What did not come from a precompiled header.
  const std::vector<clang::Decl *> &fresh() const { return Fresh; }

private:
  void handle(clang::Decl &D);
  /// Declarations of precompiled headers and modules never come through the handlers above.
  void DeclRead(clang::GlobalDeclID, const clang::Decl *D) override;

  ExpectationTable &Table;
  bool KeepsAttributes;
  std::vector<clang::Decl *> Fresh;
};

} // namespace snug::rules

#endif
