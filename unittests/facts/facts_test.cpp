// The section .snug.facts: what is written is read back, alone and behind each other; damage is an error.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Block.h"
#include "facts/Facts.h"

#include <gtest/gtest.h>

namespace snug::facts {
namespace {

Facts sample(std::string Symbol) {
  Facts F;
  F.Functions.push_back({std::move(Symbol),
                         true,
                         {{*parseExpectationName("max_loads"), 6, {"a.cpp", 3, 1, 0}}},
                         {"x86_64-linux-gnu", "clang", "-O2"},
                         {"a.cpp", 4, 5, 0}});
  StatedLayout Layout;
  Layout.Name = "ns::op<\"quote\">";
  Layout.SizeBytes = 24;
  Layout.AlignBytes = 8;
  Layout.Stated.push_back({*parseExpectationName("size"), 24, {"a.hpp", 7, 8, 0}});
  Layout.Where = {"a.hpp", 7, 20, 0};
  Layout.On.Target = "armv7em-none-eabi";
  Layout.PaddingBytes = 3;
  Layout.Parts.push_back(
      {"in", "buffer", 0, 128, {{"data", "char *", 0, 64, {}, {"b.hpp", 1, 2, 0}}}, {"a.hpp", 9, 3, 0}});
  F.Layouts.push_back(Layout);
  CoroutineFrame Frame;
  Frame.Mangled = "_Z5servev";
  Frame.On = {"x86_64-linux-gnu", "clang", "-O2"};
  Frame.Where = {"a.cpp", 20, 6, 0};
  Frame.SizeBytes = 184;
  Frame.AlignBytes = 16;
  Frame.Promise = "task::promise_type";
  Frame.PromiseBytes = 16;
  Frame.Residents = {{"'buffer'", "char[64]", 64, {"a.cpp", 21, 8, 0}}, {"the awaiter", "w", 8, {"b.hpp", 3, 1, 0}}};
  Frame.Points = {{"start", {"a.cpp", 20, 6, 0}}, {"co_await", {"a.cpp", 22, 3, 0}, {0, 1}}};
  Frame.ElidedIn = {"_Z5outerv"};
  F.Coroutines.push_back(Frame);
  return F;
}

std::string errorOf(llvm::StringRef Section) {
  llvm::Expected<Facts> Read = read(Section);
  return Read ? "" : llvm::toString(Read.takeError());
}

/// A function's record with `More` in it.
std::string function(llvm::StringRef More) {
  return (R"({"snug":2,"function":"f","target":"t","compiler":"clang","file":"a.cpp","line":1,"column":1)" + More +
          "}\n")
      .str();
}

TEST(FactsTest, WhatIsWrittenIsRead) {
  llvm::Expected<Facts> Read = read(write(sample("_Z1fv")));
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->Functions.size(), 1u);
  EXPECT_EQ(Read->Functions[0].Mangled, "_Z1fv");
  EXPECT_TRUE(Read->Functions[0].MayBeDiscarded);
  ASSERT_EQ(Read->Functions[0].Stated.size(), 1u);
  EXPECT_EQ(toString(Read->Functions[0].Stated[0].Name), "max_loads");
  EXPECT_EQ(Read->Functions[0].Stated[0].Value, 6u);
  EXPECT_EQ(Read->Functions[0].Stated[0].Where, (Location{"a.cpp", 3, 1, 0}));
  ASSERT_EQ(Read->Layouts.size(), 1u);
  EXPECT_EQ(Read->Layouts[0].Name, "ns::op<\"quote\">");
  EXPECT_EQ(Read->Layouts[0].SizeBytes, 24u);
  EXPECT_EQ(Read->Layouts[0].Where.Column, 20u);
  EXPECT_EQ(Read->Functions[0].On, (Platform{"x86_64-linux-gnu", "clang", "-O2"}));
  EXPECT_EQ(Read->Layouts[0].On, (Platform{"armv7em-none-eabi", "clang", ""}));
  EXPECT_EQ(Read->Layouts[0].PaddingBytes, 3u);
  ASSERT_EQ(Read->Layouts[0].Parts.size(), 1u);
  ASSERT_EQ(Read->Layouts[0].Parts[0].Parts.size(), 1u);
  EXPECT_EQ(Read->Layouts[0].Parts[0].Parts[0].Type, "char *");
  EXPECT_EQ(Read->Layouts[0].Parts[0].SizeBits, 128u);
}

TEST(FactsTest, SectionsBehindEachOtherAreRead) {
  std::string Both = write(sample("_Z1fv")) + std::string(5, '\0') + write(sample("_Z1gv")) + std::string(3, '\0');
  // One of the version before, too.
  Both += function(",\"stated\":[]");
  llvm::Expected<Facts> Read = read(Both);
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->Functions.size(), 3u);
  EXPECT_EQ(Read->Functions[1].Mangled, "_Z1gv");
  EXPECT_EQ(Read->Functions[2].Mangled, "f");
  // Said twice, and alike.
  EXPECT_EQ(Read->Layouts.size(), 1u);
}

