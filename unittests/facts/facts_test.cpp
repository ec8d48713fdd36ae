// The section .snug.facts: what is written is read back, alone and behind each other; damage is an error.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
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
  llvm::Expected<std::vector<FunctionExpectation>> Read = readFacts(Both);
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->size(), 2u);
  EXPECT_EQ((*Read)[1].Mangled, "_Z1gv");
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
            ".snug.facts: facts of version 9; this program reads version 2");
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
