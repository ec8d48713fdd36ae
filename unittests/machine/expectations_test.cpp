// Reading EXPECT lines and holding code against them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support.h"

#include "machine/Expectations.h"

namespace snug::machine {
namespace {

TEST(Expectations, AnyCommentAndEveryOperator) {
  const ExpectationFile File = readExpectations("int x;\n// EXPECT: a::f(int) :: loads=6 chain<=1 stores>=2\n"
                                                "<!-- EXPECT-gcc-O2: g :: spill=0 -->\n",
                                                "x.cpp");
  EXPECT_TRUE(File.Malformed.empty());
  ASSERT_EQ(File.Expectations.size(), 2U);
  const Expectation &E = File.Expectations[0];
  EXPECT_EQ(E.Function, "a::f(int)");
  EXPECT_EQ(E.Configuration, "");
  EXPECT_EQ(E.Where.Line, 2U);
  EXPECT_EQ(E.Where.Column, 4U);
  ASSERT_EQ(E.Bounds.size(), 3U);
  EXPECT_EQ(E.Bounds[0].Operator, Bound::Op::Equal);
  EXPECT_EQ(E.Bounds[1].Operator, Bound::Op::AtMost);
  EXPECT_EQ(E.Bounds[2].Operator, Bound::Op::AtLeast);
  EXPECT_EQ(E.Bounds[2].Value, 2U);
  EXPECT_EQ(File.Expectations[1].Configuration, "gcc-O2");
  EXPECT_STREQ(File.Expectations[1].Bounds[0].Metric->Name, "spills");
}

TEST(Expectations, WordsAndStringsAreNone) {
  const ExpectationFile File =
      readExpectations("EXPECT_EQ(a, b);\nauto s = \"EXPECT: f :: loads=1\";\nas we EXPECT: so\n"
                       "TEST(a, EXPECT) :: loads\n",
                       "x.cpp");
  EXPECT_TRUE(File.Expectations.empty());
  EXPECT_TRUE(File.Malformed.empty());
}

TEST(Expectations, EveryMetricCanBeStated) {
  for (const MetricName &M : metricNames()) {
    const ExpectationFile File = readExpectations("EXPECT: f :: " + std::string(M.Name) + "=1", "x");
    ASSERT_EQ(File.Expectations.size(), 1U) << M.Name;
    EXPECT_STREQ(File.Expectations[0].Bounds[0].Metric->Name, M.Name);
  }
}

Verification verifyText(llvm::StringRef Assembly, llvm::StringRef Lines) {
  auto In = Input::fromAssembly(test::target(), Assembly, "t.s");
  EXPECT_TRUE(static_cast<bool>(In));
  const ExpectationFile File = readExpectations(Lines, "t.txt");
  EXPECT_TRUE(File.Malformed.empty());
  return verify(test::target(), *In, File.Expectations, {});
}

constexpr const char *TwoLoads = "f:\n movq (%rdi), %rax\n movq (%rax), %rax\n ret\n";

TEST(Expectations, KeptBrokenAndUnusable) {
  EXPECT_EQ(verifyText(TwoLoads, "EXPECT: f :: loads=2 chain<=2").Held, 1U);
  const Verification Broken = verifyText(TwoLoads, "EXPECT: f :: loads=1 chain<=1 stores=0");
  ASSERT_EQ(Broken.Broken.size(), 2U);
  EXPECT_EQ(Broken.Broken[0].Message, "'f' has 2 loads; 1 was stated");
  EXPECT_EQ(Broken.Broken[0].Reasons.size(), 1U); // the one load too many
  EXPECT_EQ(Broken.Broken[1].Message, "'f' has a chain of 2 loads; at most 1 was stated");
  EXPECT_EQ(Broken.Held, 0U);
  const Verification Missing = verifyText(TwoLoads, "EXPECT: g :: loads=1");
  ASSERT_EQ(Missing.Unusable.size(), 1U);
  EXPECT_EQ(Missing.Unusable[0].Result, Verdict::Undecided);
  EXPECT_TRUE(Missing.Broken.empty());
}

TEST(Expectations, ConstructorsOfOneNameAreAmbiguousByTheirMangledNames) {
  const Verification V = verifyText("_ZN1aC1Ev:\n ret\n_ZN1aC2Ev:\n nop\n ret\n", "EXPECT: a::a() :: loads=0");
  ASSERT_EQ(V.Unusable.size(), 1U);
  ASSERT_EQ(V.Unusable[0].Reasons.size(), 2U);
  EXPECT_EQ(V.Unusable[0].Reasons[0].Text, "_ZN1aC1Ev");
  EXPECT_EQ(verifyText("_ZN1aC1Ev:\n_ZN1aC2Ev:\n ret\n", "EXPECT: a::a() :: loads=0").Held, 1U); // aliases are one
}

} // namespace
} // namespace snug::machine
