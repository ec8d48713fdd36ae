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

#include "clang/AST/Decl.h"
#include "clang/AST/DeclGroup.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Serialization/ASTDeserializationListener.h"

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

/// The level as the driver's flag says it.
std::string optimizationOf(const clang::CodeGenOptions &Options) {
  if (Options.OptimizeSize)
    return Options.OptimizeSize > 1 ? "-Oz" : "-Os";
  return "-O" + std::to_string(Options.OptimizationLevel);
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

/// Runs before code generation for each declaration: takes stated expectations off functions and variables, so that
/// stating changes no code. At the end of the translation unit it runs the rules.
class Consumer : public clang::ASTConsumer, clang::ASTDeserializationListener {
public:
  Consumer(clang::CompilerInstance &Compiler, Config Settings, rules::RunOptions Run,
           std::shared_ptr<facts::Facts> Collected)
      : Compiler(Compiler), Settings(std::move(Settings)), Run(std::move(Run)), Collected(std::move(Collected)),
        Table(rules::ExpectationTable::current()), KeepsAttributes(writesAst(Compiler)) {
    Table.clear();
    rules::FrameBudgets::current().clear();
    rules::FrameBudgets::current().MeasuredLater = generatesCode(Compiler);
    rules::SeenCoroutines::current() = {generatesCode(Compiler), {}};
  }

  bool HandleTopLevelDecl(clang::DeclGroupRef Group) override {
    for (clang::Decl *D : Group)
      handle(*D);
    return true;
  }
  void HandleInlineFunctionDefinition(clang::FunctionDecl *F) override { handle(*F); }
  void HandleCXXStaticMemberVarInstantiation(clang::VarDecl *V) override { handle(*V); }

  void HandleTranslationUnit(clang::ASTContext &AST) override {
    clang::DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
    // What the compiler could not make sense of, nobody can judge.
    if (Diagnostics.hasErrorOccurred())
      return;
    // A precompiled header was judged when it was made: only what came since is walked.
    if (AST.getExternalSource() && !KeepsAttributes)
      AST.setTraversalScope(Fresh);
    Emitter Emit(Diagnostics, Settings.Strict);
    rules::FactOptions Facts{Settings.LockedTypes, optimizationOf(Compiler.getCodeGenOpts())};
    Facts.KeepsAllCoroutines = true;
    for (const Finding &F : rules::run(AST, Run))
      Emit.emit(F);
    // Without code nobody writes them down.
    if (rules::FrameBudgets::current().MeasuredLater) {
      Facts.Coroutines = std::move(rules::SeenCoroutines::current().Seen);
      *Collected = rules::collectFacts(AST, Facts);
    }
  }

  clang::ASTDeserializationListener *GetASTDeserializationListener() override { return this; }
  /// Declarations of precompiled headers and modules never come through the handlers above.
  void DeclRead(clang::GlobalDeclID, const clang::Decl *D) override {
    if (!D->hasAttrs())
      return;
    Table.noteRead(*D);
    if (!KeepsAttributes && llvm::isa<clang::FunctionDecl, clang::VarDecl>(D))
      Table.take(const_cast<clang::Decl &>(*D));
  }

private:
  void handle(clang::Decl &D) {
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

  clang::CompilerInstance &Compiler;
  Config Settings;
  rules::RunOptions Run;
  std::shared_ptr<facts::Facts> Collected;
  rules::ExpectationTable &Table;
  bool KeepsAttributes;
  std::vector<clang::Decl *> Fresh;
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
    rules::FrameListener Listener;
    Listener.Began = [Collected](llvm::ArrayRef<std::string> Symbols) {
      for (const auto &[Old, New] : rules::matchSymbols(Collected->Coroutines, Symbols))
        rules::FrameBudgets::current().rename(Old, New);
    };
    Listener.Measured = [&Compiler, Strict = Settings.Strict, Run,
                         Collected](llvm::StringRef Symbol, std::uint64_t Bytes, std::uint64_t AlignBytes) {
      for (facts::CoroutineFrame &Frame : Collected->Coroutines)
        if (Frame.Mangled == Symbol) {
          Frame.SizeBytes = Bytes;
          Frame.AlignBytes = AlignBytes;
        }
      Emitter Emit(Compiler.getDiagnostics(), Strict);
      for (Finding &F : rules::FrameBudgets::current().measured(Symbol, Bytes)) {
        rules::setConfiguredLevel(F, Run);
        Emit.emit(F);
      }
    };
    Listener.Elided = [Collected](llvm::StringRef Symbol, llvm::StringRef Caller) {
      for (facts::CoroutineFrame &Frame : Collected->Coroutines)
        if (Frame.Mangled == Symbol)
          Frame.ElidedIn.push_back(Caller.str());
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