TEST(FactsTest, FramesAreRead) {
  llvm::Expected<Facts> Read = read(write(sample("_Z1fv")));
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->Coroutines.size(), 1u);
  const CoroutineFrame &Frame = Read->Coroutines[0];
  EXPECT_EQ(Frame.SizeBytes, 184u);
  EXPECT_EQ(Frame.AlignBytes, 16u);
  ASSERT_EQ(Frame.Points.size(), 2u);
  EXPECT_EQ(Frame.Points[1].Alive, (std::vector<std::uint32_t>{0, 1}));
  // Places without a file are in the record's.
  EXPECT_EQ(Frame.Residents[0].Where, (Location{"a.cpp", 21, 8, 0}));
  EXPECT_EQ(Frame.Residents[1].Where, (Location{"b.hpp", 3, 1, 0}));
  EXPECT_EQ(Frame.ElidedIn, std::vector<std::string>{"_Z5outerv"});
}

TEST(FactsTest, OneReaderKeepsOnceWhatUnitsSayAlike) {
  FactsReader Reader;
  const std::string Section = write(sample("_Z1fv"));
  ASSERT_FALSE(static_cast<bool>(Reader.add(Section, "a.o")));
  const Facts First = Reader.take();
  ASSERT_EQ(First.Layouts.size(), 1u);
  EXPECT_EQ(First.Layouts[0].Unit, "a.o");
  ASSERT_FALSE(static_cast<bool>(Reader.add(Section, "b.o")));
  const Facts Second = Reader.take();
  EXPECT_TRUE(Second.Layouts.empty());
  EXPECT_TRUE(Second.Coroutines.empty());
  EXPECT_EQ(Second.Functions.size(), 1u);
}

TEST(FactsTest, HeadersThatLieAreRefused) {
  const std::string Good = write(sample("_Z1fv"));
  auto With = [&](std::size_t At, unsigned char Byte) {
    std::string Bad = Good;
    Bad[At] = static_cast<char>(Byte);
    return errorOf(Bad);
  };
  EXPECT_EQ(With(8, 4),
            ".snug.facts: facts of version 4; this snug reads up to version 3: read them with the snug whose plugin "
            "compiled this");
  EXPECT_EQ(With(8, 1), ".snug.facts: a block of version 1, which had none");
  EXPECT_EQ(With(12, 7), ".snug.facts: a block is damaged: its header contradicts itself");
  EXPECT_NE(With(19, 255), "");
  EXPECT_EQ(With(23, 255), ".snug.facts: a block is damaged: its header contradicts itself");
  EXPECT_NE(With(20, static_cast<unsigned char>(Good[20] + 1)), "");
  EXPECT_EQ(With(24, static_cast<unsigned char>(Good[24] + 1)),
            ".snug.facts: a block is damaged: its checksum is wrong");
  for (std::size_t Length = 1; Length != Good.size(); ++Length)
    EXPECT_NE(errorOf(Good.substr(0, Length)), "") << Length;
  EXPECT_EQ(errorOf(writeBlock("{\"layout\":" + std::string(300, '['))),
            ".snug.facts: malformed record: it is nested more than 200 levels deep");
}

TEST(FactsTest, EqualFactsAreEqualBytes) {
  Facts A = sample("_Z1fv");
  A.Functions.push_back({"_Z1av", false, A.Functions[0].Stated, A.Functions[0].On, A.Functions[0].Where});
  Facts B = A;
  std::swap(B.Functions[0], B.Functions[1]);
  EXPECT_EQ(write(A), write(B));
  EXPECT_EQ(write(Facts()), "");
}

TEST(FactsTest, SpellingsOfOneTargetAreOneName) {
  EXPECT_EQ(targetName("x86_64-pc-linux-gnu"), "x86_64-linux-gnu");
  EXPECT_EQ(targetName("x86_64-linux-gnu"), "x86_64-linux-gnu");
  EXPECT_EQ(targetName("aarch64-unknown-linux-gnu"), "aarch64-linux-gnu");
  EXPECT_EQ(targetName("armv7em-none-eabi"), "armv7em-none-eabi");
  EXPECT_EQ(targetName("thumbv7em-unknown-none-eabi"), "armv7em-none-eabi");
  EXPECT_EQ(targetName("arm64-apple-macosx14.0.0"), "arm64-apple-macosx");
  EXPECT_EQ(targetName("x86_64-pc-windows-msvc"), "x86_64-windows-msvc");
}

TEST(FactsTest, DamageIsAnError) {
  EXPECT_EQ(errorOf(""), "");
  EXPECT_EQ(errorOf("{\"snug\":9,\"function\":\"f\",\"stated\":[]}\n"),
            ".snug.facts: facts of version 9; this snug reads versions 2 to 3");
  EXPECT_EQ(errorOf("{\"function\":\"f\"}\n"), ".snug.facts: a record without a version");
  EXPECT_EQ(errorOf("{\"snug\":2}\n"), ".snug.facts: a record of an unknown kind");
  EXPECT_EQ(errorOf(function("")), ".snug.facts: a record states nothing");
  EXPECT_EQ(errorOf("[]\n"), ".snug.facts: malformed record: not an object");
  EXPECT_EQ(errorOf(function(",\"stated\":[{\"name\":\"weight\"}]")),
            ".snug.facts: 'weight' is not the name of an expectation");
  EXPECT_EQ(errorOf(function(",\"stated\":[{\"name\":\"loads\",\"value\":-1}]")),
            ".snug.facts: the stated figure 'loads' lacks its value or its place");
  std::string Whole = write(sample("_Z1fv"));
  EXPECT_NE(errorOf(Whole.substr(0, Whole.size() / 3)), "");
}

} // namespace
} // namespace snug::facts
