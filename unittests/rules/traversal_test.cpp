// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the shared traversal: a rule sees an expression wherever it can be evaluated, and nowhere else.
#include "rules/Rule.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>

#include <string>

namespace {

/// How many places are found where PROBE stands in the code; PROBE takes a pointer to a child.
std::size_t found(const std::string &Code) {
  const std::string Classes = "struct child { int v; }; struct whole { int x; child c; };\n"
                              "#define ARG(x) x\n"
                              "#define PROBE(p) ARG(reinterpret_cast<whole *>(reinterpret_cast<char *>(p) - "
                              "__builtin_offsetof(whole, c)))\n";
  std::unique_ptr<clang::ASTUnit> Unit = clang::tooling::buildASTFromCodeWithArgs(Classes + Code, {"-std=c++20"});
  snug::rules::RunOptions Options;
  Options.RuleIds = {"container-of-macro"};
  return snug::rules::run(Unit->getASTContext(), Options).size();
}

TEST(Traversal, SeesFunctionsAndInitialisers) {
  EXPECT_EQ(found("whole *f(child *p) { return PROBE(p); }"), 1u);
  EXPECT_EQ(found("child c; whole *w = PROBE(&c);"), 1u);
  EXPECT_EQ(found("child c; struct s { static inline whole *w = PROBE(&c); };"), 1u);
  EXPECT_EQ(found("child c; struct s { whole *w = PROBE(&c); };"), 1u);
  EXPECT_EQ(found("struct s { whole *w; s(child *p) : w(PROBE(p)) {} };"), 1u);
  EXPECT_EQ(found("child c; void f(whole *w = PROBE(&c)); void g() { f(); }"), 1u);
  EXPECT_EQ(found("struct s { friend whole *f(child *p) { return PROBE(p); } };"), 1u);
}

TEST(Traversal, SeesLambdasAndLocalClasses) {
  EXPECT_EQ(found("auto l = [](child *p) { return PROBE(p); };"), 1u);
  EXPECT_EQ(found("auto l = [](auto *p) { return PROBE(p); }; auto *w = l((child *)nullptr);"), 1u);
  EXPECT_EQ(found("void f(child *p) { auto l = [w = PROBE(p)] { return w; }; }"), 1u);
  EXPECT_EQ(found("void f() { struct s { whole *g(child *p) { return PROBE(p); } }; }"), 1u);
  EXPECT_EQ(
      found("template <class T> auto f(T *p) { return [=] { return PROBE(p); }(); } auto *w = f((child *)nullptr);"),
      1u);
}

TEST(Traversal, SeesInstantiationsOncePerPlace) {
  EXPECT_EQ(found("template <class T> whole *f(T *p) { return PROBE(p); } auto *a = f((child *)0);"), 1u);
  EXPECT_EQ(found("template <class T, int> whole *f(T *p) { return PROBE(p); } auto *a = f<child, 1>(0), *b = f<child, "
                  "2>(0);"),
            1u);
  EXPECT_EQ(found("template <class T> struct s { whole *f(T *p) { return PROBE(p); } }; template struct s<child>;"),
            1u);
  EXPECT_EQ(found("template <class T> struct s { template <class U> whole *f(T *p) { return PROBE(p); } }; "
                  "auto *a = s<child>().f<int>(0);"),
            1u);
  EXPECT_EQ(
      found("template <class T> struct s {}; template <> struct s<child> { whole *f(child *p) { return PROBE(p); } };"),
      1u);
  EXPECT_EQ(found("template <class T> T *v = nullptr; child c; template <> whole *v<whole *> = nullptr; "
                  "template <class T> whole *w = PROBE((T *)&c); auto *x = w<child>;"),
            1u);
}

TEST(Traversal, SkipsWhatIsNeverEvaluated) {
  EXPECT_EQ(found("child *p; using t = decltype(PROBE(p));"), 0u);
  EXPECT_EQ(found("child *p; auto n = sizeof(PROBE(p)); bool b = noexcept(PROBE(p));"), 0u);
  EXPECT_EQ(found("template <class T> whole *f(T *p) { return PROBE(p); }"), 0u);
  EXPECT_EQ(found("template <class T> struct s { whole *w = PROBE((child *)nullptr); };"), 0u);
  EXPECT_EQ(found("child *p; template <class T> concept c = requires { PROBE(p); }; static_assert(c<int>);"), 0u);
}

} // namespace
