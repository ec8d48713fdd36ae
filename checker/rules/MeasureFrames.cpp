// Watches code generation lay out coroutine frames, and learns their sizes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/MeasureFrames.h"

#include "llvm/ADT/Any.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassInstrumentation.h"
#include "llvm/IR/PassManager.h"
#include "llvm/IR/ValueHandle.h"
#include "llvm/Passes/PassBuilder.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace snug::rules {
namespace {

/// Of the intrinsic llvm.coro.id.
constexpr unsigned CoroutineOperand = 2;

/// What a pass may be about to elide: the start of a coroutine, inlined or called.
struct Start {
  llvm::WeakVH Call;
  std::string Symbol;
  std::string Caller;
};

/// What is known while passes run.
struct State {
  explicit State(FrameListener Listener) : Listener(std::move(Listener)) {}

  FrameListener Listener;
  llvm::Module *In = nullptr;
  std::vector<std::string> All;
  /// Not split yet.
  std::vector<std::string> Waiting;
  std::vector<std::string> JustSplit;
  std::vector<Start> Before;
};

bool mayAllocate(const llvm::Value &Id) {
  return llvm::any_of(Id.users(), [](const llvm::User *U) {
    const auto *Call = llvm::dyn_cast<llvm::CallBase>(U);
    return Call && Call->getIntrinsicID() == llvm::Intrinsic::coro_alloc;
  });
}

/// What the parts of a split coroutine read and write in the frame, their first argument: the pass names each such
/// address after the storage that moved there.
std::vector<FrameSlot> slotsOf(const llvm::Module &In, const std::string &Symbol) {
  std::map<std::pair<std::uint64_t, std::string>, FrameSlot> Found;
  for (const char *Part : {".resume", ".destroy", ".cleanup"}) {
    const llvm::Function *F = In.getFunction(Symbol + Part);
    if (!F || F->isDeclaration() || F->arg_empty())
      continue;
    for (const llvm::Instruction &I : llvm::instructions(*F)) {
      const auto *Address = llvm::dyn_cast<llvm::GetElementPtrInst>(&I);
      auto [Name, Rest] = I.getName().split(".reload.addr");
      if (!Address || Name.size() == I.getName().size() || Address->getPointerOperand() != F->getArg(0) ||
          !llvm::isa<llvm::StructType>(Address->getSourceElementType()))
        continue;
      const llvm::DataLayout &Layout = In.getDataLayout();
      llvm::APInt Offset(Layout.getIndexTypeSizeInBits(Address->getType()), 0);
      if (!Address->accumulateConstantOffset(Layout, Offset))
        continue;
      llvm::Type *Type = Address->getResultElementType();
      FrameSlot Slot{Name.str(), Offset.getZExtValue(), Layout.getTypeAllocSize(Type).getFixedValue()};
      if (const auto *Class = llvm::dyn_cast<llvm::StructType>(Type); Class && Class->hasName())
        Slot.Class = Class->getName().split('.').second.str();
      Found.try_emplace({Slot.OffsetBytes, Slot.Name}, std::move(Slot));
    }
  }
  std::vector<FrameSlot> Result;
  for (auto &Entry : Found)
    Result.push_back(std::move(Entry.second));
  return Result;
}

/// A coroutine that was split has a part that resumes it, whose argument is the frame.
void lookForSplit(State &S) {
  llvm::erase_if(S.Waiting, [&](const std::string &Symbol) {
    const llvm::Function *Resume = S.In->getFunction(Symbol + ".resume");
    const std::uint64_t Bytes = Resume && Resume->arg_size() ? Resume->getParamDereferenceableBytes(0) : 0;
    if (Bytes) {
      S.JustSplit.push_back(Symbol);
      S.Listener.Measured(Symbol, {Bytes, Resume->getParamAlign(0).valueOrOne().value(), slotsOf(*S.In, Symbol)});
    }
    return Bytes != 0;
  });
}

/// Where a coroutine is called, inlined, and destroyed in one function, the frame needs no allocation: that pass takes
/// the question whether to allocate out of the code.
void beforeElision(State &S, const llvm::Function &Caller) {
  S.Before.clear();
  const llvm::Function *Ids = S.In->getFunction("llvm.coro.id");
  if (!Ids || Ids->use_empty())
    return;
  for (const llvm::User *U : Ids->users()) {
    const auto *Id = llvm::dyn_cast<llvm::CallBase>(U);
    if (!Id || Id->getFunction() != &Caller || !mayAllocate(*Id))
      continue;
    const auto *Coroutine = llvm::dyn_cast<llvm::Function>(Id->getArgOperand(CoroutineOperand)->stripPointerCasts());
    if (Coroutine && Coroutine != &Caller)
      S.Before.push_back(
          {llvm::WeakVH(const_cast<llvm::CallBase *>(Id)), Coroutine->getName().str(), Caller.getName().str()});
  }
}

void afterElision(State &S) {
  for (const Start &I : S.Before)
    if (!I.Call || !mayAllocate(*I.Call))
      S.Listener.Elided(I.Symbol, I.Caller);
  S.Before.clear();
}

/// A direct call, in a coroutine, of what is marked [[clang::coro_await_elidable]]: another start takes its place, to
/// which the caller hands memory. That pass comes right behind the one that splits.
void beforeCallersMemory(State &S) {
  S.Before.clear();
  const llvm::Attribute::AttrKind Safe = llvm::Attribute::getAttrKindFromName("coro_elide_safe");
  for (const std::string &Symbol : std::exchange(S.JustSplit, {}))
    if (const llvm::Function *Coroutine = S.In->getFunction(Symbol); Safe != llvm::Attribute::None && Coroutine)
      for (const llvm::User *U : Coroutine->users())
        if (const auto *Call = llvm::dyn_cast<llvm::CallBase>(U);
            Call && Call->getCalledFunction() == Coroutine && Call->hasFnAttr(Safe))
          S.Before.push_back(
              {llvm::WeakVH(const_cast<llvm::CallBase *>(Call)), Symbol, Call->getFunction()->getName().str()});
}

void afterCallersMemory(State &S) {
  for (const Start &I : S.Before)
    if (!I.Call)
      S.Listener.Elided(I.Symbol, I.Caller);
  S.Before.clear();
}

/// Begins once the module is complete.
class BeginPass : public llvm::PassInfoMixin<BeginPass> {
public:
  explicit BeginPass(std::shared_ptr<State> S) : S(std::move(S)) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    S->In = &M;
    S->All.clear();
    for (const llvm::Function &F : M)
      if (!F.isDeclaration() && F.isPresplitCoroutine())
        S->All.push_back(F.getName().str());
    S->Waiting = S->All;
    S->Listener.Began(S->All);
    return llvm::PreservedAnalyses::all();
  }

