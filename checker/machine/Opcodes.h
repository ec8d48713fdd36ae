// The counting rules: what each opcode reads and writes in memory, and how values flow through it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_OPCODES_H
#define SNUG_CHECKER_MACHINE_OPCODES_H

#include "machine/Registers.h"

#include "llvm/MC/MCInstrInfo.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace snug::machine {

/// How an instruction acts on the abstract values; everything without a form of its own is `Generic`.
enum class Form : std::uint8_t {
  Generic,         ///< results depend on every register and every load it reads
  Prefix,          ///< an instruction of its own to LLVM (lock, rep): belongs to the one behind it
  Nop,             ///< no access, no effect: nop, endbr64, prefetch
  Trap,            ///< ends the block: ud2, hlt
  Copy,            ///< register to register
  Constant,        ///< an immediate to a register
  Zero,            ///< zero when both sources are one register: xor, sub, pxor
  AddImmediate,    ///< also inc
  SubImmediate,    ///< also dec
  AndImmediate,    ///<
  Add,             ///< two registers
  Lea,             ///< an address, no access
  Select,          ///< cmov: one of two values
  PlainLoad,       ///< mov, movzx, movsx, movaps, ... from memory: the result is the value loaded
  PlainStore,      ///< mov, movaps, ... of one register to memory
  Exchange,        ///< xchg of two registers
  Push,            ///< register or immediate
  PushMemory,      ///<
  Pop,             ///<
  PopMemory,       ///<
  Leave,           ///<
  CallDirect,      ///<
  CallRegister,    ///<
  CallMemory,      ///<
  Return,          ///<
  Jump,            ///< to a fixed place
  ConditionalJump, ///<
  JumpRegister,    ///<
  JumpMemory,      ///<
  String,          ///< movs, lods, stos, scas, cmps: the address is in rsi or rdi
  Xlat,            ///< one load at rbx + al
  MaskedMove,      ///< maskmovq, maskmovdqu: one store at rdi
  Unsupported      ///< 16-bit and privileged stack forms: counted as one instruction, registers forgotten
};

/// Reads and writes of the stack that no operand names: one of 8 bytes by push, pop, call, ret and leave.
struct StackTraffic {
  std::uint8_t Loads = 0;
  std::uint8_t Stores = 0;
};
inline StackTraffic stackTraffic(Form Shape) {
  switch (Shape) {
  case Form::Push:
  case Form::PushMemory:
  case Form::CallDirect:
  case Form::CallRegister:
  case Form::CallMemory:
    return {0, 1};
  case Form::Pop:
  case Form::PopMemory:
  case Form::Leave:
  case Form::Return:
    return {1, 0};
  default:
    return {};
  }
}

/// What the decoder and the data flow must know about one opcode.
struct OpcodeInfo {
  Form Shape = Form::Generic;
  /// Index of the first operand of the memory reference, or -1. Five operands follow: base, scale, index, displacement,
  /// segment; with `IsOffset` two: displacement, segment.
  std::int8_t Memory = -1;
  bool IsOffset = false;
  /// Data accesses; the implicit stack traffic of push, pop, call and ret is not among them.
  std::uint8_t Loads = 0;
  std::uint8_t Stores = 0;
  /// Bytes per access; 0 when unknown.
  std::uint8_t Width = 0;
  std::uint8_t Definitions = 0;
  RegSet ImplicitReads = 0;
  RegSet ImplicitWrites = 0;
};

/// One OpcodeInfo per opcode of this LLVM, built once by name.
///
/// LLVM's mayLoad and mayStore are no counts: prefetches, fences and traps carry them, string instructions and a few
/// AVX-512 extracts do not, and opcode names are no API. `create` therefore asks for every name that the rules rely on
/// and checks the operand shapes it assumes.
class OpcodeTable {
public:
  static llvm::Expected<std::unique_ptr<OpcodeTable>> create(const llvm::MCInstrInfo &Instructions,
                                                             const llvm::MCRegisterInfo &Registers);

  const OpcodeInfo &operator[](unsigned Opcode) const { return Infos[Opcode]; }
  const RegisterMap &registers() const { return Registers; }

private:
  explicit OpcodeTable(const llvm::MCRegisterInfo &Info) : Registers(Info) {}

  RegisterMap Registers;
  std::vector<OpcodeInfo> Infos;
};

} // namespace snug::machine

#endif
