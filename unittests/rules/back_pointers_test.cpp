// The analysis behind stored-back-pointer and back_pointers(N), as a value: evidence, offsets, paths and what is
// opaque. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BackPointers.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>

namespace {

using namespace snug::rules;
using namespace clang::ast_matchers;

/// Feeds every statement of a source to the index, as the rules' traversal does.
class Feeder : public clang::RecursiveASTVisitor<Feeder> {
public:
  explicit Feeder(WriterIndex &Writers) : Writers(Writers) { WriterIndex::declareInterest(Interest); }
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }
  bool TraverseFunctionDecl(clang::FunctionDecl *F) {
    return inside(F, [&] { return Base::TraverseFunctionDecl(F); });
  }
  bool TraverseCXXMethodDecl(clang::CXXMethodDecl *F) {
    return inside(F, [&] { return Base::TraverseCXXMethodDecl(F); });
  }
  bool TraverseCXXConstructorDecl(clang::CXXConstructorDecl *F) {
    return inside(F, [&] { return Base::TraverseCXXConstructorDecl(F); });
  }
  bool dataTraverseStmtPre(clang::Stmt *S) {
    if (Interest[S->getStmtClass()])
      Writers.add(*S, {Function, Ancestors});
    Ancestors.push_back(S);
    return true;
  }
  bool dataTraverseStmtPost(clang::Stmt *) {
    Ancestors.pop_back();
    return true;
  }

private:
  using Base = clang::RecursiveASTVisitor<Feeder>;
  template <class Body> bool inside(const clang::FunctionDecl *F, Body Traverse) {
    const clang::FunctionDecl *Outer = std::exchange(Function, F);
    bool Continue = F->isDependentContext() || Traverse();
    Function = Outer;
    return Continue;
  }

  WriterIndex &Writers;
  StmtInterest Interest;
  const clang::FunctionDecl *Function = nullptr;
  std::vector<const clang::Stmt *> Ancestors;
};

/// A source with the class `whole` in it, analysed.
class Analysed {
public:
  explicit Analysed(const std::string &Source)
      : Unit(clang::tooling::buildASTFromCodeWithArgs(
            "struct immovable { immovable() = default; immovable(immovable &&) "
            "= delete; };\n" +
                Source,
            {"-std=c++20", "-target", "x86_64-linux-gnu"})) {
    Feeder(Writers).TraverseDecl(Unit->getASTContext().getTranslationUnitDecl());
    Analysis.emplace(Unit->getASTContext(), Writers);
  }

  const clang::CXXRecordDecl &record(const std::string &Name) {
    auto Found =
        match(cxxRecordDecl(hasName(Name), isDefinition(), unless(isImplicit())).bind("r"), Unit->getASTContext());
    return *Found.front().getNodeAs<clang::CXXRecordDecl>("r");
  }
  BackPointerList of(const std::string &Name) { return Analysis->of(record(Name)); }
  BackPointerCount count(const std::string &Name) { return Analysis->count(record(Name)); }
  bool encloses(const std::string &Name) { return Analysis->encloses(record(Name)); }

private:
  std::unique_ptr<clang::ASTUnit> Unit;
  WriterIndex Writers;
  std::optional<BackPointers> Analysis;
};

const char *const Proven = "struct whole;\n"
                           "struct part { long n; whole &up; };\n"
                           "struct whole : immovable { long m; part p; whole() : m(0), p{1, *this} {} };\n"
                           "struct outer { char c; whole w; };\n";

TEST(BackPointers, AreProvenByTheConstructorsOfAnImmovableClass) {
  Analysed A(Proven);
  BackPointerList List = A.of("whole");
  ASSERT_EQ(List.Pointers.size(), 1U);
  const BackPointer &P = List.Pointers.front();
  EXPECT_EQ(P.Level, Evidence::Proven);
  EXPECT_EQ(P.Offset, 16);
  EXPECT_EQ(P.PointeeOffset, 0);
  EXPECT_EQ(P.Encloser, P.Pointee);
  EXPECT_EQ(P.Field->getName(), "up");
  ASSERT_NE(P.Path, nullptr);
  EXPECT_EQ(P.Path->Field->getName(), "p");
  ASSERT_NE(P.Path->Next, nullptr);
  EXPECT_EQ(P.Path->Next->Next, nullptr);
}

