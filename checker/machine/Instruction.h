// Machine code lowered to what the analysis reads: registers as sets, one memory reference, one symbol reference.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_INSTRUCTION_H
#define SNUG_CHECKER_MACHINE_INSTRUCTION_H

#include "machine/Image.h"
#include "machine/Opcodes.h"
#include "machine/Target.h"

#include "llvm/MC/MCInst.h"

#include <memory>
#include <vector>

namespace snug::machine {

/// base + index * scale + displacement, with a segment that matters only when it is fs or gs.
struct MemoryOperand {
  Reg Base = NoRegister;
  Reg Index = NoRegister;
  Reg Segment = NoRegister;
  std::uint8_t Scale = 1;
  std::int64_t Displacement = 0;
};

struct Instruction {
  std::uint64_t Address = 0; ///< as Function::Address counts; see Image::placeIn for the function's other parts
  std::uint64_t Target = 0;  ///< of a direct branch or call that stays in the function
  RegSet Reads = 0;          ///< data only: the registers of the memory reference are not among them
  RegSet Writes = 0;
  std::int64_t Immediate = 0;
  MemoryOperand Memory;
  Reference Operand; ///< what the memory reference, the immediate or the branch target names
  std::uint32_t Opcode = 0;
  std::uint8_t Size = 0; ///< with its prefixes
  Form Shape = Form::Generic;
  std::uint8_t Loads = 0;
  std::uint8_t Stores = 0;
  std::uint8_t Width = 0;
  bool HasMemory = false;
  bool HasTarget = false;
  bool IsLocked = false;
  bool IsRepeated = false; ///< rep on a string instruction: its counts are per round
  bool StartsPart = false; ///< the first one of a part that lies elsewhere
  bool IsPartial = false;  ///< writes a part of its destination
  bool IsNarrow = false;   ///< writes 32 bits of a general register: no address arithmetic
  Reg Destination = NoRegister;
  Reg Sources[2] = {NoRegister, NoRegister};

  std::uint64_t end() const { return Address + Size; }
};

class DecodeCache;

/// Decodes functions of one image. Holds scratch memory: one per thread.
class Decoder {
public:
  Decoder(const Target &T, const Image &I);
  ~Decoder();

  /// Goes on with another image.
  void setImage(const Image &Other) { I = &Other; }

  /// Appends the function's instructions. Bytes that do not decode become one-byte instructions of the form
  /// `Unsupported`; their number is returned.
  unsigned decode(const Function &F, std::vector<Instruction> &Out);

private:
  void lower(const llvm::MCInst &Inst, Instruction &To) const;
  void resolve(const Function &F, std::uint32_t Section, llvm::ArrayRef<Relocation> Relocations, Instruction &To) const;
  struct Stretch {
    std::uint32_t Section = 0;
    std::uint64_t Address = 0;
    std::uint64_t Place = 0; ///< where it lies in the function
    llvm::ArrayRef<std::uint8_t> Bytes;
  };
  unsigned decode(const Function &F, const Stretch &S, std::vector<Instruction> &Out);

  const Target &T;
  const Image *I;
  /// Of its own: LLVM's disassembler notes where to write its comments.
  std::unique_ptr<llvm::MCDisassembler> Disassembler;
  llvm::MCInst Scratch;
  std::unique_ptr<DecodeCache> Cache;
};

} // namespace snug::machine

#endif
