// The Clang plugin: a thin host of the rules; every `clang++ -fplugin=…/SnugPlugin.so` runs them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "EmbedFacts.h"
#include "Emit.h"
#include "Options.h"
#include "rules/FactCollector.h"
#include "rules/FrameBudgets.h"
#include "rules/FrameFacts.h"
#include "rules/MeasureFrames.h"
#include "rules/Rule.h"
#include "rules/Settle.h"
#include "rules/StatedExpectations.h"
#include "rules/StrippingConsumer.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

namespace snug::plugin {
namespace {

/// True when the AST itself is what is written: then the expectations stay on it, for those who load it.
bool writesAst(const clang::CompilerInstance &Compiler) {
  switch (Compiler.getFrontendOpts().ProgramAction) {
  case clang::frontend::GeneratePCH:
  case clang::frontend::GenerateModule:
  case clang::frontend::GenerateModuleInterface:
  case clang::frontend::GenerateReducedModuleInterface:
  case clang::frontend::GenerateHeaderUnit:
    return true;
  default:
    return false;
  }
}

/// True when code is generated, so that the sizes of coroutine frames will be known.
bool generatesCode(const clang::CompilerInstance &Compiler) {
  switch (Compiler.getFrontendOpts().ProgramAction) {
  case clang::frontend::EmitAssembly:
  case clang::frontend::EmitBC:
  case clang::frontend::EmitLLVM:
  case clang::frontend::EmitObj:
    return !Compiler.getCodeGenOpts().DisableLLVMPasses;
  default:
    return false;
  }
}

/// Takes what is stated off the AST before code is generated. At the end of the translation unit it runs the rules.
class Consumer : public rules::StrippingConsumer {
public:
  Consumer(clang::CompilerInstance &Compiler, Config Settings, rules::RunOptions Run,
           std::shared_ptr<facts::Facts> Collected)
      : StrippingConsumer(writesAst(Compiler)), Compiler(Compiler), Settings(std::move(Settings)), Run(std::move(Run)),
        Collected(std::move(Collected)) {
    rules::FrameBudgets::current().clear();
    rules::FrameBudgets::current().MeasuredLater = generatesCode(Compiler);
    rules::SeenCoroutines::current() = {generatesCode(Compiler), {}};
  }

  void HandleTranslationUnit(clang::ASTContext &AST) override {
    clang::DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
    // What the compiler could not make sense of, nobody can judge.
    if (Diagnostics.hasErrorOccurred())
      return;
    // A precompiled header was judged when it was made: only what came since is walked.
    if (AST.getExternalSource() && !keepsAttributes())
      AST.setTraversalScope(fresh());
    Emitter Emit(Diagnostics, Settings.Strict);
    rules::FactOptions Facts{Settings.LockedTypes, rules::optimizationOf(Compiler.getCodeGenOpts())};
    Facts.KeepsAllCoroutines = true;
    for (const Finding &F : rules::run(AST, Run))
      Emit.emit(F);
    // Without code nobody writes them down.
    if (rules::FrameBudgets::current().MeasuredLater) {
      Facts.Coroutines = std::move(rules::SeenCoroutines::current().Seen);
      *Collected = rules::collectFacts(AST, Facts);
    }
  }

private:
  clang::CompilerInstance &Compiler;
  Config Settings;
  rules::RunOptions Run;
  std::shared_ptr<facts::Facts> Collected;
};

class Action : public clang::PluginASTAction {
protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef MainFile) override {
    llvm::Expected<Config> Settings = configFor(Arguments, MainFile);
    if (!Settings)
      return refuse(Compiler, Settings.takeError());
    llvm::Expected<rules::RunOptions> Run = rules::runOptionsOf(*Settings);
    if (!Run)
      return refuse(Compiler, Run.takeError());
    auto Collected = std::make_shared<facts::Facts>();
    listenForFrames(Compiler, *Settings, *Run, Collected);
    embedFacts(Compiler.getCodeGenOpts(), Collected);
    return std::make_unique<Consumer>(Compiler, std::move(*Settings), std::move(*Run), std::move(Collected));
  }

  bool ParseArgs(const clang::CompilerInstance &Compiler, const std::vector<std::string> &Given) override {
    llvm::Expected<Options> Parsed = parseOptions(Given);
    if (!Parsed) {
      report(Compiler, Parsed.takeError());
      return false;
    }
    Arguments = std::move(*Parsed);
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  /// Frames become facts, and are held to their bounds.
  static void listenForFrames(clang::CompilerInstance &Compiler, const Config &Settings, const rules::RunOptions &Run,
                              std::shared_ptr<facts::Facts> Collected) {
    rules::FrameListener Listener = rules::frameRecorder(Collected->Coroutines);
    Listener.Began = [Collected](llvm::ArrayRef<std::string> Symbols) {
      for (const auto &[Old, New] : rules::matchSymbols(Collected->Coroutines, Symbols))
        rules::FrameBudgets::current().rename(Old, New);
      rules::FrameBudgets::current().defined(Symbols);
    };
    Listener.Measured = [&Compiler, Strict = Settings.Strict, Run, Collected, Record = std::move(Listener.Measured)](
                            llvm::StringRef Symbol, const rules::MeasuredFrame &Frame) {
      Record(Symbol, Frame);
      Emitter Emit(Compiler.getDiagnostics(), Strict);
      for (Finding &F : rules::FrameBudgets::current().measured(Symbol, Frame.SizeBytes)) {
        rules::setConfiguredLevel(F, Run);
        Emit.emit(F);
      }
    };
    rules::measureFrames(Compiler.getCodeGenOpts(), std::move(Listener));
  }
  static void report(const clang::CompilerInstance &Compiler, llvm::Error E) {
    clang::DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
    unsigned Id = Diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Error, "snug: %0");
    Diagnostics.Report(Id) << llvm::toString(std::move(E));
  }
  /// The compile fails with our message; the consumer that does nothing keeps Clang from adding one of its own.
  static std::unique_ptr<clang::ASTConsumer> refuse(const clang::CompilerInstance &Compiler, llvm::Error E) {
    report(Compiler, std::move(E));
    return std::make_unique<clang::ASTConsumer>();
  }

  Options Arguments;
};

// The name must hold no '-': -fplugin-arg-<name>-<key> is split at the first one.
const clang::FrontendPluginRegistry::Add<Action> Register("snug",
                                                          "hold layouts, casts and machine code to what was stated");
[[maybe_unused]] const bool AttributesRegistered = (rules::registerExpectationAttributes(), true);

} // namespace
} // namespace snug::plugin
