// `snug check`: all rules and every stated expectation over sources or a compilation database.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckCommand.h"

#include "core/Config.h"
#include "core/Expectation.h"
#include "report/Report.h"
#include "rules/ReportedFiles.h"
#include "rules/Rule.h"
#include "tool/CheckObjects.h"
#include "tool/CheckUnits.h"
#include "tool/KnownFindings.h"
#include "tool/LockReport.h"
#include "tool/ObjectPromises.h"
#include "tool/SettingsText.h"
#include "tool/Sources.h"
#include "tool/StatsText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <map>
#include <set>

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

enum class Format { Text, Json, Sarif, GitHub };

cl::SubCommand Check("check", "hold sources to every rule and every stated expectation; objects to each other, too\n\n"
                              "  example: snug check start.cpp -- -std=c++20 -Iinclude\n"
                              "  example: snug check -p build --format=sarif > findings.sarif\n"
                              "  example: snug check build/a.o build/b.o build/lib.a");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p",
                               cl::desc("folder with compile_commands.json (default: the nearest one, in build too, "
                                        "here or above); without FILE, all of it is checked"),
                               cl::value_desc("BUILD"), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many files are checked at a time (default: as many as there are processors)"),
                       cl::value_desc("N"), cl::init(0), cl::Prefix, cl::sub(Check), cl::cat(optionCategory()));
