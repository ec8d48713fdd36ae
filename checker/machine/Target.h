// LLVM's description of x86-64, set up once: registers, opcodes, decoder, printer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_TARGET_H
#define SNUG_CHECKER_MACHINE_TARGET_H

#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>

namespace snug::machine {

class OpcodeTable;

/// Everything of LLVM's that reading x86-64 code needs, set up once.
///
/// Result: `create` fails when LLVM was built without the X86 target or when an
///         opcode that the counting rules rely on is missing from this version.
class Target {
public:
  static llvm::Expected<std::unique_ptr<Target>> create();
  ~Target();

  const llvm::Triple &triple() const { return Triple; }
  const llvm::Target &llvmTarget() const { return *LLVMTarget; }
  const llvm::MCTargetOptions &options() const { return Options; }
  const llvm::MCRegisterInfo &registers() const { return *Registers; }
  const llvm::MCAsmInfo &asmInfo() const { return *AsmInfo; }
  const llvm::MCInstrInfo &instructions() const { return *Instructions; }
  const llvm::MCSubtargetInfo &subtarget() const { return *Subtarget; }
  const llvm::MCDisassembler &disassembler() const { return *Disassembler; }
  /// Another one, for a thread of its own.
  std::unique_ptr<llvm::MCDisassembler> makeDisassembler() const;
  const OpcodeTable &opcodes() const { return *Opcodes; }

  /// The context that symbols made for printing live in.
  llvm::MCContext &context() const { return *Context; }
  /// The printer of Intel syntax, with immediates in decimal.
  llvm::MCInstPrinter &printer() const { return *Printer; }

private:
  Target();

  llvm::Triple Triple;
  const llvm::Target *LLVMTarget = nullptr;
  llvm::MCTargetOptions Options;
  std::unique_ptr<llvm::MCRegisterInfo> Registers;
  std::unique_ptr<llvm::MCAsmInfo> AsmInfo;
  std::unique_ptr<llvm::MCInstrInfo> Instructions;
  std::unique_ptr<llvm::MCSubtargetInfo> Subtarget;
  std::unique_ptr<llvm::MCContext> Context;
  std::unique_ptr<llvm::MCDisassembler> Disassembler;
  std::unique_ptr<llvm::MCInstPrinter> Printer;
  std::unique_ptr<OpcodeTable> Opcodes;
};

} // namespace snug::machine

#endif
