// Puts the facts of a translation unit into its object file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "EmbedFacts.h"

#include "rules/FrameFacts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

namespace snug::plugin {
namespace {

/// Once the module is complete: what it does not define is no fact of it. Inline functions may be gone by the end.
class SelectPass : public llvm::PassInfoMixin<SelectPass> {
public:
  explicit SelectPass(std::shared_ptr<facts::Facts> Collected) : Collected(std::move(Collected)) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    llvm::erase_if(Collected->Functions, [&](facts::FunctionExpectation &Function) {
      const llvm::Function *Emitted = M.getFunction(Function.Mangled);
      if (!Emitted || Emitted->isDeclarationForLinker())
        return true;
      Function.MayBeDiscarded = Emitted->isDiscardableIfUnused();
      return false;
    });
    return llvm::PreservedAnalyses::all();
  }

  /// At -O0, too.
  static bool isRequired() { return true; }

private:
  std::shared_ptr<facts::Facts> Collected;
};

class EmbedPass : public llvm::PassInfoMixin<EmbedPass> {
public:
  explicit EmbedPass(std::shared_ptr<facts::Facts> Collected) : Collected(std::move(Collected)) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    rules::settleRecorded(Collected->Coroutines);
    const std::string Section = facts::write(std::exchange(*Collected, {}));
    if (Section.empty())
      return llvm::PreservedAnalyses::all();
    llvm::embedBufferInModule(M, llvm::MemoryBufferRef(Section, facts::SectionName), facts::SectionName);
    return llvm::PreservedAnalyses::none();
  }

  static bool isRequired() { return true; }

private:
  std::shared_ptr<facts::Facts> Collected;
};

} // namespace

void embedFacts(clang::CodeGenOptions &Options, std::shared_ptr<facts::Facts> Collected) {
  Options.PassBuilderCallbacks.push_back([Collected](llvm::PassBuilder &Builder) {
    Builder.registerPipelineStartEPCallback([Collected](llvm::ModulePassManager &Passes, llvm::OptimizationLevel) {
      Passes.addPass(SelectPass(Collected));
    });
    // LLVM 22 says in addition which part of link-time optimisation this is.
    Builder.registerOptimizerLastEPCallback(
        [Collected](llvm::ModulePassManager &Passes, auto...) { Passes.addPass(EmbedPass(Collected)); });
  });
}

} // namespace snug::plugin