TEST(BackPointers, KeepTheirEncloserInALargerObject) {
  Analysed A(Proven);
  BackPointerList List = A.of("outer");
  ASSERT_EQ(List.Pointers.size(), 1U);
  EXPECT_EQ(List.Pointers.front().Offset, 24);
  EXPECT_EQ(List.Pointers.front().EncloserOffset, 8);
  EXPECT_TRUE(A.encloses("whole"));
  EXPECT_FALSE(A.encloses("outer")) << "it contains the tree, and encloses no pointer of its own";
  EXPECT_FALSE(A.encloses("part"));
}

TEST(BackPointers, AreNothingInACopyableClass) {
  Analysed A("struct whole; struct part { whole &up; }; struct whole { part p; whole() : p{*this} {} };");
  EXPECT_TRUE(A.of("whole").Pointers.empty());
  EXPECT_EQ(A.count("whole").Count, 0U);
  EXPECT_FALSE(A.count("whole").Undecided);
}

TEST(BackPointers, AreLikelyInAReceiverOfAMovableOperationState) {
  Analysed A("struct whole;"
             "struct rcvr { using receiver_concept = void; whole *up; };"
             "struct whole { using operation_state_concept = void; rcvr r; };");
  BackPointerList List = A.of("whole");
  ASSERT_EQ(List.Pointers.size(), 1U);
  EXPECT_EQ(List.Pointers.front().Level, Evidence::Likely);
  EXPECT_EQ(List.Pointers.front().Receiver, &A.record("rcvr"));
  EXPECT_EQ(List.Pointers.front().Operation, &A.record("whole"));
  EXPECT_EQ(List.distinct(Evidence::Likely), 1U);
  EXPECT_EQ(List.distinct(Evidence::Proven), 0U);
}

TEST(BackPointers, CountUndecidedWhereBytesOrVoidPointersMayHideOne) {
  Analysed A("struct bytes { alignas(8) unsigned char storage[24]; };"
             "struct erased { void *anything; };"
             "struct text { char name[24]; const char *p; };");
  EXPECT_TRUE(A.count("bytes").Undecided);
  ASSERT_TRUE(A.count("bytes").Because.has_value());
  EXPECT_EQ(A.count("bytes").Because->How, OpaquePart::Kind::Bytes);
  EXPECT_EQ(A.count("bytes").Because->SizeBytes, 24);
  EXPECT_TRUE(A.count("erased").Undecided);
  EXPECT_EQ(A.count("erased").Because->How, OpaquePart::Kind::VoidPointer);
  EXPECT_FALSE(A.count("text").Undecided);
}

TEST(BackPointers, OfAlternativesCountOncePerOffset) {
  Analysed A("struct whole;"
             "struct a { whole *const up; }; struct b { whole *const up; };"
             "union either { a first; b second; either(whole *w) : first{w} {} };"
             "struct whole : immovable { either e; whole() : e(this) {} };");
  EXPECT_EQ(A.count("whole").Count, 1U);
}

TEST(BackPointers, AreFoundInBytesThatACastNames) {
  Analysed A("using size_t = decltype(sizeof(0));"
             "inline void *operator new(size_t, void *p) noexcept { return p; }"
             "struct whole; struct part { whole *const up; };"
             "struct whole : immovable { alignas(8) unsigned char storage[8];"
             "  whole() { ::new (static_cast<void *>(storage)) part{this}; } };");
  BackPointerList List = A.of("whole");
  EXPECT_TRUE(List.Opaque.empty());
  ASSERT_EQ(List.Pointers.size(), 1U);
  EXPECT_EQ(List.Pointers.front().Level, Evidence::Proven);
  EXPECT_EQ(List.Pointers.front().Path->How, Step::Kind::Storage);
}

} // namespace
