// Puts the stated figures of a translation unit into its object file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "EmbedFacts.h"

#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

namespace snug::plugin {
namespace {

class EmbedPass : public llvm::PassInfoMixin<EmbedPass> {
public:
  explicit EmbedPass(std::shared_ptr<const facts::Facts> Collected) : Collected(std::move(Collected)) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    facts::Facts Here;
    Here.Layouts = Collected->Layouts;
    for (facts::FunctionExpectation Function : Collected->Functions) {
      const llvm::Function *Emitted = M.getFunction(Function.Mangled);
      if (!Emitted || Emitted->isDeclarationForLinker())
        continue;
      Function.MayBeDiscarded = Emitted->isDiscardableIfUnused();
      Here.Functions.push_back(std::move(Function));
    }
    if (Here.empty())
      return llvm::PreservedAnalyses::all();
    std::string Text = facts::write(std::move(Here));
    llvm::embedBufferInModule(M, llvm::MemoryBufferRef(Text, facts::SectionName), facts::SectionName);
    return llvm::PreservedAnalyses::none();
  }

  /// At -O0, too.
  static bool isRequired() { return true; }

private:
  std::shared_ptr<const facts::Facts> Collected;
};

} // namespace

void embedFacts(clang::CodeGenOptions &Options, std::shared_ptr<const facts::Facts> Collected) {
  Options.PassBuilderCallbacks.push_back([Collected](llvm::PassBuilder &Builder) {
    Builder.registerPipelineStartEPCallback([Collected](llvm::ModulePassManager &Passes, llvm::OptimizationLevel) {
      Passes.addPass(EmbedPass(Collected));
    });
  });
}

} // namespace snug::plugin
