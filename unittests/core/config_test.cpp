// Configuration files and the selection of rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"

#include <gtest/gtest.h>

namespace snug {
namespace {

std::string errorOf(llvm::Expected<Config> Result) { return Result ? "" : llvm::toString(Result.takeError()); }

TEST(ConfigTest, ReadsEveryKey) {
  llvm::Expected<Config> Read = parseConfig("checks: [a-*, -a-b]\nstrict: true\ninclude-system-headers: true\n"
                                            "exclude-paths: 'third_party, *.gen.hpp'\n",
                                            "x.yaml");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(Read->Checks, (std::vector<std::string>{"a-*", "-a-b"}));
  EXPECT_EQ(Read->ExcludePaths, (std::vector<std::string>{"third_party", "*.gen.hpp"}));
  EXPECT_TRUE(Read->Strict);
  EXPECT_TRUE(Read->IncludeSystemHeaders);
}

TEST(ConfigTest, AnEmptyFileIsTheDefault) {
  for (const char *Text : {"", "# nothing\n", "---\n"}) {
    llvm::Expected<Config> Read = parseConfig(Text, "x.yaml");
    ASSERT_TRUE(static_cast<bool>(Read)) << Text << llvm::toString(Read.takeError());
    EXPECT_TRUE(Read->Checks.empty());
    EXPECT_FALSE(Read->Strict);
  }
}

TEST(ConfigTest, NamesThePlaceAndTheNearestKey) {
  EXPECT_EQ(errorOf(parseConfig("strict: true\nexclude-path: a\n", "x.yaml")),
            "x.yaml:2:1: unknown key 'exclude-path'; did you mean 'exclude-paths'?");
  EXPECT_EQ(errorOf(parseConfig("colour: true\n", "x.yaml")), "x.yaml:1:1: unknown key 'colour'");
  EXPECT_EQ(errorOf(parseConfig("strict: 1\n", "x.yaml")), "x.yaml:1:1: 'strict' is true or false");
  EXPECT_EQ(errorOf(parseConfig("checks: {a: b}\n", "x.yaml")), "x.yaml:1:1: 'checks' is a list of globs");
  EXPECT_EQ(errorOf(parseConfig("- a\n", "x.yaml")), "x.yaml:1:1: a configuration is a mapping of keys to values");
  EXPECT_NE(errorOf(parseConfig("checks: [a", "x.yaml")), "");
}

class SelectionTest : public testing::Test {
protected:
  std::string select(std::vector<std::string> Globs) {
    llvm::Expected<std::vector<llvm::StringRef>> Ids = selectRules(Globs, {"cast-a", "cast-b", "layout-c"});
    if (!Ids)
      return "error: " + llvm::toString(Ids.takeError());
    std::string Text;
    for (llvm::StringRef Id : *Ids)
      Text += (Text.empty() ? "" : " ") + Id.str();
    return Text;
  }
};

TEST_F(SelectionTest, GlobsAddAndRemoveInOrder) {
  EXPECT_EQ(select({}), "cast-a cast-b layout-c");
  EXPECT_EQ(select({"cast-*"}), "cast-a cast-b");
  EXPECT_EQ(select({"-cast-a"}), "cast-b layout-c");
  EXPECT_EQ(select({"*", "-cast-*", "cast-b"}), "cast-b layout-c");
  EXPECT_EQ(select({"snug-layout-c"}), "layout-c");
}

TEST_F(SelectionTest, AGlobThatSelectsNothingIsAnError) {
  EXPECT_EQ(select({"layout-d"}), "error: no rule matches 'layout-d'; did you mean 'layout-c'?");
  EXPECT_EQ(select({"-cats-a"}), "error: no rule matches '-cats-a'; did you mean 'cast-a'?");
  EXPECT_EQ(select({"zebra"}), "error: no rule matches 'zebra'; 'snug check --list-rules' lists them");
  EXPECT_EQ(select({"*", "-*"}), "error: the checks '*,-*' leave no rule to run");
  EXPECT_EQ(select({"[a"}).substr(0, 26), "error: malformed glob '[a'");
}

TEST(PathTest, GlobsWithoutSlashMatchFoldersAndNames) {
  EXPECT_TRUE(matchesPath({"third_party"}, "/a/third_party/b.hpp"));
  EXPECT_TRUE(matchesPath({"*.gen.hpp"}, "/a/b.gen.hpp"));
  EXPECT_TRUE(matchesPath({"/a/*"}, "/a/b.hpp"));
  EXPECT_FALSE(matchesPath({"third"}, "/a/third_party/b.hpp"));
  EXPECT_FALSE(matchesPath({}, "/a"));
}

} // namespace
} // namespace snug
