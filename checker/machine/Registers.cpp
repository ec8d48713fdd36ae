// Canonical registers: one small number for all the names of one physical register.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Registers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace snug::machine {
namespace {

constexpr const char *GeneralNames[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                        "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15"};

/// The canonical register of a 64-bit general, vector, mask or x87 name; NoRegister for what is not tracked.
Reg canonicalOf(llvm::StringRef Name) {
  for (unsigned I = 0; I != 16; ++I)
    if (Name.equals_insensitive(GeneralNames[I]))
      return static_cast<Reg>(I);
  unsigned N = 0;
  llvm::StringRef Rest = Name;
  if ((Rest.consume_front("XMM") || Rest.consume_front("YMM") || Rest.consume_front("ZMM")) &&
      !Rest.getAsInteger(10, N) && N < 32)
    return static_cast<Reg>(Vector0 + N);
  Rest = Name;
  if (Rest.consume_front("K") && !Rest.getAsInteger(10, N) && N < 8)
    return static_cast<Reg>(Mask0 + N);
  Rest = Name;
  if ((Rest.consume_front("ST") || Rest.consume_front("MM") || Rest.consume_front("FP")) && !Rest.getAsInteger(10, N))
    return X87;
  if (Name == "EFLAGS" || Name == "RFLAGS")
    return Flags;
  if (Name == "RIP" || Name == "EIP")
    return Rip;
  return Name == "FS" ? Fs : Name == "GS" ? Gs : NoRegister;
}

} // namespace

llvm::StringRef kindOfRegister(llvm::StringRef Word) {
  llvm::StringRef Rest = Word;
  unsigned N = 0;
  for (llvm::StringRef Kind : {"xmm", "ymm", "zmm", "k"}) {
    Rest = Word;
    if (Rest.consume_front(Kind) && !Rest.getAsInteger(10, N))
      return Kind;
  }
  // The stack pointer stays: it is a place, not a choice of the register allocator.
  if (Word == "rsp")
    return "";
  for (const char *General : GeneralNames)
    if (Word == General)
      return "r64";
  Rest = Word;
  if (Rest.consume_front("r") && !Rest.consumeInteger(10, N) && N >= 8 && N <= 15)
    return Rest == "d" ? "r32" : Rest == "w" ? "r16" : Rest == "b" ? "r8" : "";
  static constexpr llvm::StringLiteral Old[] = {"ax", "cx", "dx", "bx", "bp", "si", "di"};
  static constexpr llvm::StringLiteral Bytes[] = {"al", "ah", "cl", "ch", "dl", "dh", "bl", "bh", "bpl", "sil", "dil"};
  if (llvm::is_contained(Bytes, Word))
    return "r8";
  Rest = Word;
  const bool IsWide = Rest.consume_front("e");
  return llvm::is_contained(Old, Rest) ? (IsWide ? "r32" : "r16") : "";
}

std::string nameOf(Reg R) {
  if (R < Flags)
    return GeneralNames[R];
  if (R == Flags)
    return "flags";
  if (R < Mask0)
    return "xmm" + std::to_string(R - Vector0);
  if (R < X87)
    return "k" + std::to_string(R - Mask0);
  return R == X87 ? "x87" : "?";
}

RegisterMap::RegisterMap(const llvm::MCRegisterInfo &Info)
    : Canonical(Info.getNumRegs(), NoRegister), Partial(Info.getNumRegs(), 0), Narrow(Info.getNumRegs(), 0) {
  for (unsigned R = 1; R != Info.getNumRegs(); ++R) {
    Reg Own = canonicalOf(Info.getName(R));
    if (Own == NoRegister)
      continue;
    Canonical[R] = Own;
    // Sub-registers: every part of a general register is that register. Writing 32 bits clears the upper half, writing
    // 8 or 16 keeps the rest.
    if (Own < Flags)
      for (auto Sub : Info.subregs(R)) {
        llvm::StringRef Name = Info.getName(Sub);
        bool Is32 = Name.starts_with("E") || (Name.starts_with("R") && Name.ends_with("D"));
        Canonical[Sub] = Own;
        Narrow[Sub] = Is32;
        Partial[Sub] = !Is32;
      }
  }
}

} // namespace snug::machine
