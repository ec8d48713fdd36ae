// `snug check`: all rules and every stated expectation over sources or a compilation database.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckCommand.h"

#include "core/Config.h"
#include "core/Expectation.h"
#include "report/Report.h"
#include "rules/Rule.h"
#include "tool/CheckUnits.h"
#include "tool/Sources.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

enum class Format { Text, Json, Sarif, GitHub };

cl::SubCommand Check("check", "hold sources to every rule and every stated expectation\n\n"
                              "  example: snug check start.cpp -- -std=c++20 -Iinclude\n"
                              "  example: snug check -p build --format=sarif > findings.sarif");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(Check), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p", cl::desc("folder with compile_commands.json; without FILE, all of it is checked"),
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
                                        clEnumValN(Format::Json, "json", "for programs; see docs/check.md"),
                                        clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0"),
                                        clEnumValN(Format::GitHub, "github", "GitHub annotations")),
                             cl::sub(Check), cl::cat(optionCategory()));
cl::opt<bool> Strict("strict", cl::desc("undecided results fail the run (exit code 3)"), cl::sub(Check),
                     cl::cat(optionCategory()));
cl::opt<bool> IncludeSystemHeaders("include-system-headers", cl::desc("report in system headers, too"), cl::sub(Check),
                                   cl::cat(optionCategory()));
cl::opt<bool> ListRules("list-rules", cl::desc("print the rules that would run, and do nothing else"), cl::sub(Check),
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
  Result.FromFile.Strict |= Strict;
  if (Checks.getNumOccurrences()) {
    Result.FromFile.Checks = splitGlobs(Checks);
    Result.FromFile.Origins.erase("checks");
  }
  Result.FromFile.IncludeSystemHeaders |= IncludeSystemHeaders;
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
      Rules.push_back({Info.Id, Info.Summary, Info.Paragraph});
    return report::writeSarif(llvm::outs(), Findings, Rules);
  }
}

int listRules() {
  llvm::Expected<Settings> Selected = settingsFor("./any");
  if (!Selected)
    return reportCannotDo(Selected.takeError());
  for (const rules::RuleInfo &Info : rules::allRules())
    if (llvm::is_contained(Selected->Run.RuleIds, Info.Id))
      llvm::outs() << Info.Id << " (" << toString(Info.DefaultLevel) << "): " << Info.Summary << ' ' << Info.Paragraph
                   << '\n';
  return Clean;
}

int run() {
  if (ListRules)
    return listRules();
  SourceRequest Request;
  Request.Files.assign(Files.begin(), Files.end());
  Request.BuildPath = BuildPath;
  Request.Flags = compilerFlags();
  Request.EmptyMeansAll = true;
  llvm::Expected<Sources> Units = Sources::find(std::move(Request));
  if (!Units)
    return reportCannotDo(Units.takeError());

  for (const std::string &Message : Units->left())
    llvm::errs() << "snug: error: " << Message << '\n';

  std::vector<UnitSettings> PerUnit;
  bool AnyStrict = false;
  for (std::size_t I = 0; I != Units->size(); ++I) {
    llvm::Expected<Settings> Found = settingsFor(Units->file(I));
    if (!Found)
      return reportCannotDo(Found.takeError());
    AnyStrict |= Found->FromFile.Strict;
    PerUnit.push_back({std::move(Found->Run), std::move(Found->FromFile.ExcludePaths)});
  }

  const CheckedUnits All =
      checkUnits(*Units, PerUnit, {Jobs ? Jobs : llvm::hardware_concurrency().compute_thread_count(), SecondsPerFile});
  report::Summary Summary = report::summarize(All.Findings, Units->size());
  write(All.Findings, Summary);
  llvm::outs().flush();
  llvm::errs() << "snug: " << report::toString(Summary) << "; " << count(All.Seen.Records, "record", "records") << '\n';
  if (All.Failed || !Units->left().empty())
    return CannotDo;
  if (Summary.Errors)
    return Findings;
  return AnyStrict && Summary.Undecided ? Undecided : Clean;
}

} // namespace

Command checkCommand() { return {&Check, run}; }

} // namespace snug::tool
