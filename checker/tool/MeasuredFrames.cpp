// Compiles a source in this process, down to where LLVM has laid out the frames of its coroutines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/MeasuredFrames.h"

#include "rules/FactCollector.h"
#include "rules/FrameFacts.h"
#include "rules/StatedExpectations.h"
#include "rules/StrippingConsumer.h"
#include "tool/Sources.h"

#include "clang/CodeGen/CodeGenAction.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/TargetSelect.h"

namespace snug::tool {
namespace {

using facts::CoroutineFrame;

/// Inlining, and with it what is elided, depends on the machine.
void knowAllTargets() {
  static const bool Once = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmParsers();
    return true;
  }();
  (void)Once;
}

/// What an action and its consumer know of the coroutines: entry for entry the declaration and the facts.
struct Coroutines {
  std::vector<const clang::FunctionDecl *> Declared;
  std::vector<CoroutineFrame> Frames;
};

/// Finds the coroutines before code is generated.
class FindCoroutines : public rules::StrippingConsumer {
public:
  FindCoroutines(clang::CompilerInstance &Compiler, Coroutines &Found) : Compiler(Compiler), Found(Found) {}

  void HandleTranslationUnit(clang::ASTContext &AST) override {
    if (Compiler.getDiagnostics().hasErrorOccurred())
      return;
    Found.Declared = rules::coroutinesOf(AST);
    rules::FactOptions Options;
    Options.Coroutines = Found.Declared;
    Options.KeepsAllCoroutines = true;
    Options.Optimization = rules::optimizationOf(Compiler.getCodeGenOpts());
    Found.Frames = std::move(rules::collectFacts(AST, Options).Coroutines);
    rules::ExpectationTable::current().clear();
    if (Found.Frames.empty())
      Compiler.getCodeGenOpts().DisableLLVMPasses = true;
  }

private:
  clang::CompilerInstance &Compiler;
  Coroutines &Found;
};

class Action : public clang::EmitLLVMOnlyAction {
public:
  Action(std::string Unit, std::vector<CoroutineFrame> &Result) : Unit(std::move(Unit)), Result(Result) {}

protected:
  bool BeginInvocation(clang::CompilerInstance &Compiler) override {
    Sources::quieten(Compiler);
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef File) override {
    knowAllTargets();
    // Names of values change no code, and say what lies where.
    Compiler.getCodeGenOpts().DiscardValueNames = false;
    rules::FrameListener Listener = rules::frameRecorder(Found.Frames);
    Listener.Began = [this](llvm::ArrayRef<std::string> Symbols) { nameSymbols(Symbols); };
    rules::measureFrames(Compiler.getCodeGenOpts(), std::move(Listener));
    std::vector<std::unique_ptr<clang::ASTConsumer>> Consumers;
    Consumers.push_back(std::make_unique<FindCoroutines>(Compiler, Found));
    Consumers.push_back(EmitLLVMOnlyAction::CreateASTConsumer(Compiler, File));
    return std::make_unique<clang::MultiplexConsumer>(std::move(Consumers));
  }

  void EndSourceFileAction() override {
    EmitLLVMOnlyAction::EndSourceFileAction();
    rules::settleRecorded(Found.Frames);
    for (CoroutineFrame &F : Found.Frames) {
      F.Unit = Unit;
      Result.push_back(std::move(F));
    }
  }

private:
  /// Code generation numbers lambdas without linkage in an order of its own, and knows which is which.
  void nameSymbols(llvm::ArrayRef<std::string> Symbols) {
    llvm::DenseMap<const clang::Decl *, llvm::StringRef> Emitted;
    for (const std::string &Symbol : Symbols)
      if (const clang::Decl *D = getCodeGenerator()->GetDeclForMangledName(Symbol))
        Emitted.try_emplace(D->getCanonicalDecl(), Symbol);
    llvm::StringSet<> Taken;
    for (const std::string &Symbol : Symbols)
      Taken.insert(Symbol);
    for (std::size_t I = 0; I != Found.Declared.size() && I != Found.Frames.size(); ++I) {
      std::string &Mangled = Found.Frames[I].Mangled;
      if (auto Known = Emitted.find(Found.Declared[I]->getCanonicalDecl()); Known != Emitted.end())
        Mangled = Known->second.str();
      else if (Taken.contains(Mangled))
        Mangled = rules::withoutNumbers(Mangled);
    }
  }

  std::string Unit;
  std::vector<CoroutineFrame> &Result;
  Coroutines Found;
};

} // namespace

std::unique_ptr<clang::FrontendAction> measureFramesOf(std::string Unit, std::vector<CoroutineFrame> &Result) {
  return std::make_unique<Action>(std::move(Unit), Result);
}

} // namespace snug::tool
