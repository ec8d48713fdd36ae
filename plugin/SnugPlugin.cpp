// The Clang plugin: a thin host of the rules; every `clang++ -fplugin=…/SnugPlugin.so` runs them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Rule.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

namespace snug {
namespace {

clang::DiagnosticsEngine::Level engineLevel(Level L) {
  switch (L) {
  case Level::Error:
    return clang::DiagnosticsEngine::Error;
  case Level::Warning:
    return clang::DiagnosticsEngine::Warning;
  case Level::Note:
  case Level::Remark:
    break;
  }
  return clang::DiagnosticsEngine::Remark;
}

class Consumer : public clang::ASTConsumer {
public:
  explicit Consumer(clang::DiagnosticsEngine &Diagnostics) : Diagnostics(Diagnostics) {}
  void HandleTranslationUnit(clang::ASTContext &AST) override {
    if (Diagnostics.hasErrorOccurred())
      return;
    for (const Finding &F : rules::run(AST, {})) {
      unsigned Id = Diagnostics.getDiagnosticIDs()->getCustomDiagID(
          static_cast<clang::DiagnosticIDs::Level>(engineLevel(F.Severity)), "%0 [snug-%1]");
      Diagnostics.Report(clang::SourceLocation::getFromRawEncoding(F.Where.Raw), Id) << F.Message << F.RuleId;
    }
  }

private:
  clang::DiagnosticsEngine &Diagnostics;
};

class Action : public clang::PluginASTAction {
protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler, llvm::StringRef) override {
    return std::make_unique<Consumer>(Compiler.getDiagnostics());
  }
  bool ParseArgs(const clang::CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

const clang::FrontendPluginRegistry::Add<Action> Register("snug",
                                                          "hold layouts, casts and machine code to what was stated");

} // namespace
} // namespace snug
