// Base names, qualified names and what matches what.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Names.h"

#include <gtest/gtest.h>

namespace snug::machine {
namespace {

TEST(Names, BaseNameIsWithoutScopeTemplateArgumentsAndParameters) {
  EXPECT_EQ(baseName("start_op"), "start_op");
  EXPECT_EQ(baseName("a::b::start_op(int)"), "start_op");
  EXPECT_EQ(baseName("void a::start_op<b::op<int>>(b::op<int>&)"), "start_op");
  EXPECT_EQ(baseName("a<b<c>>::get(int) const"), "get");
  EXPECT_EQ(baseName("a::operator()(int) const"), "operator()");
  EXPECT_EQ(baseName("bool a::operator<(a const&, a const&)"), "operator<");
  EXPECT_EQ(baseName("a::operator->() const"), "operator->");
  EXPECT_EQ(baseName("(anonymous namespace)::f(int)"), "f");
  EXPECT_EQ(baseName("f(int)::'lambda'(int)::operator()(int) const"), "operator()");
  EXPECT_EQ(baseName("f(int)::{lambda(int)#1}::get(int) const"), "get");
  EXPECT_EQ(baseName("a::~a()"), "~a");
  EXPECT_EQ(baseName("f(int) (.cold)"), "f");
  EXPECT_EQ(baseName(""), "");
}

TEST(Names, QualifiedNameKeepsTheScope) {
  EXPECT_EQ(qualifiedName("void a::start_op<b::op<int>>(b::op<int>&)"), "a::start_op");
  EXPECT_EQ(qualifiedName("a<int>::get()"), "a::get");
  EXPECT_EQ(qualifiedName("main"), "main");
}

TEST(Names, AFunctionIsNamedByItsWholeNameOrATrailingPart) {
  const char *Mangled = "_ZN1a3getIiEEvi", *Demangled = "void a::get<int>(int)";
  for (const char *Asked :
       {"_ZN1a3getIiEEvi", "void a::get<int>(int)", "a::get<int>(int)", "a::get<int>", "a::get", "get", "get<int>"})
    EXPECT_TRUE(isNamed(Mangled, Demangled, Asked)) << Asked;
  for (const char *Asked : {"et", "a", "b::get", "get<long>", "aa::get", "", "int"})
    EXPECT_FALSE(isNamed(Mangled, Demangled, Asked)) << Asked;
}

TEST(Names, PromotionByThinLtoPlaysNoPart) {
  EXPECT_EQ(withoutPromotion("f.llvm.1234"), "f");
  EXPECT_EQ(withoutPromotion("f.llvm."), "f.llvm.");
  EXPECT_EQ(withoutPromotion("f.llvm.12.cold"), "f.llvm.12.cold");
  EXPECT_TRUE(isNamed("f.llvm.1234", "f.llvm.1234", "f"));
  EXPECT_TRUE(isNamed("_Z1fi.llvm.1234", demangle("_Z1fi.llvm.1234"), "f(int)"));
  EXPECT_FALSE(isNamed("f.part.0", "f.part.0", "f"));
}

TEST(Names, NearestFindsTypingErrors) {
  const std::vector<std::string> All = {"start_op(int)", "stop_op(int)", "unrelated()"};
  EXPECT_EQ(nearest("start_pp", All), (std::vector<std::string>{"start_op(int)"}));
  EXPECT_TRUE(nearest("something_else", All).empty());
}

TEST(Names, DemanglingLeavesPlainNamesAlone) {
  EXPECT_EQ(demangle("main"), "main");
  EXPECT_EQ(demangle("_Z1fi"), "f(int)");
  EXPECT_EQ(demangle("_Zbroken"), "_Zbroken");
}

} // namespace
} // namespace snug::machine
