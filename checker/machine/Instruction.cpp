// Machine code lowered to what the analysis reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Instruction.h"

#include "machine/DecodeCache.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::machine {
namespace {

namespace elf = llvm::ELF;

/// Addresses wrap around, and a file may say any: [basic.fundamental]/2 defines it for unsigned types alone.
std::int64_t sum(std::uint64_t A, std::uint64_t B) { return static_cast<std::int64_t>(A + B); }

bool isPcRelative(std::uint32_t Type) {
  switch (Type) {
  case elf::R_X86_64_PC32:
  case elf::R_X86_64_PLT32:
  case elf::R_X86_64_PC8:
  case elf::R_X86_64_GOTPCREL:
  case elf::R_X86_64_GOTPCRELX:
  case elf::R_X86_64_REX_GOTPCRELX:
  case elf::R_X86_64_GOTTPOFF:
  case elf::R_X86_64_TLSGD:
  case elf::R_X86_64_TLSLD:
  case elf::R_X86_64_GOTPC32_TLSDESC:
    return true;
  default:
    return false;
  }
}

bool isGot(std::uint32_t Type) {
  return Type == elf::R_X86_64_GOTPCREL || Type == elf::R_X86_64_GOTPCRELX || Type == elf::R_X86_64_REX_GOTPCRELX ||
         Type == elf::R_X86_64_GOTTPOFF;
}

bool isTls(std::uint32_t Type) {
  switch (Type) {
  case elf::R_X86_64_GOTTPOFF:
  case elf::R_X86_64_TPOFF32:
  case elf::R_X86_64_DTPOFF32:
  case elf::R_X86_64_TLSGD:
  case elf::R_X86_64_TLSLD:
  case elf::R_X86_64_GOTPC32_TLSDESC:
    return true;
  default:
    return false;
  }
}

} // namespace

Decoder::Decoder(const Target &T, const Image &I)
    : T(T), I(&I), Disassembler(T.makeDisassembler()), Cache(std::make_unique<DecodeCache>()) {}
Decoder::~Decoder() = default;

void Decoder::lower(const llvm::MCInst &Inst, Instruction &To) const {
  const OpcodeInfo &Info = T.opcodes()[Inst.getOpcode()];
  const RegisterMap &Map = T.opcodes().registers();
  To.Opcode = Inst.getOpcode();
  To.Shape = Info.Shape;
  To.Loads = Info.Loads;
  To.Stores = Info.Stores;
  To.Width = Info.Width;
  To.Reads = Info.ImplicitReads;
  To.Writes = Info.ImplicitWrites;
  const int Count = static_cast<int>(Inst.getNumOperands());
  const int Memory = Info.Memory;
  const int MemoryEnd = Memory < 0 ? -1 : Memory + (Info.IsOffset ? 2 : 5);
  int SourceCount = 0;
  bool HaveImmediate = false;
  for (int N = 0; N < Count; ++N) {
    if (N == Memory && MemoryEnd <= Count) {
      To.HasMemory = true;
      MemoryOperand &M = To.Memory;
      if (Info.IsOffset) {
        M.Displacement = Inst.getOperand(N).isImm() ? Inst.getOperand(N).getImm() : 0;
        M.Segment = Map[Inst.getOperand(N + 1).getReg()];
      } else {
        M.Base = Map[Inst.getOperand(N).getReg()];
        M.Scale = static_cast<std::uint8_t>(Inst.getOperand(N + 1).getImm());
        M.Index = Map[Inst.getOperand(N + 2).getReg()];
        M.Displacement = Inst.getOperand(N + 3).isImm() ? Inst.getOperand(N + 3).getImm() : 0;
        M.Segment = Map[Inst.getOperand(N + 4).getReg()];
      }
      N = MemoryEnd - 1;
      continue;
    }
    const llvm::MCOperand &O = Inst.getOperand(N);
    if (O.isImm()) {
      if (!HaveImmediate)
        To.Immediate = O.getImm();
      HaveImmediate = true;
      continue;
    }
    if (!O.isReg() || !O.getReg())
      continue;
    const Reg R = Map[O.getReg()];
    if (R >= RegisterCount)
      continue;
    if (N < Info.Definitions) {
      To.Writes |= setOf(R);
      if (N == 0) {
        To.Destination = R;
        To.IsPartial = Map.isPartial(O.getReg());
        To.IsNarrow = R < Flags && Map.isNarrow(O.getReg());
        if (To.IsPartial)
          To.Reads |= setOf(R);
      }
    } else {
      To.Reads |= setOf(R);
      if (SourceCount < 2)
        To.Sources[SourceCount++] = R;
    }
  }
  if (!HaveImmediate && (To.Shape == Form::AddImmediate || To.Shape == Form::SubImmediate))
    To.Immediate = 1; // inc, dec
  if (To.Shape == Form::Zero && (To.Sources[0] != To.Sources[1] || To.IsPartial))
    To.Shape = Form::Generic;
}

