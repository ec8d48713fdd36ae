// The Clang plugin: a thin host of the rules; every `clang++ -fplugin=…/SnugPlugin.so` runs them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"
#include "rules/Rule.h"
#include "rules/StatedExpectations.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclGroup.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

namespace snug::plugin {
namespace {

/// Runs before code generation for each declaration: takes stated expectations off functions and variables, so that
/// stating changes no code. At the end of the translation unit it runs the rules.
class Consumer : public clang::ASTConsumer {
public:
  Consumer(clang::CompilerInstance &Compiler, rules::RunOptions Options)
      : Compiler(Compiler), Options(std::move(Options)), Table(rules::ExpectationTable::current()) {
    Table.clear();
  }

  bool HandleTopLevelDecl(clang::DeclGroupRef Group) override {
    for (clang::Decl *D : Group)
      take(*D);
    return true;
  }
  void HandleInlineFunctionDefinition(clang::FunctionDecl *F) override { take(*F); }
  void HandleCXXStaticMemberVarInstantiation(clang::VarDecl *V) override { take(*V); }

  void HandleTranslationUnit(clang::ASTContext &AST) override {
    clang::DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
    if (!Diagnostics.hasErrorOccurred()) {
      Emitter Emit(Diagnostics);
      for (const Finding &F : rules::run(AST, Options))
        Emit.emit(F);
    }
  }

private:
  void take(clang::Decl &D) {
    if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(&D)) {
      Table.take(*F);
      if (Table.HasLocals)
        Table.takeLocals(*F);
    } else if (auto *V = llvm::dyn_cast<clang::VarDecl>(&D)) {
      Table.take(*V);
    }
  }

  clang::CompilerInstance &Compiler;
  rules::RunOptions Options;
  rules::ExpectationTable &Table;
};

class Action : public clang::PluginASTAction {
protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler, llvm::StringRef) override {
    return std::make_unique<Consumer>(Compiler, rules::RunOptions{});
  }
  bool ParseArgs(const clang::CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

// The name must hold no '-': -fplugin-arg-<name>-<key> is split at the first one.
const clang::FrontendPluginRegistry::Add<Action> Register("snug",
                                                          "hold layouts, casts and machine code to what was stated");
[[maybe_unused]] const bool AttributesRegistered = (rules::registerExpectationAttributes(), true);

} // namespace
} // namespace snug::plugin
