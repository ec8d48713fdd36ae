// Reads .snug.yaml.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"

#include "core/Expectation.h"
#include "core/Yaml.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Triple.h"

namespace snug {

using llvm::StringRef;

namespace {

struct RuleOption {
  StringRef Rule;
  StringRef Key;
};
constexpr RuleOption RuleOptions[] = {
#define SNUG_RULE_OPTION(RULE, KEY, DEFAULT, SUMMARY) {RULE, KEY},
#include "core/RuleOptions.def"
};

/// Reads the one mapping of a configuration.
class Reader {
  using Node = YamlFile::Node;

public:
  Reader(StringRef Text, StringRef FileName) : Yaml(Text, FileName) {
    Result.File = FileName.str();
    Result.Files.Root = llvm::sys::path::parent_path(FileName).str();
  }

  llvm::Expected<Config> read() {
    llvm::Error E = Yaml.read([&](Node &Root) {
      Yaml.forEachEntry(Root, "a configuration is a mapping of keys to values",
                        [&](StringRef Key, Node &KeyAt, Node &Value) {
                          Result.Origins[Key.str()] = Yaml.placeOf(KeyAt);
                          readEntry(Key, KeyAt, Value);
                        });
    });
    if (E)
      return std::move(E);
    return std::move(Result);
  }

private:
  void readEntry(StringRef Key, Node &KeyAt, Node &Value) {
    if (Key == "budgets")
      return readBudgets(Value);
    if (Key == "checks")
      return readGlobs(Key, Value, Result.Checks);
    if (Key == "exclude-paths")
      return readGlobs(Key, Value, Result.Files.Excluded);
    if (Key == "header-filter")
      return readGlobs(Key, Value, Result.Files.Headers);
    if (Key == "include-system-headers")
      return readFlag(Key, Value, Result.IncludeSystemHeaders);
    if (Key == "lock")
      return readGlobs(Key, Value, Result.LockedTypes);
    if (Key == "rules")
      return readRules(Value);
    if (Key == "strict")
      return readFlag(Key, Value, Result.Strict);
    if (Key == "targets")
      return readTargets(Value);
    if (Key == "third-party-paths")
      return readGlobs(Key, Value, Result.Files.ThirdParty);
    Yaml.failUnknown(KeyAt, "key", Key,
                     {"budgets", "checks", "exclude-paths", "header-filter", "include-system-headers", "lock", "rules",
                      "strict", "targets", "third-party-paths"});
  }

  void readFlag(StringRef Key, Node &Value, bool &Flag) { Flag = Yaml.flag(Value, "'" + Key + "'").value_or(Flag); }

  void requireGlob(Node &At, StringRef Glob) {
    if (llvm::Error E = checkGlob(Glob))
      Yaml.fail(At, llvm::toString(std::move(E)));
  }

  /// A sequence of globs, or one word with commas.
  void readGlobs(StringRef Key, Node &Value, std::vector<std::string> &Globs) {
    Globs.clear();
    if (std::optional<std::string> Text = Yaml.scalar(Value))
      Globs = splitGlobs(*Text);
    else
      readWords(Value, "'" + Key + "' is a list of globs", Globs);
    for (StringRef Glob : Globs)
      requireGlob(Value, Key == "checks" ? Glob.ltrim('-') : Glob);
  }

  void readWords(Node &Value, const llvm::Twine &What, std::vector<std::string> &Words) {
    const std::string Said = What.str();
    bool IsList = Yaml.forEachElement(Value, [&](Node &Element) {
      if (std::optional<std::string> Word = Yaml.word(Element, Said))
        Words.push_back(std::move(*Word));
    });
    if (!IsList)
      Yaml.fail(Value, Said);
  }

  /// rules: { GLOB: LEVEL, GLOB: { level: LEVEL, OPTION: NUMBER } }
  void readRules(Node &Value) {
    Yaml.forEachEntry(Value, "'rules' is a mapping of globs over rules to levels or options",
                      [&](StringRef Glob, Node &KeyAt, Node &Entry) {
                        RuleEntry &Rule = Result.Rules.emplace_back();
                        Rule.Glob = Glob.str();
                        Rule.Origin = Yaml.placeOf(KeyAt);
                        requireGlob(KeyAt, Glob);
                        if (Yaml.scalar(Entry))
                          Rule.Level = readLevel(Entry);
                        else
                          readRuleOptions(Entry, Rule);
                      });
  }

  void readRuleOptions(Node &Entry, RuleEntry &Rule) {
    Yaml.forEachEntry(Entry, "a rule is set to a level or to a mapping with 'level' and its options",
                      [&](StringRef Key, Node &KeyAt, Node &Value) {
                        if (Key == "level") {
                          Rule.Level = readLevel(Value);
                          return;
                        }
                        std::vector<StringRef> Known{"level"};
                        for (const RuleOption &Option : RuleOptions)
                          Known.push_back(Option.Key);
                        readNumber("option", "", Known, Key, KeyAt, Value, Rule.Options);
                      });
  }

  /// The number of a key, which must be one of those known; `Of` comes before the key where the number is none.
  void readNumber(StringRef Kind, StringRef Of, llvm::ArrayRef<StringRef> Known, StringRef Key, Node &KeyAt,
                  Node &Value, std::map<std::string, std::uint64_t> &Into) {
    if (!llvm::is_contained(Known, Key))
      return Yaml.failUnknown(KeyAt, Kind, Key, Known);
    if (std::optional<std::uint64_t> Number = Yaml.number(Value, Of + "'" + Key + "'"))
      Into[Key.str()] = *Number;
  }