void Decoder::resolve(const Function &F, std::uint32_t SectionIndex, llvm::ArrayRef<Relocation> Relocations,
                      Instruction &To) const {
  const bool IsBranch = To.Shape == Form::CallDirect || To.Shape == Form::Jump || To.Shape == Form::ConditionalJump;
  if (!Relocations.empty()) {
    // With two (a static and an immediate), the first one is the memory reference's.
    const Relocation &R = Relocations.front();
    Reference &Ref = To.Operand;
    Ref.What = Reference::Kind::Symbol;
    Ref.Symbol = R.Symbol;
    Ref.IsGot = isGot(R.Type);
    Ref.IsTls = isTls(R.Type);
    Ref.Offset = sum(static_cast<std::uint64_t>(R.Addend), isPcRelative(R.Type) ? To.end() - R.Offset : 0);
    const bool IsImmediate = To.HasMemory && !isPcRelative(R.Type) && R.Offset + 4 == To.end() && To.Immediate == 0 &&
                             To.Memory.Displacement != 0;
    if (IsImmediate && !IsBranch)
      Ref = Reference(); // a constant stored to memory: no part of an address
  } else if (IsBranch) {
    To.Operand.What = Reference::Kind::Address;
    To.Operand.Section = I->isRelocatable() ? SectionIndex : 0;
    To.Operand.Offset = sum(To.end(), static_cast<std::uint64_t>(To.Immediate));
  } else if (To.HasMemory && To.Memory.Base == Rip && !I->isRelocatable()) {
    To.Operand.What = Reference::Kind::Address;
    To.Operand.Offset = sum(To.end(), static_cast<std::uint64_t>(To.Memory.Displacement));
    const Section *S = I->sectionAt(static_cast<std::uint64_t>(To.Operand.Offset));
    To.Operand.IsGot = S && S->IsGot;
  }
  if (IsBranch)
    if (auto Place = I->placeIn(F, To.Operand)) {
      To.Target = *Place;
      To.HasTarget = true;
    }
}

unsigned Decoder::decode(const Function &F, std::vector<Instruction> &Out) {
  const size_t First = Out.size();
  unsigned Undecoded = decode(F, {F.Section, F.Address, F.Address, I->bytesOf(F)}, Out);
  // Without a stated size the padding up to the next symbol came along.
  if (F.SizeIsGuessed)
    while (Out.size() > First + 1 && (Out.back().Shape == Form::Nop || Out.back().Shape == Form::Unsupported)) {
      Undecoded -= Out.back().Shape == Form::Unsupported;
      Out.pop_back();
    }
  std::uint64_t Place = F.Address + F.Size;
  for (const Part &P : I->partsOf(F)) {
    const size_t Begin = Out.size();
    Undecoded += decode(F, {P.Section, P.Address, Place, I->bytesOf(P)}, Out);
    if (Out.size() != Begin)
      Out[Begin].StartsPart = true;
    Place += P.Size;
  }
  return Undecoded;
}

unsigned Decoder::decode(const Function &F, const Stretch &S, std::vector<Instruction> &Out) {
  const llvm::ArrayRef<std::uint8_t> Bytes = S.Bytes;
  // What stands behind the function is looked at, too, so that its last instructions are found by eight bytes as all others.
  const Section &In = I->sections()[S.Section];
  const llvm::ArrayRef<std::uint8_t> Whole = In.Bytes.drop_front(static_cast<size_t>(S.Address - In.Address));
  llvm::ArrayRef<Relocation> Relocations = I->relocationsOf(S.Section);
  Relocations = Relocations.drop_front(static_cast<size_t>(
      llvm::lower_bound(Relocations, S.Address,
                        [](const Relocation &R, std::uint64_t Address) { return R.Offset < Address; }) -
      Relocations.begin()));
  unsigned Undecoded = 0;
  std::uint64_t Start = 0; // of the instruction, with its prefixes
  bool Locked = false;
  for (std::uint64_t At = 0; At < Bytes.size();) {
    const bool HasAhead = Start == At && Whole.size() - At >= 8;
    const std::uint64_t Ahead = HasAhead ? llvm::support::endian::read64le(Whole.data() + At) : 0;
    const DecodeCache::Found Seen = HasAhead ? Cache->find(Ahead) : DecodeCache::Found();
    if (Seen.Known && Seen.Size <= Bytes.size() - At) {
      Instruction &Copy = Out.emplace_back(*Seen.Known);
      if (Seen.HasDisplacement)
        Copy.Memory.Displacement = Seen.Field;
      else if (Seen.HasImmediate)
        Copy.Immediate = Seen.Field;
      At += Seen.Size;
    } else {
      std::uint64_t Size = 0;
      Scratch.clear();
      const auto Status =
          Disassembler->getInstruction(Scratch, Size, Bytes.drop_front(At), S.Address + At, llvm::nulls());
      const bool Good = Status == llvm::MCDisassembler::Success && Size != 0;
      if (Good && T.opcodes()[Scratch.getOpcode()].Shape == Form::Prefix && At + Size < Bytes.size()) {
        Locked |= Bytes[At] == 0xf0;
        At += Size;
        continue;
      }
      Instruction &New = Out.emplace_back();
      if (Good) {
        At += Size;
        New.Size = static_cast<std::uint8_t>(At - Start);
        lower(Scratch, New);
        New.IsLocked = Locked || Bytes[Start] == 0xf0;
        if (New.Shape == Form::String)
          for (std::uint64_t P = Start; P + 1 < At; ++P)
            New.IsRepeated |= Bytes[P] == 0xf3 || Bytes[P] == 0xf2;
        if (HasAhead)
          Cache->insert(Ahead, New);
      } else {
        At = Start + 1;
        New.Size = 1;
        New.Shape = Form::Unsupported;
        ++Undecoded;
      }
    }
    Instruction &To = Out.back();
    To.Address = S.Address + Start;
    while (!Relocations.empty() && Relocations.front().Offset < To.Address)
      Relocations = Relocations.drop_front();
    auto Mine = Relocations.take_while([&](const Relocation &R) { return R.Offset < To.end(); });
    resolve(F, S.Section, Mine, To);
    To.Address = S.Place + Start;
    Relocations = Relocations.drop_front(Mine.size());
    Start = At;
    Locked = false;
  }
  return Undecoded;
}

} // namespace snug::machine
