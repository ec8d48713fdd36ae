// Says which settings are in force and where each comes from.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/SettingsText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/YAMLParser.h"

namespace snug::tool {
namespace {

const char *nameOf(RuleLevel L) {
  switch (L) {
  case RuleLevel::Off:
    return "off";
  case RuleLevel::Note:
    return "note";
  case RuleLevel::Warning:
    return "warning";
  case RuleLevel::Error:
    return "error";
  }
  return "off";
}

/// "level" of a rule as it runs.
std::string levelOf(const RuleState &State, const rules::RuleInfo &Info) {
  if (!State.Runs)
    return "off";
  return State.Level ? nameOf(*State.Level) : toString(Info.DefaultLevel);
}

std::string quoted(llvm::StringRef Text) { return "\"" + llvm::yaml::escape(Text, /*EscapePrintable=*/false) + "\""; }

/// Lines of YAML with their origins in a column of their own.
class Lines {
public:
  explicit Lines(llvm::raw_ostream &OS) : OS(OS) {}

  void add(const std::string &Text, llvm::StringRef Origin) {
    // Paths are long: what does not fit moves its comment, and no other line's.
    constexpr std::size_t Column = 44;
    OS << Text << std::string(Text.size() < Column ? Column - Text.size() : 1, ' ') << "# " << Origin << '\n';
  }
  void list(llvm::StringRef Key, llvm::ArrayRef<std::string> Words, llvm::StringRef Origin) {
    std::vector<std::string> Quoted;
    for (const std::string &Word : Words)
      Quoted.push_back(quoted(Word));
    add((Key + ": [" + llvm::join(Quoted, ", ") + "]").str(), Origin);
  }

private:
  llvm::raw_ostream &OS;
};

} // namespace

void listRules(llvm::raw_ostream &OS, const rules::RunOptions &Options) {
  for (auto [State, Info] : llvm::zip_equal(Options.States, rules::allRules())) {
    if (!State.Runs)
      continue;
    OS << Info.Id << " (" << levelOf(State, Info);
    if (State.Level)
      OS << ", set at " << State.Origin;
    OS << "): " << Info.Summary << ' ' << Info.Paragraph << '\n';
  }
}

void explainSettings(llvm::raw_ostream &OS, const Config &Settings, const rules::RunOptions &Options) {
  Lines Out(OS);
  auto OriginOf = [&](const char *Key) -> llvm::StringRef {
    auto Known = Settings.Origins.find(Key);
    return Known == Settings.Origins.end() ? "default" : llvm::StringRef(Known->second);
  };
  auto Flag = [&](const char *Key, bool Value) {
    Out.add(std::string(Key) + (Value ? ": true" : ": false"), OriginOf(Key));
  };
  Out.list("checks", Settings.Checks.empty() ? std::vector<std::string>{"*"} : Settings.Checks, OriginOf("checks"));
  Out.add("rules:", OriginOf("rules"));
  for (auto [State, Info] : llvm::zip_equal(Options.States, rules::allRules())) {
    const std::string Level = levelOf(State, Info);
    if (State.Options.empty()) {
      Out.add("  " + State.Id.str() + ": " + Level, State.Origin);
      continue;
    }
    Out.add("  " + State.Id.str() + ":", "");
    Out.add("    level: " + Level, State.Origin);
    for (const auto &[Key, Value] : State.Options)
      Out.add("    " + Key + ": " + std::to_string(Value.first), Value.second);
  }
  Out.add(Settings.Budgets.empty() ? "budgets: {}" : "budgets:", OriginOf("budgets"));
  for (const Budget &B : Settings.Budgets) {
    std::vector<std::string> Bounds;
    for (const auto &[Quantity, Bound] : B.AtMost)
      Bounds.push_back(Quantity + ": " + std::to_string(Bound));
    Out.add("  " + quoted(B.TypeGlob) + ": {" + llvm::join(Bounds, ", ") + "}", B.Origin);
  }
  Out.add(Settings.Targets.empty() ? "targets: []" : "targets:", OriginOf("targets"));
  for (const Target &T : Settings.Targets) {
    std::vector<std::string> Flags;
    for (const std::string &F : T.Flags)
      Flags.push_back(quoted(F));
    Out.add("  - {triple: " + quoted(T.Triple) + ", flags: [" + llvm::join(Flags, ", ") + "]}", T.Origin);
  }
  Out.list("lock", Settings.LockedTypes, OriginOf("lock"));
  Out.list("header-filter", Settings.Files.Headers, OriginOf("header-filter"));
  Out.list("third-party-paths", Settings.Files.ThirdParty, OriginOf("third-party-paths"));
  Out.list("exclude-paths", Settings.Files.Excluded, OriginOf("exclude-paths"));
  Flag("include-system-headers", Settings.IncludeSystemHeaders);
  Flag("strict", Settings.Strict);
}

} // namespace snug::tool
