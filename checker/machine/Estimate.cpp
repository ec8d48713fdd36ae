// What LLVM's model of one processor says of a function's instructions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Estimate.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/MCA/Context.h"
#include "llvm/MCA/CustomBehaviour.h"
#include "llvm/MCA/InstrBuilder.h"
#include "llvm/MCA/Pipeline.h"
#include "llvm/MCA/SourceMgr.h"

namespace snug::machine {

Estimator::~Estimator() = default;

llvm::Expected<std::unique_ptr<Estimator>> Estimator::create(const Target &T, llvm::StringRef Processor) {
  if (!T.subtarget().isCPUStringValid(Processor)) {
    std::string Near;
    unsigned Least = 4;
    for (const llvm::SubtargetSubTypeKV &Known : T.subtarget().getAllProcessorDescriptions())
      if (unsigned D = Processor.edit_distance(llvm::StringRef(Known.Key), true, Least); D < Least) {
        Least = D;
        Near = llvm::StringRef(Known.Key).str();
      }
    return llvm::createStringError("--mca: LLVM knows no processor '" + Processor + "'" +
                                   (Near.empty() ? "; for example skylake, znver3" : "; there is '" + Near + "'"));
  }
  std::unique_ptr<Estimator> E(new Estimator(T));
  E->Processor = Processor.str();
#if LLVM_VERSION_MAJOR >= 22
  const llvm::Triple &Name = T.triple();
#else
  const std::string &Name = T.triple().str();
#endif
  E->Subtarget.reset(T.llvmTarget().createMCSubtargetInfo(Name, Processor, ""));
  E->Semantics.reset(T.llvmTarget().createMCInstrAnalysis(&T.instructions()));
  if (!E->Subtarget->getSchedModel().hasInstrSchedModel())
    return llvm::createStringError("--mca: LLVM has no model of '" + Processor + "'; for example skylake, znver3");
  return E;
}

llvm::Expected<Estimate> Estimator::estimate(const Image &I, const Function &F) {
  namespace mca = llvm::mca;
  constexpr unsigned CallLatency = 100;
  Estimate Result;
  Result.Processor = Processor;
  mca::InstrumentManager Instruments(*Subtarget, T.instructions());
  mca::InstrBuilder Builder(*Subtarget, T.instructions(), T.registers(), Semantics.get(), Instruments, CallLatency);
  std::vector<std::unique_ptr<mca::Instruction>> Sequence;
  const std::vector<std::uint8_t> Whole = I.allBytesOf(F);
  const llvm::ArrayRef<std::uint8_t> Bytes = Whole;
  llvm::MCInst Inst;
  for (std::uint64_t At = 0, Size = 0; At < Bytes.size(); At += std::max<std::uint64_t>(Size, 1)) {
    Inst.clear();
    if (T.disassembler().getInstruction(Inst, Size, Bytes.drop_front(At), F.Address + At, llvm::nulls()) !=
        llvm::MCDisassembler::Success) {
      ++Result.LeftOut;
      continue;
    }
    if (T.opcodes()[Inst.getOpcode()].Shape == Form::Prefix)
      continue;
    llvm::Expected<std::unique_ptr<mca::Instruction>> Made = Builder.createInstruction(Inst, {});
    if (!Made) {
      llvm::consumeError(Made.takeError());
      ++Result.LeftOut;
      continue;
    }
    Result.MicroOps += (*Made)->getNumMicroOps();
    Sequence.push_back(std::move(*Made));
  }
  Result.Instructions = static_cast<unsigned>(Sequence.size());
  if (Sequence.empty())
    return Result;
  mca::CircularSourceMgr Source(Sequence, Estimate::Runs);
  mca::CustomBehaviour Behaviour(*Subtarget, Source, T.instructions());
  mca::Context Context(T.registers(), *Subtarget);
  std::unique_ptr<mca::Pipeline> Pipeline =
      Context.createDefaultPipeline(mca::PipelineOptions(0, 0, 0, 0, 0, 0, /*NoAlias=*/true), Source, Behaviour);
  llvm::Expected<unsigned> Cycles = Pipeline->run();
  if (!Cycles)
    return Cycles.takeError();
  Result.Cycles = *Cycles;
  return Result;
}

} // namespace snug::machine
