// The table of opcodes against itself: every rule's opcodes exist, and their counts are those of the rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support.h"

#include <map>

namespace snug::machine {
namespace {

const OpcodeInfo *infoOf(llvm::StringRef Name) {
  static const std::map<std::string, unsigned> ByName = [] {
    std::map<std::string, unsigned> Map;
    const llvm::MCInstrInfo &I = test::target().instructions();
    for (unsigned Opcode = 0; Opcode != I.getNumOpcodes(); ++Opcode)
      Map[I.getName(Opcode).str()] = Opcode;
    return Map;
  }();
  auto It = ByName.find(Name.str());
  return It == ByName.end() ? nullptr : &test::target().opcodes()[It->second];
}

struct Counted {
  const char *Name;
  unsigned Loads, Stores, Width;
};

TEST(Opcodes, CountAndWidthPerAccess) {
  for (const Counted &C : std::initializer_list<Counted>{
           {"MOV64rm", 1, 0, 8},        {"MOV32rm", 1, 0, 4},       {"MOV8rm", 1, 0, 1},
           {"MOVZX32rm8", 1, 0, 1},     {"MOVSX64rm32", 1, 0, 4},   {"MOV64mr", 0, 1, 8},
           {"MOV32mi", 0, 1, 4},        {"ADD64mr", 1, 1, 8},       {"ADD32mi8", 1, 1, 4},
           {"CMP64rm", 1, 0, 8},        {"CMP32mi8", 1, 0, 4},      {"TEST8mi", 1, 0, 1},
           {"IMUL32rm", 1, 0, 4},       {"MOVAPSrm", 1, 0, 16},     {"VMOVUPSYrm", 1, 0, 32},
           {"VMOVUPSZrm", 1, 0, 64},    {"MOVSDrm", 1, 0, 8},       {"MOVSSmr", 0, 1, 4},
           {"PREFETCHT0", 0, 0, 0},     {"CLFLUSH", 0, 0, 0},       {"CLWB", 0, 0, 0},
           {"NOOPW", 0, 0, 0},          {"LEA64r", 0, 0, 0},        {"LFENCE", 0, 0, 0},
           {"MFENCE", 0, 0, 0},         {"PAUSE", 0, 0, 0},         {"INT3", 0, 0, 0},
           {"PUSH64r", 0, 0, 0},        {"POP64r", 0, 0, 0},        {"RET64", 0, 0, 0},
           {"LEAVE64", 0, 0, 0},        {"CALL64pcrel32", 0, 0, 0}, {"PUSH64rmm", 1, 0, 8},
           {"POP64rmm", 0, 1, 8},       {"CALL64m", 1, 0, 8},       {"JMP64m", 1, 0, 8},
           {"MOVSQ", 1, 1, 8},          {"LODSB", 1, 0, 1},         {"STOSL", 0, 1, 4},
           {"SCASW", 1, 0, 2},          {"CMPSB", 2, 0, 1},         {"XLAT", 1, 0, 1},
           {"MASKMOVDQU64", 0, 1, 0},   {"POPCNT64rm", 1, 0, 8},    {"LOCK_ADD32mi8", 1, 1, 4},
           {"CMPXCHG16B", 1, 1, 0},     {"XADD64rm", 1, 1, 8},      {"LDMXCSR", 1, 0, 0},
           {"VLDMXCSR", 1, 0, 0},       {"FXRSTOR", 1, 0, 0},       {"XRSTOR64", 1, 0, 0},
           {"FXSAVE", 0, 1, 0},         {"XSAVEC64", 0, 1, 0},      {"VMASKMOVPSmr", 0, 1, 0},
           {"VPMASKMOVQYmr", 0, 1, 0},  {"VMASKMOVPSrm", 1, 0, 0},  {"MOVDIRI64", 0, 1, 0},
           {"VGATHERPF0DPSm", 0, 0, 0}, {"STMXCSR", 0, 1, 0},
       }) {
    const OpcodeInfo *I = infoOf(C.Name);
    ASSERT_TRUE(I) << C.Name;
    EXPECT_EQ(I->Loads, C.Loads) << C.Name;
    EXPECT_EQ(I->Stores, C.Stores) << C.Name;
    if (C.Width) {
      EXPECT_EQ(I->Width, C.Width) << C.Name;
    }
  }
}

TEST(Opcodes, EveryAccessHasAnAddress) {
  const llvm::MCInstrInfo &Instructions = test::target().instructions();
  for (unsigned Opcode = 0; Opcode != Instructions.getNumOpcodes(); ++Opcode) {
    const OpcodeInfo &I = test::target().opcodes()[Opcode];
    if (I.Loads || I.Stores) {
      EXPECT_TRUE(I.Memory >= 0 || I.Shape == Form::String || I.Shape == Form::Xlat || I.Shape == Form::MaskedMove)
          << Instructions.getName(Opcode).str();
    }
  }
}

TEST(Opcodes, NoBranchOrCallIsGeneric) {
  const llvm::MCInstrInfo &Instructions = test::target().instructions();
  for (unsigned Opcode = 0; Opcode != Instructions.getNumOpcodes(); ++Opcode) {
    const llvm::MCInstrDesc &D = Instructions.get(Opcode);
    if (D.isCall() || D.isBranch() || D.isReturn()) {
      EXPECT_NE(test::target().opcodes()[Opcode].Shape, Form::Generic) << Instructions.getName(Opcode).str();
    }
  }
}

TEST(Registers, PartsOfARegisterAreThatRegister) {
  const llvm::MCRegisterInfo &Info = test::target().registers();
  const RegisterMap &Map = test::target().opcodes().registers();
  auto Named = [&](llvm::StringRef Name) {
    for (unsigned R = 1; R != Info.getNumRegs(); ++R)
      if (Name == Info.getName(R))
        return R;
    ADD_FAILURE() << Name.str();
    return 0U;
  };
  for (const char *Name : {"AL", "AH", "AX", "EAX", "RAX"})
    EXPECT_EQ(Map[Named(Name)], RAX) << Name;
  for (const char *Name : {"R8B", "R8W", "R8D", "R8"})
    EXPECT_EQ(Map[Named(Name)], R8) << Name;
  for (const char *Name : {"SIL", "SI", "ESI", "RSI"})
    EXPECT_EQ(Map[Named(Name)], RSI) << Name;
  for (const char *Name : {"XMM17", "YMM17", "ZMM17"})
    EXPECT_EQ(Map[Named(Name)], Vector0 + 17) << Name;
  EXPECT_TRUE(Map.isPartial(Named("AL")));
  EXPECT_TRUE(Map.isPartial(Named("R8W")));
  EXPECT_FALSE(Map.isPartial(Named("EAX")));
  EXPECT_FALSE(Map.isPartial(Named("R8D")));
  EXPECT_TRUE(Map.isNarrow(Named("R8D")));
  EXPECT_EQ(Map[Named("K3")], Mask0 + 3);
  EXPECT_EQ(Map[Named("EFLAGS")], Flags);
}

} // namespace
} // namespace snug::machine