  /// At -O0, too.
  static bool isRequired() { return true; }

private:
  std::shared_ptr<State> S;
};

} // namespace

void measureFrames(clang::CodeGenOptions &Options, FrameListener Listener) {
  Options.PassBuilderCallbacks.push_back([Listener](llvm::PassBuilder &Builder) {
    auto S = std::make_shared<State>(Listener);
    Builder.registerPipelineStartEPCallback(
        [S](llvm::ModulePassManager &Passes, llvm::OptimizationLevel) { Passes.addPass(BeginPass(S)); });
    llvm::PassInstrumentationCallbacks *Instrumentation = Builder.getPassInstrumentationCallbacks();
    if (!Instrumentation)
      return;
    Instrumentation->registerBeforeNonSkippedPassCallback([S](llvm::StringRef Pass, llvm::Any Unit) {
      if (S->All.empty())
        return;
      if (Pass.contains("CoroAnnotationElide"))
        beforeCallersMemory(*S);
      else if (!Pass.contains("CoroElide"))
        return;
      else if (const auto *F = llvm::any_cast<const llvm::Function *>(&Unit))
        beforeElision(*S, **F);
    });
    auto After = [S](llvm::StringRef Pass, const llvm::PreservedAnalyses &Kept) {
      if (S->All.empty() || Kept.areAllPreserved())
        return;
      if (Pass.contains("CoroSplit"))
        lookForSplit(*S);
      else if (Pass.contains("CoroElide"))
        afterElision(*S);
      else if (Pass.contains("CoroAnnotationElide"))
        afterCallersMemory(*S);
    };
    Instrumentation->registerAfterPassCallback(
        [After](llvm::StringRef Pass, llvm::Any, const llvm::PreservedAnalyses &Kept) { After(Pass, Kept); });
    Instrumentation->registerAfterPassInvalidatedCallback(After);
  });
}

std::string optimizationOf(const clang::CodeGenOptions &Options) {
  if (Options.OptimizeSize)
    return Options.OptimizeSize > 1 ? "-Oz" : "-Os";
  return "-O" + std::to_string(Options.OptimizationLevel);
}

} // namespace snug::rules
