// The counting rules: what each opcode reads and writes in memory, and how values flow through it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Opcodes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace snug::machine {
namespace {

using llvm::StringRef;

struct NamedForm {
  const char *Name;
  Form Shape;
};

/// Opcodes with a form of their own. Each must exist: a renamed opcode would otherwise change counts silently.
constexpr NamedForm RequiredForms[] = {
    {"LOCK_PREFIX", Form::Prefix},
    {"REP_PREFIX", Form::Prefix},
    {"REPNE_PREFIX", Form::Prefix},
    {"DATA16_PREFIX", Form::Prefix},
    {"CS_PREFIX", Form::Prefix},
    {"DS_PREFIX", Form::Prefix},
    {"ES_PREFIX", Form::Prefix},
    {"SS_PREFIX", Form::Prefix},
    {"FS_PREFIX", Form::Prefix},
    {"GS_PREFIX", Form::Prefix},
    {"REX64_PREFIX", Form::Prefix},
    {"XACQUIRE_PREFIX", Form::Prefix},
    {"XRELEASE_PREFIX", Form::Prefix},
    {"NOOP", Form::Nop},
    {"ENDBR64", Form::Nop},
    {"TRAP", Form::Trap},
    {"HLT", Form::Trap},
    {"MOV64rr", Form::Copy},
    {"MOV32rr", Form::Copy},
    {"MOV64rr_REV", Form::Copy},
    {"MOV32rr_REV", Form::Copy},
    {"MOVSX64rr32", Form::Copy},
    {"MOV32ri", Form::Constant},
    {"MOV64ri", Form::Constant},
    {"MOV64ri32", Form::Constant},
    {"XOR32rr", Form::Zero},
    {"XOR64rr", Form::Zero},
    {"SUB32rr", Form::Zero},
    {"SUB64rr", Form::Zero},
    {"PXORrr", Form::Zero},
    {"XORPSrr", Form::Zero},
    {"XORPDrr", Form::Zero},
    {"VPXORrr", Form::Zero},
    {"VXORPSrr", Form::Zero},
    {"VXORPDrr", Form::Zero},
    {"ADD64ri8", Form::AddImmediate},
    {"ADD64ri32", Form::AddImmediate},
    {"INC64r", Form::AddImmediate},
    {"SUB64ri8", Form::SubImmediate},
    {"SUB64ri32", Form::SubImmediate},
    {"DEC64r", Form::SubImmediate},
    {"AND64ri8", Form::AndImmediate},
    {"AND64ri32", Form::AndImmediate},
    {"ADD64rr", Form::Add},
    {"LEA64r", Form::Lea},
    {"LEA64_32r", Form::Lea},
    {"CMOV64rr", Form::Select},
    {"CMOV32rr", Form::Select},
    {"XCHG64rr", Form::Exchange},
    {"MOV64rm", Form::PlainLoad},
    {"MOV32rm", Form::PlainLoad},
    {"MOVZX32rm8", Form::PlainLoad},
    {"MOVZX32rm16", Form::PlainLoad},
    {"MOVSX64rm32", Form::PlainLoad},
    {"MOVSX64rm16", Form::PlainLoad},
    {"MOVSX64rm8", Form::PlainLoad},
    {"MOVSX32rm16", Form::PlainLoad},
    {"MOVSX32rm8", Form::PlainLoad},
    {"MOVAPSrm", Form::PlainLoad},
    {"MOVUPSrm", Form::PlainLoad},
    {"MOVSDrm", Form::PlainLoad},
    {"MOVSSrm", Form::PlainLoad},
    {"MOV64mr", Form::PlainStore},
    {"MOV32mr", Form::PlainStore},
    {"MOV16mr", Form::PlainStore},
    {"MOV8mr", Form::PlainStore},
    {"MOVAPSmr", Form::PlainStore},
    {"MOVUPSmr", Form::PlainStore},
    {"MOVSDmr", Form::PlainStore},
    {"MOVSSmr", Form::PlainStore},
    {"PUSH64r", Form::Push},
    {"PUSH64rmr", Form::Push},
    {"PUSH64i8", Form::Push},
    {"PUSH64i32", Form::Push},
    {"PUSHF64", Form::Push},
    {"PUSH64rmm", Form::PushMemory},
    {"POP64r", Form::Pop},
    {"POP64rmr", Form::Pop},
    {"POPF64", Form::Pop},
    {"POP64rmm", Form::PopMemory},
    {"LEAVE64", Form::Leave},
    {"CALL64pcrel32", Form::CallDirect},
    {"CALL64r", Form::CallRegister},
    {"CALL64r_NT", Form::CallRegister},
    {"CALL64m", Form::CallMemory},
    {"CALL64m_NT", Form::CallMemory},
    {"RET64", Form::Return},
    {"RETI64", Form::Return},
    {"JMP_1", Form::Jump},
    {"JMP_4", Form::Jump},
    {"JCC_1", Form::ConditionalJump},
    {"JCC_4", Form::ConditionalJump},
    {"JRCXZ", Form::ConditionalJump},
    {"JECXZ", Form::ConditionalJump},
    {"LOOP", Form::ConditionalJump},
    {"LOOPE", Form::ConditionalJump},
    {"LOOPNE", Form::ConditionalJump},
    {"JMP64r", Form::JumpRegister},
    {"JMP64r_NT", Form::JumpRegister},
    {"JMP64m", Form::JumpMemory},
    {"JMP64m_NT", Form::JumpMemory},
    {"XLAT", Form::Xlat},
    {"MASKMOVDQU64", Form::MaskedMove},
};

struct StringOp {
  const char *Stem;
  std::uint8_t Loads, Stores;
  bool Source, Destination;
};

/// MOVSB, MOVSW, MOVSL, MOVSQ and so on: they carry neither flag as disassembled.
constexpr StringOp StringOps[] = {
    {"MOVS", 1, 1, true, true},  {"LODS", 1, 0, true, false}, {"STOS", 0, 1, false, true},
    {"SCAS", 1, 0, false, true}, {"CMPS", 2, 0, true, true},
};

/// A memory operand, but no access to it.
bool hasNoAccess(StringRef Name) {
  for (const char *Stem :
       {"NOOP", "PREFETCH", "CLFLUSH", "CLWB", "CLDEMOTE", "UD1", "INVLPG", "VGATHERPF", "VSCATTERPF"})
    if (Name.starts_with(Stem))
      return true;
  return Name.starts_with("LEA") && !Name.starts_with("LEAVE");
}

/// Opcodes that carry both flags, of which one stands for a side effect: state restored or saved, masked and direct stores.
constexpr const char *OnlyLoads[] = {"LDMXCSR", "VLDMXCSR", "FXRSTOR", "XRSTOR", "LDTILECFG",
                                     "INVPCID", "PTWRITE",  "LWPINS",  "LWPVAL"};
constexpr const char *OnlyStores[] = {"FXSAVE", "XSAVE", "STTILECFG", "MMX_MOVNTQ", "MOVDIRI",
                                      "WRSS",   "WRUSS", "VMASKMOVP", "VPMASKMOV"};

/// Opcodes with a memory operand that carry neither flag, or both without reason: the name says which way the data goes.
void overrideFlags(StringRef Name, bool &Load, bool &Store) {
  auto Begins = [&](const char *Stem) { return Name.starts_with(Stem); };
  if (Load && Store && llvm::any_of(OnlyLoads, Begins))
    Store = false;
  else if (Load && Store && llvm::any_of(OnlyStores, Begins))
    Load = false;
  if (Load || Store)
    return;
  if (Name.starts_with("VEXTRACT") || Name.starts_with("SGDT") || Name.starts_with("SIDT") ||
      Name.starts_with("SMSW") || Name.starts_with("VMPTRST"))
    Store = true;
  else if (Name.starts_with("ENQCMD") || Name.starts_with("MOVDIR64B") || Name.ends_with("Locked"))
    Load = Store = true;
  else
    Load = true; // far pointers, descriptors, tiles
}

/// "MOVZX32rm8" -> 1, "ADD64mi8" -> 8: the width that a general instruction's name states, else 0.
unsigned widthFromName(StringRef Name) {
  if (Name.starts_with("MOVZX") || Name.starts_with("MOVSX")) {
    size_t At = Name.find("rm");
    unsigned Bits = 0;
    return At != StringRef::npos && !Name.substr(At + 2).consumeInteger(10, Bits) ? Bits / 8 : 0;
  }
  size_t Digit = Name.find_first_of("0123456789");
  if (Digit == StringRef::npos || Digit == 0)
    return 0;
  unsigned Bits = 0;
  StringRef Rest = Name.substr(Digit);
  if (Rest.consumeInteger(10, Bits) || (Bits != 8 && Bits != 16 && Bits != 32 && Bits != 64))
    return 0;
  return Rest.starts_with("m") || Rest.starts_with("rm") ? Bits / 8 : 0;
}

unsigned widthOf(StringRef Name, const llvm::MCInstrDesc &Desc, int Memory, const llvm::MCRegisterInfo &Registers) {
  if (unsigned Named = widthFromName(Name))
    return Named;
  if (Name.starts_with("MOVSD") || Name.starts_with("VMOVSD") || Name.starts_with("CVTSD") || Name.contains("SDrm"))
    return 8;
  if (Name.starts_with("MOVSS") || Name.starts_with("VMOVSS") || Name.contains("SSrm"))
    return 4;
  // The data operand's register class says the rest: the first register outside of the memory reference.
  for (unsigned I = 0; I != Desc.getNumOperands(); ++I) {
    if (static_cast<int>(I) >= Memory && static_cast<int>(I) < Memory + 5)
      continue;
    int Class = Desc.operands()[I].RegClass;
    if (Class >= 0 && static_cast<unsigned>(Class) < Registers.getNumRegClasses() &&
        Desc.operands()[I].OperandType == llvm::MCOI::OPERAND_REGISTER)
      return Registers.getRegClass(static_cast<unsigned>(Class)).getSizeInBits() / 8;
  }
  return 0;
}

RegSet setOfAll(llvm::ArrayRef<llvm::MCPhysReg> List, const RegisterMap &Map) {
  RegSet Set = 0;
  for (llvm::MCPhysReg R : List)
    Set |= setOf(Map[R]);
  return Set;
}

int memoryOperandOf(const llvm::MCInstrDesc &Desc) {
  for (unsigned I = 0; I != Desc.getNumOperands(); ++I)
    if (Desc.operands()[I].OperandType == llvm::MCOI::OPERAND_MEMORY)
      return static_cast<int>(I);
  return -1;
}

/// A move whose result is exactly what was loaded, in whatever width: no other register takes part.
bool isPlainMove(StringRef Name) {
  return Name.starts_with("MOV") || Name.starts_with("VMOV") || Name.starts_with("LDDQU") ||
         Name.starts_with("VLDDQU") || Name.starts_with("VBROADCAST") || Name.starts_with("KMOV");
}

} // namespace