  std::optional<RuleLevel> readLevel(Node &Value) {
    std::optional<std::string> Word = Yaml.word(Value, "a level is off, note, warning or error");
    if (!Word)
      return std::nullopt;
    if (Word == "off")
      return RuleLevel::Off;
    if (Word == "note")
      return RuleLevel::Note;
    if (Word == "warning")
      return RuleLevel::Warning;
    if (Word == "error")
      return RuleLevel::Error;
    Yaml.failUnknown(Value, "level", *Word, {"off", "note", "warning", "error"});
    return std::nullopt;
  }

  /// budgets: { GLOB: { QUANTITY: NUMBER } }; a number alone is one for the size.
  void readBudgets(Node &Value) {
    Yaml.forEachEntry(Value, "'budgets' is a mapping of globs over types to quantities",
                      [&](StringRef Glob, Node &KeyAt, Node &Entry) {
                        Budget &B = Result.Budgets.emplace_back();
                        B.TypeGlob = Glob.str();
                        B.Origin = Yaml.placeOf(KeyAt);
                        requireGlob(KeyAt, Glob);
                        if (Yaml.scalar(Entry))
                          readNumber("quantity", "the bound of ", {"size"}, "size", KeyAt, Entry, B.AtMost);
                        else
                          readBounds(B, Entry);
                        if (B.AtMost.empty())
                          Yaml.fail(KeyAt, "the budget of '" + Glob + "' bounds nothing");
                      });
  }

  void readBounds(Budget &B, Node &Entry) {
    Yaml.forEachEntry(Entry, "a budget is a number of bytes or a mapping of quantities to numbers",
                      [&](StringRef Key, Node &KeyAt, Node &Value) {
                        std::vector<StringRef> Known{"frame"};
                        for (const Quantity &Q : allQuantities())
                          // Counting back-pointers takes evidence from the whole program: it is stated in code.
                          if ((Q.Subjects & OnType) && Q.Name != "back_pointers")
                            Known.push_back(Q.Name);
                        readNumber("quantity", "the bound of ", Known, Key, KeyAt, Value, B.AtMost);
                      });
  }

  /// targets: [ TRIPLE, { triple: TRIPLE, flags: [FLAG…] } ]
  void readTargets(Node &Value) {
    bool IsList = Yaml.forEachElement(Value, [&](Node &Element) {
      Target &T = Result.Targets.emplace_back();
      T.Origin = Yaml.placeOf(Element);
      if (std::optional<std::string> Triple = Yaml.scalar(Element))
        readTriple(T, *Triple, Element);
      else
        readTarget(T, Element);
    });
    if (!IsList)
      Yaml.fail(Value, "'targets' is a list of target triples");
  }

  void readTarget(Target &T, Node &Element) {
    Yaml.forEachEntry(Element, "a target is a triple or a mapping with 'triple' and 'flags'",
                      [&](StringRef Key, Node &KeyAt, Node &Value) {
                        if (Key == "flags")
                          return readWords(Value, "'flags' is a list of flags of the compiler", T.Flags);
                        if (Key != "triple")
                          return Yaml.failUnknown(KeyAt, "key", Key, {"flags", "triple"});
                        if (std::optional<std::string> Triple = Yaml.word(Value, "'triple' is a word"))
                          readTriple(T, *Triple, Value);
                      });
    if (T.Triple.empty())
      Yaml.fail(Element, "the target has no 'triple'");
  }

  void readTriple(Target &T, StringRef Triple, Node &At) {
    llvm::Triple Parsed(Triple);
    if (Parsed.getArch() == llvm::Triple::UnknownArch)
      return Yaml.fail(At, "no architecture is called as that of the target '" + Triple +
                               "'; a target reads like 'aarch64-linux-gnu' or 'armv7em-none-eabi'");
    T.Triple = Triple.str();
    // A lock tells targets apart by their triples alone: with other flags, the second would contradict the first.
    const std::string Normal = llvm::Triple::normalize(Triple);
    for (const Target &Earlier : llvm::ArrayRef(Result.Targets).drop_back())
      if (llvm::Triple::normalize(Earlier.Triple) == Normal)
        return Yaml.fail(At, "the target '" + Triple + "' comes twice, first at " + Earlier.Origin +
                                 "; a lock has one entry for each triple, whatever the flags");
  }

  YamlFile Yaml;
  Config Result;
};

} // namespace

llvm::Expected<Config> parseConfig(StringRef Text, StringRef FileName) { return Reader(Text, FileName).read(); }

llvm::Expected<Config> readConfig(StringRef Path) {
  llvm::Expected<std::string> Text = readSettingsFile(Path, "the configuration");
  if (!Text)
    return Text.takeError();
  return parseConfig(*Text, Path);
}

std::string findConfigFile(StringRef Source) {
  llvm::SmallString<256> Folder = Source;
  if (llvm::sys::fs::make_absolute(Folder))
    return {};
  llvm::sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  while (llvm::sys::path::has_parent_path(Folder)) {
    llvm::sys::path::remove_filename(Folder);
    llvm::SmallString<256> Candidate = Folder;
    llvm::sys::path::append(Candidate, ".snug.yaml");
    // A link to nowhere is found here, so that reading it says so.
    llvm::sys::fs::file_status Status;
    if (!llvm::sys::fs::status(Candidate, Status, /*follow=*/false))
      return std::string(Candidate);
  }
  return {};
}

llvm::Expected<Config> findConfig(StringRef Source) {
  const std::string File = findConfigFile(Source);
  return File.empty() ? Config() : readConfig(File);
}

} // namespace snug
