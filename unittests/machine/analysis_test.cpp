// Figures and access paths of small functions; the lit tests of machine/ hold the larger cases.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support.h"

namespace snug::machine {
namespace {

using test::report;

std::vector<std::string> loadPaths(const FunctionReport &R) {
  std::vector<std::string> Paths;
  for (const AccessDetail &A : R.Loads)
    Paths.push_back(A.Path);
  return Paths;
}

using Paths = std::vector<std::string>;

TEST(Analysis, AnEmptyFunctionHasNothing) {
  const Metrics M = report("").Figures;
  EXPECT_EQ(M.Instructions, 1U);
  EXPECT_EQ(M.Loads + M.Stores + M.Chain + M.Spills + M.Calls + M.CacheLines, 0U);
}

TEST(Analysis, ConstantsMoveTheOffset) {
  EXPECT_EQ(loadPaths(report("add rdi, 16\n sub rdi, 4\n inc rdi\n mov eax, [rdi + 3]")), Paths{"arg0→16"});
  EXPECT_EQ(loadPaths(report("lea rax, [rdi + 8]\n mov rcx, rax\n mov eax, [rcx - 24]")), Paths{"arg0→-16"});
  EXPECT_EQ(loadPaths(report("mov eax, 8\n add rdi, rax\n mov eax, [rdi]")), Paths{"arg0→8"});
}

TEST(Analysis, OffsetsOfAnySizeWrap) {
  const FunctionReport R = report("movabs rax, -9223372036854775808\n add rdi, rax\n mov eax, [rdi - 1]\n"
                                  "mov rcx, [rdi + 2147483647]");
  EXPECT_EQ(R.Figures.Loads, 2U);
  EXPECT_EQ(R.Loads[0].Path, "arg0→9223372036854775807");
}

TEST(Analysis, EveryArgumentRegisterHasItsName) {
  EXPECT_EQ(loadPaths(report("mov eax,[rdi]\n mov eax,[rsi]\n mov eax,[rdx]\n mov eax,[rcx]\n mov eax,[r8]\n"
                             "mov eax,[r9]\n mov eax,[rsp+8]")),
            (Paths{"arg0→0", "arg1→0", "arg2→0", "arg3→0", "arg4→0", "arg5→0", "stack+8"}));
}

TEST(Analysis, AWrittenRegisterForgetsItsPath) {
  EXPECT_EQ(loadPaths(report("mov edi, [rsi]\n mov eax, [rdi]")), (Paths{"arg1→0", "arg1→0→0"}));
  EXPECT_EQ(loadPaths(report("shl rdi, 1\n mov eax, [rdi]")), Paths{"f(arg0)→0"});
}

TEST(Analysis, ExchangedRegistersExchangeTheirValues) {
  EXPECT_EQ(loadPaths(report("xchg rdi, rsi\n mov eax, [rdi]")), Paths{"arg1→0"});
}

TEST(Analysis, PushAndPopKeepTheValue) {
  EXPECT_EQ(loadPaths(report("push rdi\n xor edi, edi\n pop rcx\n mov eax, [rcx + 4]")), Paths{"arg0→4"});
}

TEST(Analysis, ACallChangesWhatItMayChange) {
  const FunctionReport R = report("mov rbx, rdi\n mov r11, rdi\n call g\n mov eax, [rbx]\n mov eax, [r11]\n");
  EXPECT_EQ(loadPaths(R)[0], "arg0→0");
  EXPECT_NE(loadPaths(R)[1], "arg0→0");
  EXPECT_EQ(R.Figures.Calls, 1U);
}

TEST(Analysis, ReadAndWrittenInOneInstructionIsOnePathTwice) {
  const FunctionReport R = report("lock add dword ptr [rdi + 4], 1");
  ASSERT_EQ(R.Loads.size(), 1U);
  ASSERT_EQ(R.Stores.size(), 1U);
  EXPECT_EQ(R.Loads[0].Path, R.Stores[0].Path);
  EXPECT_EQ(R.Listing[0].Paths, "arg0→4");
  EXPECT_EQ(R.Figures.Atomics, 1U);
  EXPECT_EQ(R.Figures.Instructions, 2U);
}

TEST(Analysis, ConditionalJumpsOutOfTheFunctionAreTailCalls) {
  const Metrics M = report("test rdi, rdi\n jne elsewhere\n jmp [rsi]").Figures;
  EXPECT_EQ(M.TailCalls, 2U);
  EXPECT_EQ(M.IndirectCalls, 1U);
}

TEST(Analysis, AFrameOfVariableSizeIsSaid) {
  EXPECT_TRUE(report("push rbp\n mov rbp, rsp\n sub rsp, rdi\n leave").Figures.HasDynamicFrame);
  EXPECT_FALSE(report("sub rsp, 32\n add rsp, 32").Figures.HasDynamicFrame);
}

TEST(Analysis, JoinsInLoopsEnd) {
  // Two loops that feed each other's registers: paths must not grow without end.
  std::string Body;
  for (int N = 0; N != 200; ++N)
    Body += ".L" + std::to_string(N) + ":\n mov rax, [rdi]\n mov rdi, rsi\n mov rsi, rax\n test rax, rax\n jne .L" +
            std::to_string(N / 2) + "\n";
  const Metrics M = report(Body).Figures;
  EXPECT_EQ(M.Loads, 200U);
  EXPECT_GT(M.LoopChain, 0U);
}

TEST(Analysis, WhatDoesNotDecodeIsCountedAndPassedOver) {
  const Metrics M = report(".byte 0x06, 0x06\n mov eax, [rdi]").Figures;
  EXPECT_EQ(M.Undecoded, 2U);
  EXPECT_EQ(M.Loads, 1U);
}

TEST(Analysis, LabelsWithoutSizeEndAtTheNextOneWithoutItsPadding) {
  auto In = Input::fromAssembly(test::target(), "a:\n ret\n .p2align 4\nb:\n ret\n .p2align 4\n", "labels.s");
  ASSERT_TRUE(static_cast<bool>(In));
  ASSERT_EQ(In->Images[0]->functions().size(), 2U);
  Analyzer A(test::target(), *In->Images[0]);
  for (const Function &F : In->Images[0]->functions())
    EXPECT_EQ(A.analyze(F).Instructions, 1U);
}

TEST(Analysis, GroupsByBaseMakeTheTableOfADispatch) {
  const FunctionReport R = report("mov rax, [rdi + 16]\n mov rdi, [rdi + 24]\n jmp [rax]");
  const std::vector<BaseGroup> Groups = groupByBase(R.Loads);
  ASSERT_EQ(Groups.size(), 2U);
  EXPECT_EQ(Groups[0].Base, "arg0");
  EXPECT_EQ(Groups[0].Loads, 2U);
  EXPECT_EQ(Groups[1].Base, "arg0→16");
  EXPECT_EQ(Groups[1].Depth, 2U);
}

TEST(Analysis, AnErrorOfTheAssemblerNamesItsLine) {
  auto In = Input::fromAssembly(test::target(), "a:\n ret\n nonsense\n", "bad.s");
  ASSERT_FALSE(static_cast<bool>(In));
  EXPECT_EQ(llvm::toString(In.takeError()).find("line 3: "), 0U);
}

} // namespace
} // namespace snug::machine
