// Learns the sizes of coroutine frames from code generation and holds them to their bounds.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MeasureFrames.h"

#include "llvm/IR/Module.h"
#include "llvm/IR/PassInstrumentation.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Passes/PassBuilder.h"

#include <memory>

namespace snug::plugin {
namespace {

/// The coroutines that are not split yet.
struct Pending {
  llvm::Module *In = nullptr;
  std::vector<std::string> Symbols;
};

/// Begins once the module is complete.
class BeginPass : public llvm::PassInfoMixin<BeginPass> {
public:
  BeginPass(std::shared_ptr<Pending> Waiting, std::function<std::vector<std::string>()> Wanted)
      : Waiting(std::move(Waiting)), Wanted(std::move(Wanted)) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    *Waiting = {&M, Wanted()};
    return llvm::PreservedAnalyses::all();
  }

  /// At -O0, too.
  static bool isRequired() { return true; }

private:
  std::shared_ptr<Pending> Waiting;
  std::function<std::vector<std::string>()> Wanted;
};

} // namespace

void measureFrames(clang::CodeGenOptions &Options, std::function<std::vector<std::string>()> Wanted,
                   std::function<void(llvm::StringRef Symbol, std::uint64_t Bytes)> Measured) {
  Options.PassBuilderCallbacks.push_back([Wanted, Measured](llvm::PassBuilder &Builder) {
    auto Waiting = std::make_shared<Pending>();
    Builder.registerPipelineStartEPCallback(
        [Waiting, Wanted](llvm::ModulePassManager &Passes, llvm::OptimizationLevel) {
          Passes.addPass(BeginPass(Waiting, Wanted));
        });
    llvm::PassInstrumentationCallbacks *Instrumentation = Builder.getPassInstrumentationCallbacks();
    if (!Instrumentation)
      return;
    // A coroutine that was split has a part that resumes it, whose argument is the frame.
    auto Look = [Waiting, Measured](llvm::StringRef Pass) {
      if (Waiting->Symbols.empty() || !Pass.contains("CoroSplit"))
        return;
      std::erase_if(Waiting->Symbols, [&](const std::string &Symbol) {
        const llvm::Function *Resume = Waiting->In->getFunction(Symbol + ".resume");
        std::uint64_t Bytes = Resume && Resume->arg_size() ? Resume->getParamDereferenceableBytes(0) : 0;
        if (Bytes)
          Measured(Symbol, Bytes);
        return Bytes != 0;
      });
    };
    Instrumentation->registerAfterPassCallback(
        [Look](llvm::StringRef Pass, llvm::Any, const llvm::PreservedAnalyses &) { Look(Pass); });
    Instrumentation->registerAfterPassInvalidatedCallback(
        [Look](llvm::StringRef Pass, const llvm::PreservedAnalyses &) { Look(Pass); });
  });
}

} // namespace snug::plugin
