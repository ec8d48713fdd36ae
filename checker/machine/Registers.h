// Canonical registers: one small number for all the names of one physical register.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_REGISTERS_H
#define SNUG_CHECKER_MACHINE_REGISTERS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/MC/MCRegisterInfo.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::machine {

/// A canonical register: al, ax, eax and rax are all `RAX`. The general registers come first, in the order below.
enum Reg : std::uint8_t {
  RAX,
  RCX,
  RDX,
  RBX,
  RSP,
  RBP,
  RSI,
  RDI,
  R8,
  R9,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  Flags,         ///< the arithmetic flags; the direction flag is not tracked
  Vector0,       ///< xmm0, ymm0, zmm0; 32 of them
  Mask0 = 49,    ///< k0; 8 of them
  X87 = 57,      ///< the x87 and MMX registers, taken together
  RegisterCount, ///< how many values a state holds
  Rip = 0xfc,    ///< a base only
  Fs = 0xfd,     ///< segments only; other segments have base 0 in 64-bit mode
  Gs = 0xfe,
  NoRegister = 0xff ///< none, or not tracked (control, debug, segment, APX's r16 to r31)
};

/// A set of canonical registers, one bit each.
using RegSet = std::uint64_t;
static_assert(RegisterCount <= 64);

inline RegSet setOf(Reg R) { return R < RegisterCount ? RegSet(1) << R : 0; }

/// The general registers that a called function may change (System V x86-64); so may it all vectors, masks and flags.
inline constexpr RegSet ClobberedByCalls =
    ~((RegSet(1) << RBX) | (RegSet(1) << RSP) | (RegSet(1) << RBP) | (RegSet(1) << R12) | (RegSet(1) << R13) |
      (RegSet(1) << R14) | (RegSet(1) << R15));

/// "rax", "xmm3", "k1", "flags", "x87".
std::string nameOf(Reg R);

/// "r32" for "eax" and "r9d", "xmm" for "xmm3": what an operand says without the register's own name; empty for words
/// that are no register.
llvm::StringRef kindOfRegister(llvm::StringRef Word);

/// Maps LLVM's register numbers, which differ between versions, to ours, by name.
class RegisterMap {
public:
  explicit RegisterMap(const llvm::MCRegisterInfo &Info);

  Reg operator[](unsigned LLVMRegister) const { return Canonical[LLVMRegister]; }
  /// True when writing this register keeps other bits of its canonical register: al, ah, ax.
  bool isPartial(unsigned LLVMRegister) const { return Partial[LLVMRegister]; }

  /// True for the 32-bit part: writing it clears the upper half.
  bool isNarrow(unsigned LLVMRegister) const { return Narrow[LLVMRegister]; }

private:
  std::vector<Reg> Canonical;
  std::vector<std::uint8_t> Partial;
  std::vector<std::uint8_t> Narrow;
};

} // namespace snug::machine

#endif
