// `snug lock`: writes and checks the reviewable record of what is promised.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/LockCommand.h"

#include "core/Expectation.h"
#include "facts/LockDiff.h"
#include "facts/LockStorage.h"
#include "report/Report.h"
#include "tool/Promises.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
namespace path = llvm::sys::path;

enum class Format { Text, Json, Sarif, GitHub };

cl::SubCommand LockOptions("lock", "write or check snug.lock, the reviewable record of promised layouts and loads\n\n"
                                   "  example: snug lock --update -p build\n"
                                   "  example: snug lock --check -p build src/session.cpp");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p", cl::desc("folder with compile_commands.json; without FILE, all of it is read"),
                               cl::value_desc("BUILD"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many files are read at a time"), cl::value_desc("N"), cl::init(1), cl::Prefix,
                       cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<bool> CheckMode("check", cl::desc("say what moved since the lock was written (default)"), cl::sub(LockOptions),
                        cl::cat(optionCategory()));
cl::opt<bool> UpdateMode("update", cl::desc("write the lock"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> LockPath("lock",
                              cl::desc("the lock file (default: the nearest snug.lock, in this folder or above)"),
                              cl::value_desc("FILE"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> ConfigFile("config", cl::desc("read this instead of the nearest .snug.yaml"),
                                cl::value_desc("FILE"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<Format> OutputFormat("format", cl::desc("how differences are written"), cl::init(Format::Text),
                             cl::values(clEnumValN(Format::Text, "text", "for people (default)"),
                                        clEnumValN(Format::Json, "json", "for programs; see docs/check.md"),
                                        clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0"),
                                        clEnumValN(Format::GitHub, "github", "GitHub annotations")),
                             cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<bool> Strict("strict", cl::desc("a lock that is out of date in compatible ways fails, too"),
                     cl::sub(LockOptions), cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// `Name` in this folder or the nearest one above; empty when there is none.
std::string findUpwards(llvm::StringRef Name) {
  llvm::SmallString<256> Folder;
  if (llvm::sys::fs::current_path(Folder))
    return {};
  for (;; path::remove_filename(Folder)) {
    llvm::SmallString<256> Candidate(Folder);
    path::append(Candidate, Name);
    if (llvm::sys::fs::exists(Candidate))
      return std::string(Candidate);
    if (!path::has_parent_path(Folder) || path::parent_path(Folder) == Folder)
      return {};
  }
}

/// Where the lock is, or shall be: beside the configuration when there is none yet.
std::string lockFile() {
  if (!LockPath.empty())
    return LockPath;
  if (std::string Found = findUpwards("snug.lock"); !Found.empty())
    return Found;
  llvm::SmallString<256> Beside(findUpwards(".snug.yaml"));
  if (Beside.empty())
    return "snug.lock";
  path::remove_filename(Beside);
  path::append(Beside, "snug.lock");
  return std::string(Beside);
}

/// As a reader types it from here.
std::string fromHere(llvm::StringRef Path) {
  llvm::SmallString<256> Here;
  return llvm::sys::fs::current_path(Here) ? Path.str() : fromRoot(Path, Here);
}

/// Places are named from the lock's folder; people and editors open them from here.
class Places {
public:
  explicit Places(std::string Root) : Root(std::move(Root)) {}
  void fix(Finding &F) const {
    fix(F.Where);
    for (Reason &R : F.Reasons)
      fix(R.Where);
  }

private:
  void fix(Location &Where) const {
    if (!Where.isValid())
      return;
    llvm::SmallString<256> Path(Where.File);
    if (path::is_relative(Path)) {
      Path = Root;
      path::append(Path, Where.File);
    }
    Where.File = fromHere(Path);
    Where.Raw = 0;
  }
  std::string Root;
};

void write(llvm::ArrayRef<Finding> Findings, std::size_t FileCount) {
  using facts::Change;
  switch (OutputFormat) {
  case Format::Text:
    return report::writeText(llvm::outs(), Findings, llvm::sys::Process::StandardOutHasColors());
  case Format::Json:
    return report::writeJson(llvm::outs(), Findings, report::summarize(Findings, FileCount));
  case Format::GitHub:
    return report::writeGitHub(llvm::outs(), Findings);
  case Format::Sarif:
    std::vector<report::RuleDescription> Rules;
    for (Change C : {Change::Added, Change::Compatible, Change::Larger, Change::LayoutChanged, Change::PromiseBroken,
                     Change::Removed})
      Rules.push_back({facts::ruleId(C), facts::summaryOf(C), ""});
    Rules.push_back({"lock-contradiction", "two units lay one type out differently", "[basic.def.odr]"});
    return report::writeSarif(llvm::outs(), Findings, Rules);
  }
}

/// One run over one lock file.
class Run {
public:
  Run(std::string Path, Promises Now, std::string Root)
      : Path(std::move(Path)), Name(fromHere(this->Path)), Now(std::move(Now)), Where(std::move(Root)) {}

  int check() {
    llvm::Expected<std::optional<facts::Lock>> Old = readOld();
    if (!Old)
      return reportCannotDo(Old.takeError());
    if (!*Old)
      return fail("there is no lock file '" + Name + "'; 'snug lock --update' writes it");
    std::vector<Finding> Findings = std::move(Now.Contradictions);
    bool IsStale = false, IsBroken = !Findings.empty();
    for (facts::Difference &D : compareWith(**Old)) {
      IsStale = true;
      if (D.What != facts::Change::Compatible) {
        IsBroken = true;
        D.Report.Severity = Level::Error;
      }
      D.Report.Reasons.push_back({"", whatToDo(D), {}, {}});
      Findings.push_back(std::move(D.Report));
    }
    finish(Findings);
    llvm::errs() << "snug: " << count(Now.Entries.size(), "promise", "promises") << ", "
                 << (IsStale || IsBroken ? std::to_string(Findings.size()) + " of them not as locked in '"
                                         : std::string("all as locked in '"))
                 << Name << "'\n";
    return IsBroken || (Strict && IsStale) ? ExitCode::Findings : Clean;
  }

  int update() {
    // What cannot hold must not be locked: the next run would only repeat it.
    std::vector<Finding> Broken = std::move(Now.Contradictions);
    for (const facts::LockEntry &Entry : Now.Entries)
      for (const std::string &Text : facts::brokenPromises(Entry.Stated, Entry)) {
        Finding F;
        F.RuleId = facts::ruleId(facts::Change::PromiseBroken).str();
        F.Severity = Level::Error;
        F.Where = Entry.Where;
        F.Message = "'" + Entry.Name + "' on " + facts::describe(Entry.On) + " " + Text;
        F.Reasons.push_back({"", "nothing was locked; keep the promise or change it in the source first", {}, {}});
        Broken.push_back(std::move(F));
      }
    if (!Broken.empty()) {
      finish(Broken);
      return ExitCode::Findings;
    }
    llvm::Expected<facts::UpdateGuard> Guard = facts::UpdateGuard::acquire(Path);
    if (!Guard)
      return reportCannotDo(Guard.takeError());
    llvm::Expected<std::optional<std::string>> OldText = facts::readText(Path);
    if (!OldText)
      return reportCannotDo(OldText.takeError());
    facts::Lock Old;
    if (*OldText) {
      llvm::Expected<facts::Lock> Read = facts::readLock(**OldText, Name);
      if (!Read)
        return reportCannotDo(Read.takeError());
      Old = std::move(*Read);
    }
    const std::string Text = facts::writeLock(merged(Old));
    const std::size_t Changes = compareWith(Old).size();
    if (*OldText && **OldText == Text) {
      llvm::errs() << "snug: '" << Name << "' is up to date, " << count(Now.Entries.size(), "promise", "promises")
                   << "\n";
      return Clean;
    }
    if (llvm::Error E = facts::replaceText(Path, Text))
      return reportCannotDo(std::move(E));
    llvm::errs() << "snug: '" << Name << "' written, " << count(Changes, "change", "changes") << "\n";
    return Clean;
  }

private:
  llvm::Expected<std::optional<facts::Lock>> readOld() const {
    llvm::Expected<std::optional<std::string>> Text = facts::readText(Path);
    if (!Text)
      return Text.takeError();
    if (!*Text)
      return std::nullopt;
    llvm::Expected<facts::Lock> Read = facts::readLock(**Text, Name);
    if (!Read)
      return Read.takeError();
    return std::move(*Read);
  }

  /// Whether this run would have seen `Old` if it were still promised.
  bool isCovered(const facts::LockEntry &Old) const {
    return Now.IsWhole || llvm::is_contained(Now.Read, Old.Where.File);
  }

  std::vector<facts::Difference> compareWith(const facts::Lock &Old) const {
    return facts::compare(Old, Now.Entries, [&](const facts::LockEntry &E) { return isCovered(E); });
  }

  /// What this run saw, and of the old lock what it could not see.
  facts::Lock merged(const facts::Lock &Old) const {
    facts::Lock Result;
    for (const facts::LockEntry &Entry : Now.Entries)
      if (Entry.isMeasured())
        Result.push_back(Entry);
    for (const facts::LockEntry &Entry : Old) {
      auto Same = llvm::lower_bound(Now.Entries, Entry);
      const bool IsGone = Same == Now.Entries.end() || Entry < *Same;
      if (IsGone ? !isCovered(Entry) : !Same->isMeasured())
        Result.push_back(Entry);
    }
    return Result;
  }

  std::string whatToDo(const facts::Difference &D) const {
    switch (D.What) {
    case facts::Change::Added:
      return "'snug lock --update' locks it";
    case facts::Change::Removed:
      return "if the promise is given up, 'snug lock --update' takes it out of '" + Name + "'";
    default:
      return ("this counts as '" + facts::toString(D.What) +
              "'; if it is meant, run 'snug lock --update' and commit '" + Name + "'")
          .str();
    }
  }

  void finish(std::vector<Finding> &Findings) const {
    for (Finding &F : Findings)
      Where.fix(F);
    sortAndMerge(Findings);
    write(Findings, Now.Read.size());
    llvm::outs().flush();
  }

  std::string Path;
  std::string Name;
  Promises Now;
  Places Where;
};

int run() {
  if (CheckMode && UpdateMode)
    return fail("both --check and --update were given");
  const std::string Path = lockFile();
  llvm::SmallString<256> Root(Path);
  if (std::error_code Code = llvm::sys::fs::make_absolute(Root))
    return fail("the current folder cannot be read: " + Code.message());
  path::remove_filename(Root);
  PromiseRequest Request;
  Request.Files.assign(Files.begin(), Files.end());
  Request.BuildPath = BuildPath;
  Request.Flags = compilerFlags();
  Request.Root = std::string(Root);
  Request.ConfigFile = ConfigFile;
  Request.Jobs = Jobs ? Jobs : 1;
  llvm::Expected<Promises> Now = gatherPromises(Request);
  if (!Now)
    return reportCannotDo(Now.takeError());
  if (!Now->AllCompiled)
    return CannotDo;
  Run Job(Path, std::move(*Now), std::string(Root));
  return UpdateMode ? Job.update() : Job.check();
}

} // namespace

Command lockCommand() { return {&LockOptions, run}; }

} // namespace snug::tool
