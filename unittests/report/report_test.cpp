// The writers over findings: carets, fix-its, escapes, counts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Report.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <gtest/gtest.h>

namespace snug::report {
namespace {

class ReportTest : public testing::Test {
protected:
  void SetUp() override {
    int Descriptor = -1;
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("report", "cpp", Descriptor, Path));
    llvm::raw_fd_ostream(Descriptor, true) << "int x;\n\tauto \xc3\xa9t\xc3\xa9 = y;\nlast";
    F.RuleId = "rule";
    F.Severity = Level::Error;
    F.Message = "what is wrong";
    F.Where = at(1, 5);
  }
  void TearDown() override { llvm::sys::fs::remove(Path); }

  Location at(unsigned Line, unsigned Column) { return {std::string(Path), Line, Column, 0}; }
  std::string text(bool Colour = false) {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    writeText(OS, F, Colour);
    return Text;
  }
  std::string here() { return std::string(Path); }

  llvm::SmallString<128> Path;
  Finding F;
};

TEST_F(ReportTest, TextShowsTheLineAndTheCaret) {
  EXPECT_EQ(text(), here() + ":1:5: error: what is wrong [snug-rule]\n    1 | int x;\n      |     ^\n");
}

TEST_F(ReportTest, TheCaretStandsBelowItsCharacterBehindTabsAndUmlauts) {
  F.Where = at(2, 15);
  EXPECT_EQ(text(), here() + ":2:15: error: what is wrong [snug-rule]\n    2 | \tauto \xc3\xa9t\xc3\xa9 = y;\n"
                             "      | \t           ^\n");
}

TEST_F(ReportTest, ReasonsAreNotesAndFixItsStandBelow) {
  F.Reasons.push_back({"", "because", at(3, 1), {{at(3, 1), at(3, 1), "f("}, {at(3, 5), at(3, 5), ")"}}});
  F.Reasons.push_back({"", "of nothing in a file", {}, {}});
  EXPECT_EQ(text(), here() + ":1:5: error: what is wrong [snug-rule]\n    1 | int x;\n      |     ^\n" + here() +
                        ":3:1: note: because\n    3 | last\n      | ^\n      | f(  )\n"
                        "note: of nothing in a file\n");
}

TEST_F(ReportTest, AGoneFileCostsTheLineOnly) {
  F.Where.File = "/gone/away.cpp";
  EXPECT_EQ(text(), "/gone/away.cpp:1:5: error: what is wrong [snug-rule]\n");
  F.Where = at(99, 1);
  EXPECT_EQ(text(), here() + ":99:1: error: what is wrong [snug-rule]\n");
}

TEST_F(ReportTest, ColourIsAsked) {
  EXPECT_EQ(text(false).find('\033'), std::string::npos);
  EXPECT_NE(text(true).find('\033'), std::string::npos);
}

TEST_F(ReportTest, WhatHoldsIsNotWritten) {
  F.Result = Verdict::Holds;
  EXPECT_EQ(text(), "");
}

TEST_F(ReportTest, SummariesCount) {
  Finding Warning = F;
  Warning.Severity = Level::Warning;
  Finding Undecided = F;
  Undecided.Severity = Level::Remark;
  Undecided.Result = Verdict::Undecided;
  EXPECT_EQ(toString(summarize({}, 1)), "1 file, 0 findings, 0 undecided");
  EXPECT_EQ(toString(summarize({F, F, Warning, Undecided}, 2)),
            "2 files, 3 findings (2 errors, 1 warning), 1 undecided");
}

TEST_F(ReportTest, JsonIsJson) {
  F.Message = "a \"quoted\" message";
  F.FixIts.push_back({at(1, 1), at(1, 4), "long"});
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeJson(OS, F, summarize(F, 1));
  llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Text);
  ASSERT_TRUE(static_cast<bool>(Parsed)) << llvm::toString(Parsed.takeError());
  const llvm::json::Object &Root = *Parsed->getAsObject();
  EXPECT_EQ(Root.getInteger("schema"), 1);
  const llvm::json::Object &First = *(*Root.getArray("findings"))[0].getAsObject();
  EXPECT_EQ(First.getString("message"), F.Message);
  EXPECT_EQ((*First.getArray("fixits"))[0].getAsObject()->getObject("end")->getInteger("column"), 4);
  EXPECT_EQ(Root.getObject("summary")->getInteger("errors"), 1);
}