cl::opt<unsigned> SecondsPerFile("timeout", cl::desc("give a file up after so many seconds (default: 600; 0: never)"),
                                 cl::value_desc("SECONDS"), cl::init(600), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<std::string> Checks("checks",
                            cl::desc("rules to run, as globs with commas; a leading '-' removes. Overrides the "
                                     "configuration. Example: --checks='-container-of-*'"),
                            cl::value_desc("GLOBS"), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<std::string> ConfigFile("config", cl::desc("read this instead of the nearest .snug.yaml"),
                                cl::value_desc("FILE"), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<Format> OutputFormat("format", cl::desc("how findings are written"), cl::init(Format::Text),
                             cl::values(clEnumValN(Format::Text, "text", "for people (default)"),
                                        clEnumValN(Format::Json, "json", "for programs; see docs/output.md"),
                                        clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0"),
                                        clEnumValN(Format::GitHub, "github", "GitHub annotations")),
                             cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> Strict("strict", cl::desc("undecided results fail the run (exit code 3)"), cl::sub(Check),
                     cl::cat(optionCategory()));
cl::opt<bool> IncludeSystemHeaders("include-system-headers", cl::desc("report in system headers, too"), cl::sub(Check),
                                   cl::cat(optionCategory()));
cl::opt<std::string> CacheFolder("cache", cl::desc("keep results here for the next run (default: BUILD/.snug-cache)"),
                                 cl::value_desc("DIR"), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> NoCache("no-cache", cl::desc("keep no results, and take none"), cl::sub(Check),
                      cl::cat(optionCategory()));
cl::opt<bool> Stats("stats", cl::desc("check everything again, and print what each phase and each rule cost on stderr"),
                    cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> ListRules("list-rules", cl::desc("print the rules that would run, and do nothing else"), cl::sub(Check),
                        cl::cat(optionCategory()));
cl::opt<bool> ExplainConfig("explain-config",
                            cl::desc("print every setting for FILE and where it comes from, and do nothing else"),
                            cl::sub(Check), cl::cat(optionCategory()));
cl::opt<std::string> SuppressionsFile("suppressions",
                                      cl::desc("be silent about the findings this file lists; what it lists and nobody "
                                               "finds any more fails the run"),
                                      cl::value_desc("FILE"), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> WriteSuppressions("write-suppressions", cl::desc("write what is found into the suppressions file"),
                                cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> Prune("prune", cl::desc("remove from the suppressions file what nobody finds any more"), cl::sub(Check),
                    cl::cat(optionCategory()));

/// Configuration and command line together, for one source.
struct Settings {
  Config FromFile;
  rules::RunOptions Run;
};

llvm::Expected<Settings> settingsFor(llvm::StringRef Source) {
  llvm::Expected<Config> Found = ConfigFile.empty() ? findConfig(Source) : readConfig(ConfigFile);
  if (!Found)
    return Found.takeError();
  Settings Result;
  Result.FromFile = std::move(*Found);
  auto Override = [&](const char *Key, auto &Setting, auto Value) {
    Setting = std::move(Value);
    Result.FromFile.Origins[Key] = std::string("--") + Key;
  };
  if (Checks.getNumOccurrences())
    Override("checks", Result.FromFile.Checks, splitGlobs(Checks));
  if (Strict.getNumOccurrences())
    Override("strict", Result.FromFile.Strict, Strict.getValue());
  if (IncludeSystemHeaders.getNumOccurrences())
    Override("include-system-headers", Result.FromFile.IncludeSystemHeaders, IncludeSystemHeaders.getValue());
  llvm::Expected<rules::RunOptions> Run = rules::runOptionsOf(Result.FromFile);
  if (!Run)
    return Run.takeError();
  Result.Run = std::move(*Run);
  return Result;
}

void write(llvm::ArrayRef<Finding> Findings, const report::Summary &Summary) {
  switch (OutputFormat) {
  case Format::Text:
    return report::writeText(llvm::outs(), Findings, llvm::sys::Process::StandardOutHasColors());
  case Format::Json:
    return report::writeJson(llvm::outs(), Findings, Summary);
  case Format::GitHub:
    return report::writeGitHub(llvm::outs(), Findings);
  case Format::Sarif:
    std::vector<report::RuleDescription> Rules;
    for (const rules::RuleInfo &Info : rules::allRules())
      Rules.push_back({Info.Id, Info.Summary, Info.Paragraph, Info.DefaultLevel});
    if (llvm::any_of(Files, isObject))
      llvm::append_range(Rules, rulesOnFacts());
    llvm::SmallString<256> Root;
    if (llvm::sys::fs::current_path(Root))
      Root.clear();
    return report::writeSarif(llvm::outs(), Findings, Rules, Root);
  }
}

/// --list-rules and --explain-config: for the first FILE, or for a file that would stand here.
int printSettings() {
  llvm::Expected<Settings> Found = settingsFor(Files.empty() ? std::string("./any") : Files.front());
  if (!Found)
    return reportCannotDo(Found.takeError());
  if (ListRules)
    listRules(llvm::outs(), Found->Run);
  else
    explainSettings(llvm::outs(), Found->FromFile, Found->Run);
  return Clean;
}

/// Everything on the command line and in the configuration that may change what is found in a source. An option counts
/// unless it is known to change nothing: one that is forgotten here costs time, not truth.
std::string fingerprint(const Settings &S, llvm::StringMap<std::string> &ConfigTexts) {
  static constexpr llvm::StringLiteral Inert[] = {"j",     "p",        "format", "strict",       "timeout",
                                                  "cache", "no-cache", "stats",  "suppressions", "write-suppressions",
                                                  "prune"};
  std::string Text;
  for (const std::string &Argument : givenArguments()) {
    llvm::StringRef Name(Argument);
    const bool IsOption = Name.consume_front("-");
    Name.consume_front("-");
    if (!(IsOption ? llvm::is_contained(Inert, Name.split('=').first) || Name.starts_with("j")
                   : Argument == BuildPath || llvm::is_contained(Files, Argument)))
      Text += Argument + '\n';
  }
  if (!S.FromFile.File.empty()) {
    auto [Entry, New] = ConfigTexts.try_emplace(S.FromFile.File);
    if (New)
      if (auto Read = llvm::MemoryBuffer::getFile(S.FromFile.File))
        Entry->second = (*Read)->getBuffer().str();
    Text += S.FromFile.File + '\n' + Entry->second;
  }
  return Text;
}

/// Where results are kept; empty means nowhere.
std::string cacheFolder(llvm::StringRef DatabaseFile) {
  if (NoCache || !CacheFolder.empty() || DatabaseFile.empty())
    return NoCache ? std::string() : CacheFolder;
  llvm::SmallString<256> Folder(DatabaseFile);
  llvm::sys::path::remove_filename(Folder);
  llvm::sys::path::append(Folder, ".snug-cache");
  return std::string(Folder);
}

/// "; 1204 records, 3.2 s, 12 files from the cache"
std::string describe(const CheckedUnits &All, std::chrono::steady_clock::duration Taken) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "; " << count(All.Seen.Records, "record", "records")
     << llvm::format(", %.1f s", std::chrono::duration<double>(Taken).count());
  if (All.Cached)
    OS << ", " << count(All.Cached, "file", "files") << " from the cache";
  return Text;
}

/// What the run looks at, for the suppressions file.
RunScope scopeOf(const Sources &Units, llvm::ArrayRef<UnitSettings> PerUnit) {
  RunScope Scope;
  Scope.Whole = Files.empty();
  for (std::size_t I = 0; I != Units.size(); ++I) {
    Scope.Files.push_back(Units.file(I));
    for (llvm::StringRef Id : PerUnit[I].Run.RuleIds)
      if (!llvm::is_contained(Scope.RuleIds, Id))
        Scope.RuleIds.push_back(Id);
  }
  return Scope;
}

/// A budget that names nothing bounds nothing. Returns whether all of them are used.
bool reportUnusedBudgets(llvm::ArrayRef<UnitSettings> PerUnit, const CheckedUnits &All) {
  std::map<std::string, std::string> Unused;
  for (const UnitSettings &Unit : PerUnit)
    if (Unit.Run.RuleIds.empty() || llvm::is_contained(Unit.Run.RuleIds, "oversized-operation"))
      for (const Budget &B : Unit.Run.Budgets)
        if (!llvm::is_contained(All.Seen.UsedBudgets, B.Origin))
          Unused.emplace(B.Origin, B.TypeGlob);
  for (const auto &[Origin, Glob] : Unused)
    llvm::errs() << "snug: error: " << Origin << ": no type or coroutine of the project is called as the budget of '"
                 << Glob << "' says\n";
  return Unused.empty();
}

/// A glob of `header-filter` that fits no header hides what its author wanted to see. Returns whether all of them are used.
bool reportUnusedHeaderGlobs(llvm::ArrayRef<UnitSettings> PerUnit, const CheckedUnits &All) {
  std::set<std::string> Messages;
  for (const UnitSettings &Unit : PerUnit)
    for (const std::string &Glob : Unit.Run.Files.Headers)
      if (!llvm::is_contained(All.Seen.UsedHeaderGlobs, rules::nameOfHeaderGlob(Unit.Run.Files, Glob)))
        Messages.insert(Unit.HeaderFilterOrigin + ": 'header-filter' names no header: '" + Glob +
                        "' matches none that the project includes");
  for (const std::string &Message : Messages)
    llvm::errs() << "snug: error: " << Message << '\n';
  return Messages.empty();
}

/// Findings on objects, where no source was named.
int reportObjects(std::vector<Finding> Found, std::size_t ObjectCount, const KnownFindings &Known) {
  RunScope Scope;
  for (const report::RuleDescription &Rule : rulesOnFacts())
    Scope.RuleIds.push_back(Rule.Id);
  llvm::Expected<KnownOutcome> Outcome = Known.apply(Found, Scope);
  if (!Outcome)
    return reportCannotDo(Outcome.takeError());
  report::Summary Summary = report::summarize(Found, ObjectCount);
  Summary.Suppressed = Outcome->Suppressed;
  write(Found, Summary);
  llvm::outs().flush();
  llvm::errs() << "snug: " << report::toString(Summary) << '\n';
  return Summary.Errors || Outcome->Stale ? Findings : Clean;
}

int run() {
  if (ListRules || ExplainConfig)
    return printSettings();
  const auto Start = std::chrono::steady_clock::now();
  llvm::Expected<KnownFindings> Known = KnownFindings::open({SuppressionsFile, WriteSuppressions, Prune});
  if (!Known)
    return reportCannotDo(Known.takeError());
  SourceRequest Request;
  std::vector<std::string> Objects;
  for (const std::string &File : Files)
    (isObject(File) ? Objects : Request.Files).push_back(File);
  std::vector<Finding> OfObjects;
  if (!Objects.empty()) {
    llvm::Expected<std::vector<Finding>> Found = checkObjects(Objects, ConfigFile);
    if (!Found)
      return reportCannotDo(Found.takeError());
    OfObjects = std::move(*Found);
    sortAndMerge(OfObjects);
    if (Request.Files.empty())
      return reportObjects(std::move(OfObjects), Objects.size(), *Known);
  }
  Request.BuildPath = BuildPath;
  Request.Flags = compilerFlags();
  Request.EmptyMeansAll = true;
  llvm::Expected<Sources> Units = Sources::find(std::move(Request));
  if (!Units)
    return reportCannotDo(Units.takeError());

  for (const std::string &Message : Units->left())
    llvm::errs() << "snug: error: " << Message << '\n';
  for (const std::string &Message : Units->assumed())
    llvm::errs() << "snug: note: " << Message << '\n';

  std::vector<UnitSettings> PerUnit;
  bool AnyStrict = false;
  llvm::StringMap<std::string> ConfigTexts;
  for (std::size_t I = 0; I != Units->size(); ++I) {
    llvm::Expected<Settings> Found = settingsFor(Units->file(I));
    if (!Found)
      return reportCannotDo(Found.takeError());
    AnyStrict |= Found->FromFile.Strict;
    Found->Run.Measure = Stats;
    std::string Fingerprint = fingerprint(*Found, ConfigTexts);
    PerUnit.push_back(
        {std::move(Found->Run), std::move(Fingerprint), std::move(Found->FromFile.Origins["header-filter"])});
  }

  CheckSettings How;
  How.Jobs = Jobs ? Jobs : llvm::hardware_concurrency().compute_thread_count();
  How.SecondsPerFile = SecondsPerFile;
  How.CacheFolder = cacheFolder(Units->database());
  How.ReadCache = !Stats;
  CheckedUnits All = checkUnits(*Units, PerUnit, How);
  if (!OfObjects.empty()) {
    llvm::append_range(All.Findings, std::move(OfObjects));
    sortAndMerge(All.Findings);
  }
  const bool Complete = !All.Failed && Units->left().empty();
  llvm::Expected<KnownOutcome> Outcome =
      Complete ? Known->apply(All.Findings, scopeOf(*Units, PerUnit)) : Known->applyIncomplete(All.Findings);
  if (!Outcome)
    return reportCannotDo(Outcome.takeError());
  report::Summary Summary = report::summarize(All.Findings, Units->size() + Objects.size());
  Summary.Suppressed = Outcome->Suppressed;
  write(All.Findings, Summary);
  llvm::outs().flush();
  llvm::errs() << "snug: " << report::toString(Summary) << describe(All, std::chrono::steady_clock::now() - Start)
               << '\n';
  if (Stats)
    writeStats(llvm::errs(), All);
  if (!Complete)
    return CannotDo;
  // Only a run over everything can tell what fits nothing.
  if (Files.empty()) {
    const bool BudgetsUsed = reportUnusedBudgets(PerUnit, All);
    if (!reportUnusedHeaderGlobs(PerUnit, All) || !BudgetsUsed)
      return CannotDo;
  }
  if (Summary.Errors || Outcome->Stale)
    return Findings;
  return AnyStrict && Summary.Undecided ? Undecided : Clean;
}

} // namespace

Command checkCommand() { return {&Check, run}; }

} // namespace snug::tool
