// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the pointer model: what the value of a returned expression points to, and whether it is stale.
#include "rules/PointerModel.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

using namespace snug::rules;
using Kind = PointerValue::Kind;

namespace {

constexpr const char *Classes = R"cpp(
using size_t = decltype(sizeof(0));
void *operator new(size_t, void *p) noexcept { return p; }
struct child { int v; };
struct first { child c; int after; };
struct later { int before; child c; };
class closed { public: child c; private: int x; };
union either { int n; child c; };
struct slot { alignas(child) unsigned char bytes[sizeof(child)]; };
struct parent : slot { int own; };
using room = unsigned char[sizeof(child)];
)cpp";

struct LastReturn : clang::RecursiveASTVisitor<LastReturn> {
  const clang::ReturnStmt *Found = nullptr;
  bool VisitReturnStmt(clang::ReturnStmt *S) {
    Found = S;
    return true;
  }
};

/// The value that the last return statement of the code returns.
class Returned {
public:
  explicit Returned(const std::string &Code)
      : Unit(clang::tooling::buildASTFromCodeWithArgs(Classes + Code, {"-std=c++20"})),
        Model(Unit->getASTContext(), Locals) {
    LastReturn Visitor;
    Visitor.TraverseDecl(Unit->getASTContext().getTranslationUnitDecl());
    Expr = Visitor.Found->getRetValue();
    Value = Model.valueOf(Expr);
  }
  bool stale() const { return Model.isStale(Value, Expr->getType()->getPointeeType()); }
  std::string object() const {
    return Value ? Value.Object.getCanonicalType().getUnqualifiedType().getAsString() : "?";
  }

  std::unique_ptr<clang::ASTUnit> Unit;
  LocalValues Locals;
  PointerModel Model;
  const clang::Expr *Expr = nullptr;
  PointerValue Value;
};

TEST(PointerModel, ParametersPointToSomeObjectOfTheirType) {
  Returned R("child *f(child *p) { return p; }");
  EXPECT_EQ(R.Value.Is, Kind::Unknown);
  EXPECT_EQ(R.object(), "struct child");
  EXPECT_FALSE(R.stale());
}

TEST(PointerModel, BytesVoidAndCallsAreUndecided) {
  EXPECT_FALSE(Returned("char *f(char *p) { return p; }").Value);
  EXPECT_FALSE(Returned("void *f(void *p) { return p; }").Value);
  EXPECT_FALSE(Returned("child *g(); child *f() { return g(); }").Value);
  EXPECT_FALSE(Returned("child *f(unsigned long n) { return reinterpret_cast<child *>(n); }").Value);
  EXPECT_FALSE(Returned("child *f(bool b, child *p, child *q) { return b ? p : q; }").Value);
}

TEST(PointerModel, MembersAndVariablesAreKnown) {
  Returned Member("child *f(later *p) { return &p->c; }");
  ASSERT_EQ(Member.Value.Around.size(), 1u);
  EXPECT_EQ(Member.Value.Around[0].Member->getName(), "c");
  EXPECT_EQ(Returned("child c; child *f() { return &c; }").Value.Is, Kind::Known);
}

TEST(PointerModel, FirstMembersOfStandardLayoutClassesConvertBothWays) {
  EXPECT_EQ(Returned("child *f(first *p) { return reinterpret_cast<child *>(p); }").object(), "struct child");
  EXPECT_EQ(Returned("first *f(child *p) { return reinterpret_cast<first *>(p); }").object(), "struct first");
  EXPECT_EQ(Returned("first *f(first *p) { return (first *)(void *)&p->c; }").object(), "struct first");
  EXPECT_EQ(Returned("int *f(first *p) { return reinterpret_cast<int *>(p); }").object(), "int");
}

TEST(PointerModel, UnionsNeedNoLayout) {
  EXPECT_FALSE(Returned("either *f(child *p) { return reinterpret_cast<either *>(p); }").stale());
  EXPECT_FALSE(Returned("child *f(either *p) { return reinterpret_cast<child *>(&p->n); }").stale());
}

TEST(PointerModel, OtherMembersAndClassesStayWhereTheyWere) {
  for (const char *Code :
       {"later *f(child *p) { return reinterpret_cast<later *>(p); }", "closed *f(child *p) { return (closed *)p; }",
        "slot *f(child *p) { return static_cast<slot *>(static_cast<void *>(p)); }"}) {
    Returned R(Code);
    EXPECT_TRUE(R.stale()) << Code;
    EXPECT_EQ(R.object(), "struct child") << Code;
    EXPECT_NE(R.Value.StaleSince, nullptr) << Code;
  }
}

TEST(PointerModel, RoundTripsEndWhereTheyBegan) {
  Returned R("child *f(child *p) { auto *q = reinterpret_cast<later *>(p); return reinterpret_cast<child *>(q); }");
  EXPECT_FALSE(R.stale());
  EXPECT_EQ(R.Value.StaleSince, nullptr);
}

TEST(PointerModel, LocalsThatChangeAreForgotten) {
  EXPECT_TRUE(Returned("later *f(child *p) { auto *q = reinterpret_cast<later *>(p); return q; }").stale());
  EXPECT_FALSE(
      Returned("later *f(child *p, later *o) { auto *q = reinterpret_cast<later *>(p); q = o; return q; }").stale());
}

TEST(PointerModel, LaunderReachesWhatLivesInTheBytes) {
  Returned In("child *f(slot *s) { return __builtin_launder(reinterpret_cast<child *>(&s->bytes)); }");
  EXPECT_EQ(In.Value.Is, Kind::Provided);
  EXPECT_EQ(In.object(), "struct child");
  Returned Out(
      "slot *f(child *c) { return reinterpret_cast<slot *>(__builtin_launder(reinterpret_cast<room *>(c))); }");
  EXPECT_FALSE(Out.stale());
  ASSERT_NE(Out.Value.Launder, nullptr);
  EXPECT_EQ(Out.Value.Laundered->Object.getAsString(), "child");
}

TEST(PointerModel, CreatedObjectsAreNoPartOfTheirBytes) {
  Returned R("slot *f(slot *s) { auto *c = ::new (static_cast<void *>(s->bytes)) child{1}; "
             "return reinterpret_cast<slot *>(c); }");
  EXPECT_EQ(R.Value.Is, Kind::Provided);
  EXPECT_TRUE(R.stale());
}

TEST(PointerModel, DowncastsFollowTheStaticType) {
  EXPECT_EQ(Returned("parent *f(slot *s) { return static_cast<parent *>(s); }").object(), "struct parent");
  Returned Up("slot *f(parent *p) { return p; }");
  EXPECT_EQ(Up.object(), "struct slot");
  ASSERT_EQ(Up.Value.Around.size(), 1u);
  EXPECT_NE(Up.Value.Around[0].Base, nullptr);
}

} // namespace