TEST_F(ReportTest, SarifEscapesPathsAndOffersFixes) {
  F.Where.File = "/a b/c#d.cpp";
  F.Reasons.push_back({"", "repair", at(1, 1), {{at(1, 1), at(1, 4), "long"}}});
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeSarif(OS, F, RuleDescription{"rule", "finds", "[a]/1", Level::Error}, "/work folder");
  llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Text);
  ASSERT_TRUE(static_cast<bool>(Parsed)) << llvm::toString(Parsed.takeError());
  EXPECT_NE(Text.find("file:///a%20b/c%23d.cpp"), std::string::npos) << Text;
  EXPECT_NE(Text.find("\"insertedContent\""), std::string::npos);
  EXPECT_NE(Text.find("\"ruleIndex\": 0"), std::string::npos);
}

TEST_F(ReportTest, SarifNamesFilesFromTheRootAndCountsCharacters) {
  F.Where = at(2, 15);
  auto Write = [&](llvm::StringRef Root) {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    writeSarif(OS, F, RuleDescription{"rule", "finds", "[a]/1", Level::Error}, Root);
    return llvm::cantFail(llvm::json::parse(Text));
  };
  auto RunOf = [](const llvm::json::Value &V) { return (*V.getAsObject()->getArray("runs"))[0].getAsObject(); };
  auto ResultOf = [&](const llvm::json::Value &V) { return (*RunOf(V)->getArray("results"))[0].getAsObject(); };
  auto PlaceOf = [&](const llvm::json::Value &V) {
    return (*ResultOf(V)->getArray("locations"))[0].getAsObject()->getObject("physicalLocation");
  };
  const llvm::json::Value Below = Write(llvm::sys::path::parent_path(Path));
  EXPECT_EQ(PlaceOf(Below)->getObject("artifactLocation")->getString("uri"), llvm::sys::path::filename(Path));
  EXPECT_EQ(PlaceOf(Below)->getObject("artifactLocation")->getString("uriBaseId"), "SRCROOT");
  EXPECT_EQ(RunOf(Below)->getObject("originalUriBaseIds")->getObject("SRCROOT")->getString("uri"), "file:///tmp/");
  // Two bytes of the columns before are the second halves of umlauts.
  EXPECT_EQ(PlaceOf(Below)->getObject("region")->getInteger("startColumn"), 13);

  auto FingerprintOf = [&](const llvm::json::Value &V) {
    return ResultOf(V)->getObject("partialFingerprints")->getString("snugFinding/v1")->str();
  };
  const std::string Before = FingerprintOf(Below);
  F.Where = at(3, 1);
  EXPECT_EQ(FingerprintOf(Write(llvm::sys::path::parent_path(Path))), Before);
  F.Message = "what else is wrong";
  EXPECT_NE(FingerprintOf(Write(llvm::sys::path::parent_path(Path))), Before);
  EXPECT_EQ(PlaceOf(Write("/elsewhere"))->getObject("artifactLocation")->getString("uri"),
            "file://" + std::string(Path));
}

TEST_F(ReportTest, GitHubCommandsAreOneLineEach) {
  F.Where.File = "/x/a,b:c.cpp";
  F.Message = "100% wrong";
  F.Reasons.push_back({"", "because", {"/x/d.cpp", 4, 2, 0}, {}});
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeGitHub(OS, F);
  EXPECT_EQ(Text, "::error file=/x/a%2Cb%3Ac.cpp,line=1,col=5,title=snug-rule::100%25 wrong%0A/x/d.cpp:4: because\n");
  F.Where = {};
  F.Reasons.clear();
  F.Severity = Level::Note;
  F.Message = "two\r\nlines::a=b,c";
  Text.clear();
  writeGitHub(OS, F);
  EXPECT_EQ(Text, "::notice title=snug-rule::two%0D%0Alines::a=b,c\n");
}

} // namespace
} // namespace snug::report
