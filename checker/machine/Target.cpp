// LLVM's description of x86-64.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Target.h"

#include "machine/Opcodes.h"

#include "llvm/Config/llvm-config.h"

// Declared here instead of through TargetSelect.h, which names every target
// that LLVM was configured with.
extern "C" {
void LLVMInitializeX86TargetInfo();
void LLVMInitializeX86TargetMC();
void LLVMInitializeX86Disassembler();
void LLVMInitializeX86AsmParser();
}

namespace snug::machine {

Target::Target() : Triple("x86_64-unknown-linux-gnu") {}
Target::~Target() = default;

llvm::Expected<std::unique_ptr<Target>> Target::create() {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86Disassembler();
  LLVMInitializeX86AsmParser();

  std::unique_ptr<Target> T(new Target);
  std::string Why;
#if LLVM_VERSION_MAJOR >= 22
  const llvm::Triple &Name = T->Triple;
#else
  const std::string &Name = T->Triple.str();
#endif
  T->LLVMTarget = llvm::TargetRegistry::lookupTarget(Name, Why);
  if (!T->LLVMTarget)
    return llvm::createStringError("this LLVM cannot read x86-64 code: " + Why);
  const llvm::Target &LT = *T->LLVMTarget;
  T->Registers.reset(LT.createMCRegInfo(Name));
  T->AsmInfo.reset(LT.createMCAsmInfo(*T->Registers, Name, T->Options));
  T->Instructions.reset(LT.createMCInstrInfo());
  T->Subtarget.reset(LT.createMCSubtargetInfo(Name, "", ""));
  T->Context = std::make_unique<llvm::MCContext>(T->Triple, T->AsmInfo.get(), T->Registers.get(), T->Subtarget.get());
  T->Disassembler = T->makeDisassembler();
  T->Printer.reset(LT.createMCInstPrinter(T->Triple, /*Intel*/ 1, *T->AsmInfo, *T->Instructions, *T->Registers));
  if (!T->Disassembler || !T->Printer)
    return llvm::createStringError("this LLVM has no x86-64 disassembler");
  T->Printer->setPrintImmHex(false);

  auto Opcodes = OpcodeTable::create(*T->Instructions, *T->Registers);
  if (!Opcodes)
    return Opcodes.takeError();
  T->Opcodes = std::move(*Opcodes);
  return T;
}

std::unique_ptr<llvm::MCDisassembler> Target::makeDisassembler() const {
  return std::unique_ptr<llvm::MCDisassembler>(LLVMTarget->createMCDisassembler(*Subtarget, *Context));
}

} // namespace snug::machine
