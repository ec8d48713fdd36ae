// Configuration files and the selection of rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"

#include <gtest/gtest.h>

namespace snug {
namespace {

std::string errorOf(llvm::Expected<Config> Result) { return Result ? "" : llvm::toString(Result.takeError()); }

TEST(ConfigTest, ReadsEveryKey) {
  llvm::Expected<Config> Read = parseConfig("checks: [a-*, -a-b]\n"
                                            "rules:\n"
                                            "  a-*: error\n"
                                            "  padding-hole: {level: note, threshold: 16}\n"
                                            "budgets:\n"
                                            "  'demo::op<*>': 64\n"
                                            "  demo::*: {size: 128, padding: 8}\n"
                                            "targets:\n"
                                            "  - aarch64-linux-gnu\n"
                                            "  - triple: armv7em-none-eabi\n"
                                            "    flags: [-mcpu=cortex-m4, -ffreestanding]\n"
                                            "strict: true\ninclude-system-headers: true\n"
                                            "header-filter: include/*\n"
                                            "third-party-paths:\n  - third_party\n"
                                            "exclude-paths: 'generated, *.gen.hpp'\n",
                                            "dir/x.yaml");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(Read->Checks, (std::vector<std::string>{"a-*", "-a-b"}));
  ASSERT_EQ(Read->Rules.size(), 2u);
  EXPECT_EQ(Read->Rules[0].Glob, "a-*");
  EXPECT_EQ(Read->Rules[0].Level, RuleLevel::Error);
  EXPECT_EQ(Read->Rules[1].Level, RuleLevel::Note);
  EXPECT_EQ(Read->Rules[1].Options.at("threshold"), 16u);
  EXPECT_EQ(Read->Rules[1].Origin, "dir/x.yaml:4:3");
  ASSERT_EQ(Read->Budgets.size(), 2u);
  EXPECT_EQ(Read->Budgets[0].TypeGlob, "demo::op<*>");
  EXPECT_EQ(Read->Budgets[0].AtMost, (std::map<std::string, std::uint64_t>{{"size", 64}}));
  EXPECT_EQ(Read->Budgets[1].AtMost, (std::map<std::string, std::uint64_t>{{"padding", 8}, {"size", 128}}));
  ASSERT_EQ(Read->Targets.size(), 2u);
  EXPECT_EQ(Read->Targets[0].Triple, "aarch64-linux-gnu");
  EXPECT_EQ(Read->Targets[1].Flags, (std::vector<std::string>{"-mcpu=cortex-m4", "-ffreestanding"}));
  EXPECT_EQ(Read->Files.Headers, std::vector<std::string>{"include/*"});
  EXPECT_EQ(Read->Files.ThirdParty, std::vector<std::string>{"third_party"});
  EXPECT_EQ(Read->Files.Excluded, (std::vector<std::string>{"generated", "*.gen.hpp"}));
  EXPECT_TRUE(Read->Strict);
  EXPECT_TRUE(Read->IncludeSystemHeaders);
  EXPECT_EQ(Read->Origins.at("strict"), "dir/x.yaml:12:1");
  EXPECT_EQ(Read->Files.Root, "dir");
}

TEST(ConfigTest, AnEmptyFileIsTheDefault) {
  for (const char *Text : {"", "# nothing\n", "---\n", "\xEF\xBB\xBF# nothing\r\n"}) {
    llvm::Expected<Config> Read = parseConfig(Text, "x.yaml");
    ASSERT_TRUE(static_cast<bool>(Read)) << Text << llvm::toString(Read.takeError());
    EXPECT_TRUE(Read->Checks.empty());
    EXPECT_FALSE(Read->Strict);
    EXPECT_TRUE(Read->Origins.empty());
  }
}

TEST(ConfigTest, WindowsLinesAndAByteOrderMarkChangeNothing) {
  llvm::Expected<Config> Read = parseConfig("\xEF\xBB\xBF"
                                            "checks:\r\n  - a\r\n  - -b\r\nstrict: true\r\n",
                                            "x.yaml");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(Read->Checks, (std::vector<std::string>{"a", "-b"}));
  EXPECT_TRUE(Read->Strict);
}

TEST(ConfigTest, NamesThePlaceAndTheNearestKey) {
  EXPECT_EQ(errorOf(parseConfig("strict: true\nexclude-path: a\n", "x.yaml")),
            "x.yaml:2:1: unknown key 'exclude-path'; did you mean 'exclude-paths'?");
  EXPECT_EQ(errorOf(parseConfig("colour: true\n", "x.yaml")), "x.yaml:1:1: unknown key 'colour'");
  EXPECT_EQ(errorOf(parseConfig("\"a\\nb\": 1\n", "x.yaml")), "x.yaml:1:1: unknown key 'a\\x0Ab'");
  EXPECT_EQ(errorOf(parseConfig("strict: 1\n", "x.yaml")), "x.yaml:1:9: 'strict' is true or false");
  EXPECT_EQ(errorOf(parseConfig("checks: {a: b}\n", "x.yaml")), "x.yaml:1:10: 'checks' is a list of globs");
  EXPECT_EQ(errorOf(parseConfig("- a\n", "x.yaml")), "x.yaml:1:1: a configuration is a mapping of keys to values");
  EXPECT_EQ(errorOf(parseConfig("strict: true\nstrict: false\n", "x.yaml")), "x.yaml:2:1: 'strict' comes twice");
  EXPECT_EQ(errorOf(parseConfig("exclude-paths: ['[a']\n", "x.yaml")).substr(0, 34),
            "x.yaml:1:17: malformed glob '[a': ");
}

TEST(ConfigTest, RefusesWhatIsNotAPlainDocument) {
  EXPECT_EQ(errorOf(parseConfig("checks: [a", "x.yaml")).substr(0, 27), "x.yaml:1:10: malformed YAML");
  EXPECT_EQ(errorOf(parseConfig("strict: true\n---\nstrict: true\n", "x.yaml")),
            "x.yaml:3:1: a second document; one file is one document");
  EXPECT_EQ(errorOf(parseConfig("checks: &a x\nexclude-paths: *a\n", "x.yaml")),
            "x.yaml:1:12: anchors and aliases are not understood here; write the value out");
  EXPECT_EQ(errorOf(parseConfig("? [a, b]\n: c\n", "x.yaml")), "x.yaml:1:4: a key is a word");
}

TEST(ConfigTest, NamesWhatIsWrongWithRules) {
  EXPECT_EQ(errorOf(parseConfig("rules: [a]\n", "x.yaml")),
            "x.yaml:1:9: 'rules' is a mapping of globs over rules to levels or options");
  EXPECT_EQ(errorOf(parseConfig("rules: {a: eror}\n", "x.yaml")),
            "x.yaml:1:12: unknown level 'eror'; did you mean 'error'?");
  EXPECT_EQ(errorOf(parseConfig("rules: {a: {treshold: 1}}\n", "x.yaml")),
            "x.yaml:1:13: unknown option 'treshold'; did you mean 'threshold'?");
  EXPECT_EQ(errorOf(parseConfig("rules: {a: {threshold: many}}\n", "x.yaml")), "x.yaml:1:24: 'threshold' is a number");
  EXPECT_EQ(errorOf(parseConfig("rules: {a: {threshold: -1}}\n", "x.yaml")), "x.yaml:1:24: 'threshold' is a number");
}

TEST(ConfigTest, NamesWhatIsWrongWithBudgets) {
  EXPECT_EQ(errorOf(parseConfig("budgets: 64\n", "x.yaml")),
            "x.yaml:1:10: 'budgets' is a mapping of globs over types to quantities");
  EXPECT_EQ(errorOf(parseConfig("budgets: {a: big}\n", "x.yaml")), "x.yaml:1:14: the bound of 'size' is a number");
  EXPECT_EQ(errorOf(parseConfig("budgets: {a: {sizes: 1}}\n", "x.yaml")),
            "x.yaml:1:15: unknown quantity 'sizes'; did you mean 'size'?");
  EXPECT_EQ(errorOf(parseConfig("budgets: {a: {}}\n", "x.yaml")), "x.yaml:1:11: the budget of 'a' bounds nothing");
}

TEST(ConfigTest, NamesWhatIsWrongWithTargets) {
  EXPECT_EQ(errorOf(parseConfig("targets: x86_64-linux-gnu\n", "x.yaml")),
            "x.yaml:1:10: 'targets' is a list of target triples");
  EXPECT_EQ(errorOf(parseConfig("targets: [aarhc64-linux-gnu]\n", "x.yaml")),
            "x.yaml:1:11: no architecture is called as that of the target 'aarhc64-linux-gnu'; a target reads like "
            "'aarch64-linux-gnu' or 'armv7em-none-eabi'");
  EXPECT_EQ(errorOf(parseConfig("targets: [{flags: [-m32]}]\n", "x.yaml")), "x.yaml:1:12: the target has no 'triple'");
  EXPECT_EQ(errorOf(parseConfig("targets: [{triple: arm-none-eabi, cpu: a}]\n", "x.yaml")),
            "x.yaml:1:35: unknown key 'cpu'");
  EXPECT_EQ(errorOf(parseConfig("targets: [{triple: arm-none-eabi, flags: -mthumb}]\n", "x.yaml")),
            "x.yaml:1:42: 'flags' is a list of flags of the compiler");
  EXPECT_EQ(errorOf(parseConfig("targets: [{triple: [a]}]\n", "x.yaml")), "x.yaml:1:21: 'triple' is a word");
  EXPECT_EQ(errorOf(parseConfig("targets: [[a]]\n", "x.yaml")),
            "x.yaml:1:12: a target is a triple or a mapping with 'triple' and 'flags'");
}

TEST(ConfigTest, ATripleComesOnceInAnyOrderAndSpelling) {
  const std::string Once = "; a lock has one entry for each triple, whatever the flags";
  const std::string Plain = "arm-none-eabi";
  const std::string FlagsLast = "{triple: arm-none-eabi, flags: [-mthumb]}";
  const std::string FlagsFirst = "{flags: [-mthumb], triple: arm-none-eabi}";
  const std::string Long = "arm-unknown-none-eabi";
  for (const std::string &First : {Plain, FlagsLast, FlagsFirst, Long})
    for (const std::string &Second : {Plain, FlagsLast, FlagsFirst, Long}) {
      const std::string Message = errorOf(parseConfig("targets:\n- " + First + "\n- " + Second + "\n", "x.yaml"));
      EXPECT_EQ(Message.substr(0, 9), "x.yaml:3:") << First << " and " << Second;
      EXPECT_NE(Message.find("eabi' comes twice, first at x.yaml:2:"), std::string::npos) << Message;
      EXPECT_NE(Message.find(Once), std::string::npos) << Message;
    }
  EXPECT_EQ(errorOf(parseConfig("targets: [arm-none-eabi, armeb-none-eabi, arm-linux-gnueabi]\n", "x.yaml")), "");
  EXPECT_EQ(errorOf(parseConfig("targets: [arm-none-eabi, aarch64-none-elf, arm-none-eabi]\n", "x.yaml")),
            "x.yaml:1:44: the target 'arm-none-eabi' comes twice, first at x.yaml:1:11" + Once);
}

TEST(ConfigTest, DeepNestingCostsNoStack) {
  std::string Deep(200000, '[');
  EXPECT_NE(errorOf(parseConfig(Deep, "x.yaml")), "");
  EXPECT_NE(errorOf(parseConfig("checks: " + Deep, "x.yaml")), "");
  EXPECT_NE(errorOf(parseConfig("unknown: " + Deep, "x.yaml")), "");
  EXPECT_NE(errorOf(parseConfig("? " + Deep, "x.yaml")), "");
}

class ResolutionTest : public testing::Test {
protected:
  /// "id:level:option=value …" of the rules that run.
  std::string resolve(llvm::StringRef Text) {
    llvm::Expected<Config> Read = parseConfig(Text, "x.yaml");
    if (!Read)
      return "unreadable: " + llvm::toString(Read.takeError());
    llvm::Expected<std::vector<RuleState>> Rules = resolveRules(*Read, {"cast-a", "cast-b", "padding-hole"});
    if (!Rules)
      return "error: " + llvm::toString(Rules.takeError());
    std::string Result;
    for (const RuleState &Rule : *Rules) {
      if (!Rule.Runs)
        continue;
      Result += (Result.empty() ? "" : " ") + Rule.Id.str();
      if (Rule.Level)
        Result += *Rule.Level == RuleLevel::Error ? ":error" : *Rule.Level == RuleLevel::Note ? ":note" : ":warning";
      for (const auto &[Key, Value] : Rule.Options)
        if (Value.second != "default")
          Result += ":" + Key + "=" + std::to_string(Value.first);
    }
    return Result;
  }
};

TEST_F(ResolutionTest, TheLastEntryThatSpeaksDecides) {
  EXPECT_EQ(resolve(""), "cast-a cast-b padding-hole");
  EXPECT_EQ(resolve("rules: {'*': error, cast-*: off, snug-cast-b: note}"), "cast-b:note padding-hole:error");
  EXPECT_EQ(resolve("rules: {'*': {threshold: 8}, padding-hole: warning}"),
            "cast-a cast-b padding-hole:warning:threshold=8");
  EXPECT_EQ(resolve("checks: cast-*\nrules: {'*': error}"), "cast-a:error cast-b:error");
}

TEST_F(ResolutionTest, WhatMatchesNothingIsAnError) {
  EXPECT_EQ(resolve("rules: {cats-a: off}"), "error: x.yaml:1:9: no rule matches 'cats-a'; did you mean 'cast-a'?");
  EXPECT_EQ(resolve("rules: {cast-*: {threshold: 8}}"),
            "error: x.yaml:1:9: no rule that 'cast-*' matches has an option 'threshold'");
  EXPECT_EQ(resolve("checks: cats-a"), "error: x.yaml:1:1: no rule matches 'cats-a'; did you mean 'cast-a'?");
  EXPECT_EQ(resolve("rules: {'*': off}"), "error: no rule is left to run: see 'rules' in x.yaml");
}

TEST_F(ResolutionTest, OriginsAreKept) {
  llvm::Expected<Config> Read = parseConfig("checks: [-cast-a]\nrules:\n  cast-b: note\n", "x.yaml");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  llvm::Expected<std::vector<RuleState>> Rules = resolveRules(*Read, {"cast-a", "cast-b", "padding-hole"});
  ASSERT_TRUE(static_cast<bool>(Rules)) << llvm::toString(Rules.takeError());
  EXPECT_EQ((*Rules)[0].Origin, "x.yaml:1:1");
  EXPECT_EQ((*Rules)[1].Origin, "x.yaml:3:3");
  EXPECT_EQ((*Rules)[2].Origin, "default");
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

TEST(PathTest, GlobsWithSlashMatchFromTheRoot) {
  EXPECT_TRUE(matchesPath({"src/*"}, "/project/src/a.hpp", "/project"));
  EXPECT_TRUE(matchesPath({"src/*"}, "/project/x/../src/a.hpp", "/project/"));
  EXPECT_FALSE(matchesPath({"src/*"}, "/project/lib/src/a.hpp", "/project"));
  EXPECT_FALSE(matchesPath({"src/*"}, "/project2/src/a.hpp", "/project"));
  EXPECT_TRUE(matchesPath({"{src,lib}/*.hpp"}, "/project/lib/a.hpp", "/project"));
}

} // namespace
} // namespace snug