llvm::Expected<std::unique_ptr<OpcodeTable>> OpcodeTable::create(const llvm::MCInstrInfo &Instructions,
                                                                 const llvm::MCRegisterInfo &Registers) {
  std::unique_ptr<OpcodeTable> Table(new OpcodeTable(Registers));
  const RegisterMap &Map = Table->Registers;
  llvm::StringMap<Form> Named;
  for (const NamedForm &N : RequiredForms)
    Named[N.Name] = N.Shape;

  size_t Found = 0;
  unsigned StringsFound = 0;
  Table->Infos.resize(Instructions.getNumOpcodes());
  for (unsigned Opcode = 0; Opcode != Instructions.getNumOpcodes(); ++Opcode) {
    const llvm::MCInstrDesc &Desc = Instructions.get(Opcode);
    StringRef Name = Instructions.getName(Opcode);
    OpcodeInfo &I = Table->Infos[Opcode];
    I.Definitions = static_cast<std::uint8_t>(Desc.getNumDefs());
    I.ImplicitReads = setOfAll(Desc.implicit_uses(), Map);
    I.ImplicitWrites = setOfAll(Desc.implicit_defs(), Map);
    auto Known = Named.find(Name);
    if (Known != Named.end()) {
      I.Shape = Known->second;
      ++Found;
    } else if (Desc.isCall() || Desc.isReturn() || Desc.isIndirectBranch()) {
      I.Shape = Form::Unsupported;
    } else if (Desc.isBranch()) {
      I.Shape = Desc.isConditionalBranch() ? Form::ConditionalJump : Form::Jump;
    }

    int Memory = I.Shape == Form::Lea ? 1 : memoryOperandOf(Desc);
    for (const StringOp &S : StringOps)
      if (Name.size() == 5 && Name.starts_with(S.Stem) && StringRef("BWLQ").contains(Name.back())) {
        I.Shape = Form::String;
        I.Loads = S.Loads;
        I.Stores = S.Stores;
        I.Width = Name.back() == 'B' ? 1 : Name.back() == 'W' ? 2 : Name.back() == 'L' ? 4 : 8;
        I.ImplicitReads =
            (S.Source ? setOf(RSI) : 0) | (S.Destination ? setOf(RDI) : 0) | (I.ImplicitReads & setOf(RAX));
        I.ImplicitWrites |= (S.Source ? setOf(RSI) : 0) | (S.Destination ? setOf(RDI) : 0);
        ++StringsFound;
      }
    if (I.Shape == Form::String)
      continue;
    if (I.Shape == Form::Xlat) {
      I.Loads = I.Width = 1;
      I.ImplicitReads = setOf(RAX) | setOf(RBX);
      continue;
    }
    if (Name.starts_with("MASKMOV") || Name.starts_with("VMASKMOVDQU")) {
      I.Shape = Form::MaskedMove;
      I.Stores = 1;
      I.ImplicitReads = setOf(RDI);
      continue;
    }
    if (hasNoAccess(Name) && I.Shape != Form::Lea) {
      I.Shape = Form::Nop;
      continue;
    }
    if (Memory < 0 || Name.starts_with("INS") || Name.starts_with("OUTS"))
      continue;
    // The shape of the reference, checked rather than assumed.
    if (Memory + 5 <= static_cast<int>(Desc.getNumOperands()))
      I.Memory = static_cast<std::int8_t>(Memory);
    else if (Memory + 2 <= static_cast<int>(Desc.getNumOperands())) {
      I.Memory = static_cast<std::int8_t>(Memory);
      I.IsOffset = true;
    } else
      continue;
    if (I.Shape == Form::Lea)
      continue;
    bool Load = Desc.mayLoad(), Store = Desc.mayStore();
    overrideFlags(Name, Load, Store);
    if (I.Shape == Form::PushMemory || I.Shape == Form::CallMemory || I.Shape == Form::JumpMemory)
      Store = false; // the push itself is implicit stack traffic
    if (I.Shape == Form::PopMemory)
      Load = false;
    I.Loads = Load;
    I.Stores = Store;
    I.Width = static_cast<std::uint8_t>(widthOf(Name, Desc, Memory, Registers));
    if (I.Shape == Form::CallMemory || I.Shape == Form::JumpMemory || I.Shape == Form::PushMemory ||
        I.Shape == Form::PopMemory)
      I.Width = 8;
    if (I.Shape == Form::Generic && isPlainMove(Name) && Load != Store)
      I.Shape = Load ? Form::PlainLoad : Form::PlainStore;
  }

  for (const NamedForm &N : RequiredForms) {
    if (Found == std::size(RequiredForms))
      break;
    bool Exists = false;
    for (unsigned Opcode = 0; Opcode != Instructions.getNumOpcodes() && !Exists; ++Opcode)
      Exists = Instructions.getName(Opcode) == N.Name;
    if (!Exists)
      return llvm::createStringError("the counting rules need the opcode '" + StringRef(N.Name) +
                                     "', which this LLVM does not have");
  }
  if (StringsFound != 4 * std::size(StringOps))
    return llvm::createStringError("the counting rules need 20 string opcodes, this LLVM has " +
                                   llvm::Twine(StringsFound));
  return Table;
}

} // namespace snug::machine
