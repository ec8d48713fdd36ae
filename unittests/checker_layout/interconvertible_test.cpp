// The questions that rules ask about interconvertibility, on parsed classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Build.h"
#include "layout/Interconvertible.h"
#include "layout/Names.h"
#include "layout/StandardLayout.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

namespace snug::layout {
namespace {

class Interconvertible : public ::testing::Test {
protected:
  static const clang::CXXRecordDecl *find(llvm::StringRef Name) {
    for (const clang::RecordDecl *Record : allRecords(ast()))
      if (nameOf(ast(), *Record) == Name)
        return llvm::cast<clang::CXXRecordDecl>(Record);
    ADD_FAILURE() << "no record " << Name.str();
    return nullptr;
  }
  static const clang::FieldDecl *field(llvm::StringRef Class, llvm::StringRef Name) {
    for (const clang::FieldDecl *Field : find(Class)->fields())
      if (Field->getName() == Name)
        return Field;
    ADD_FAILURE() << "no field " << Name.str();
    return nullptr;
  }
  static std::string closure(llvm::StringRef Name) {
    std::string Result;
    for (const InterconvertibleSubobject &S : interconvertibleSubobjects(ast(), *find(Name)))
      Result +=
          (S.Field ? nameOf(*S.Field) : nameOf(ast(), *S.Base)) + "@" + std::to_string(S.Offset.getQuantity()) + " ";
    return Result;
  }
  static clang::ASTContext &ast() {
    static std::unique_ptr<clang::ASTUnit> Unit =
        clang::tooling::buildASTFromCodeWithArgs(R"cpp(
      struct e {}; struct f : e {};
      struct data { int x; long y; };
      struct derived : e, data {};
      struct whole { derived first; int second; };
      union either { data d; struct { virtual void v(); int a; } n; int i; };
      struct clash : e { f m; };
      struct anonymous { union { int i; float g; }; int j; };
      struct bits { int b : 3; int c; };
      struct refers { int &r; };
      struct array { data d[2]; };
      struct two : data { int z; };
      struct shared : virtual data {};
      struct keeper { shared first; };
    )cpp",
                                                 {"-std=c++20", "-target", "x86_64-linux-gnu"});
    return Unit->getASTContext();
  }
};

TEST_F(Interconvertible, ClosureIsTransitiveAndKnowsOffsets) {
  EXPECT_EQ(closure("whole"), "first@0 e@0 data@0 x@0 ");
  EXPECT_EQ(closure("either"), "d@0 x@0 n@0 i@0 ");
  EXPECT_EQ(closure("clash"), "e@0 m@1 e@1 ");
  EXPECT_EQ(closure("anonymous"), "(anonymous union)@0 i@0 g@0 ");
  EXPECT_EQ(closure("array"), "d@0 ");
  EXPECT_EQ(closure("bits"), "");
  EXPECT_EQ(closure("refers"), "");
  EXPECT_EQ(closure("two"), "");
  EXPECT_EQ(closure("keeper"), "");
}

TEST_F(Interconvertible, AnswersNeedLetterAndOffset) {
  EXPECT_TRUE(isInterconvertible(ast(), *find("derived"), *find("e")));
  EXPECT_TRUE(isInterconvertible(ast(), *find("derived"), *field("data", "x")));
  EXPECT_FALSE(isInterconvertible(ast(), *find("derived"), *field("data", "y")));
  EXPECT_FALSE(isInterconvertible(ast(), *find("clash"), *field("clash", "m")));
  EXPECT_FALSE(isInterconvertible(ast(), *find("two"), *find("data")));
  EXPECT_TRUE(hasInterconvertible(ast(), *find("whole"), ast().IntTy));
  EXPECT_TRUE(hasInterconvertible(ast(), *find("whole"), ast().IntTy.withConst()));
  EXPECT_FALSE(hasInterconvertible(ast(), *find("whole"), ast().LongTy));
  // The type is there, on a way that the letter does not allow.
  const clang::QualType Data = typeOf(ast(), *find("data"));
  EXPECT_FALSE(hasInterconvertible(ast(), *find("two"), Data));
  EXPECT_FALSE(hasInterconvertible(ast(), *find("shared"), Data));
  EXPECT_FALSE(hasInterconvertible(ast(), *find("keeper"), Data));
  EXPECT_TRUE(hasInterconvertible(ast(), *find("array"), field("array", "d")->getType()));
}

TEST_F(Interconvertible, FirstMemberMayBeInherited) {
  EXPECT_EQ(firstMember(*find("derived")), field("data", "x"));
  EXPECT_EQ(firstMember(*find("whole")), field("whole", "first"));
  EXPECT_EQ(firstMember(*find("f")), nullptr);
  EXPECT_TRUE(firstMember(*find("bits"))->isBitField());
}

// Two computations, one truth: the tree marks what the rules are told.
TEST_F(Interconvertible, TreeMarksTheSame) {
  for (const clang::RecordDecl *Record : recordsOfMainFile(ast())) {
    const auto &Class = *llvm::cast<clang::CXXRecordDecl>(Record);
    EXPECT_EQ(isStandardLayout(ast(), Class), Class.isStandardLayout()) << nameOf(ast(), *Record);
    std::size_t Marked = 0;
    auto Count = [&](const Node &N, auto &Self) -> void {
      Marked += N.IsInterconvertible;
      for (const Node &Child : N.Children)
        Self(Child, Self);
    };
    Count(buildLayout(ast(), *Record).Root, Count);
    const auto Closure = interconvertibleSubobjects(ast(), Class);
    EXPECT_EQ(Marked, static_cast<std::size_t>(llvm::count_if(
                          Closure, [](const InterconvertibleSubobject &S) { return S.Offset.isZero(); })))
        << nameOf(ast(), *Record);
  }
}

} // namespace
} // namespace snug::layout
