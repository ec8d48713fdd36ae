// `snug lock`: writes and checks the reviewable record of what is promised.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/LockCommand.h"

#include "core/Expectation.h"
#include "facts/LockDiff.h"
#include "facts/LockStorage.h"
#include "tool/LockReport.h"
#include "tool/Promises.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

cl::SubCommand LockOptions("lock", "write or check snug.lock, the reviewable record of promised layouts and loads\n\n"
                                   "  example: snug lock --update -p build\n"
                                   "  example: snug lock --check -p build src/session.cpp");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p",
                               cl::desc("folder with compile_commands.json (default: the nearest one, in build too, "
                                        "here or above); without FILE, all of it is read"),
                               cl::value_desc("BUILD"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many files are read at a time (default: as many as there are processors)"),
                       cl::value_desc("N"), cl::init(0), cl::Prefix, cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<bool> CheckMode("check", cl::desc("say what moved since the lock was written (default)"), cl::sub(LockOptions),
                        cl::cat(optionCategory()));
cl::opt<bool> UpdateMode("update", cl::desc("write the lock"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> LockPath("lock",
                              cl::desc("the lock file (default: the nearest snug.lock, in this folder or above)"),
                              cl::value_desc("FILE"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<std::string> ConfigFile("config", cl::desc("read this instead of the nearest .snug.yaml"),
                                cl::value_desc("FILE"), cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<LockFormat> OutputFormat("format", cl::desc("how differences are written"), cl::init(LockFormat::Text),
                                 cl::values(clEnumValN(LockFormat::Text, "text", "for people (default)"),
                                            clEnumValN(LockFormat::Json, "json", "for programs; see docs/check.md"),
                                            clEnumValN(LockFormat::Sarif, "sarif", "SARIF 2.1.0"),
                                            clEnumValN(LockFormat::GitHub, "github", "GitHub annotations"),
                                            clEnumValN(LockFormat::Markdown, "markdown", "for a pull request")),
                                 cl::sub(LockOptions), cl::cat(optionCategory()));
cl::opt<bool> Strict("strict", cl::desc("a lock that is out of date in compatible ways fails, too"),
                     cl::sub(LockOptions), cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// One run over one lock file.
class Run {
public:
  Run(std::string Path, Promises Now, std::string Root)
      : Path(std::move(Path)), Name(fromHere(this->Path)), Now(std::move(Now)), Root(std::move(Root)) {}

  int check() {
    llvm::Expected<std::optional<facts::Lock>> Old = readLockFile(Path);
    if (!Old)
      return reportCannotDo(Old.takeError());
    if (!*Old)
      return fail("there is no lock file '" + Name + "'; 'snug lock --update' writes it");
    std::vector<Finding> Findings = std::move(Now.Contradictions);
    bool IsBroken = !Findings.empty();
    for (facts::Difference &D : compareWith(**Old)) {
      if (D.What != facts::Change::Compatible) {
        IsBroken = true;
        D.Report.Severity = Level::Error;
      }
      D.Report.Reasons.push_back({"", whatToDo(D), {}, {}});
      Findings.push_back(std::move(D.Report));
    }
    const std::size_t Count = Findings.size();
    print(std::move(Findings));
    llvm::errs() << "snug: " << count(Now.Entries.size(), "promise", "promises") << ", "
                 << (Count ? count(Count, "difference to '", "differences to '") : std::string("all as locked in '"))
                 << Name << "'\n";
    sayUnmeasured();
    return IsBroken || (Strict && Count) ? ExitCode::Findings : Clean;
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
      print(std::move(Broken));
      return ExitCode::Findings;
    }
    // Two runs at a time: each must see what the other wrote.
    llvm::Expected<facts::UpdateGuard> Guard = facts::UpdateGuard::acquire(Path);
    if (!Guard)
      return reportCannotDo(Guard.takeError());
    llvm::Expected<std::optional<facts::Lock>> Read = readLockFile(Path);
    if (!Read)
      return reportCannotDo(Read.takeError());
    const facts::Lock Old = Read->value_or(facts::Lock());
    const std::string Text = facts::writeLock(merged(Old));
    if (*Read && facts::writeLock(Old) == Text) {
      llvm::errs() << "snug: '" << Name << "' is up to date, " << count(Now.Entries.size(), "promise", "promises")
                   << '\n';
      sayUnmeasured();
      return Clean;
    }
    if (llvm::Error E = facts::replaceText(Path, Text))
      return reportCannotDo(std::move(E));
    llvm::errs() << "snug: '" << Name << "' written, "
                 << (*Read ? count(compareWith(Old).size(), "change", "changes")
                           : count(Now.Entries.size(), "promise", "promises"))
                 << '\n';
    sayUnmeasured();
    return Clean;
  }

private:
  std::vector<facts::Difference> compareWith(const facts::Lock &Old) const {
    std::vector<facts::Difference> All =
        facts::compare(Old, Now.Entries, [&](const facts::LockEntry &E) { return Now.covers(E); });
    for (facts::Difference &D : All)
      if (D.What == facts::Change::Removed && Now.isDropped(*D.Old))
        D.Report.Message = "'" + D.Old->Name + "' is locked for " + facts::describe(D.Old->On) +
                           ", which 'targets' in the configuration no longer names";
    // A debug build says nothing about the code that is locked for a release build.
    llvm::erase_if(All, [&](const facts::Difference &D) {
      return D.What == facts::Change::Added && !D.New->isType() && llvm::any_of(Old, [&](const facts::LockEntry &E) {
               return E.What == D.New->What && E.Symbol == D.New->Symbol && E.On.Optimization != D.New->On.Optimization;
             });
    });
    return All;
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
      if (IsGone ? !Now.covers(Entry) : !Same->isMeasured())
        Result.push_back(Entry);
    }
    return Result;
  }

  std::string whatToDo(const facts::Difference &D) const {
    switch (D.What) {
    case facts::Change::Added:
      return "'snug lock --update' locks it";
    case facts::Change::Removed:
      return Now.isDropped(*D.Old)
                 ? "name the target again, or let 'snug lock --update' take its entries out of '" + Name + "'"
                 : "if the promise is given up, 'snug lock --update' takes it out of '" + Name + "'";
    default:
      return ("this counts as '" + facts::toString(D.What) +
              "'; if it is meant, run 'snug lock --update' and commit '" + Name + "'")
          .str();
    }
  }

  void print(std::vector<Finding> Findings) const {
    printDifferences(std::move(Findings), Root, Now.Read.size(), OutputFormat, "Promises against '" + Name + "'");
  }

  void sayUnmeasured() const {
    if (const std::size_t Left = Now.unmeasured())
      llvm::errs() << "snug: note: the code of " << count(Left, "promised function", "promised functions")
                   << " was not seen: no object of the build defines it, or the object is older than its sources\n";
  }

  std::string Path;
  std::string Name;
  Promises Now;
  std::string Root;
};

int run() {
  if (CheckMode && UpdateMode)
    return fail("both --check and --update were given");
  const std::string Path = LockPath.empty() ? fromHere(defaultLockFile()) : LockPath;
  llvm::Expected<std::string> Root = folderOf(Path);
  if (!Root)
    return reportCannotDo(Root.takeError());
  PromiseRequest Request;
  Request.Files.assign(Files.begin(), Files.end());
  Request.BuildPath = BuildPath;
  Request.Flags = compilerFlags();
  Request.Root = *Root;
  Request.ConfigFile = ConfigFile;
  Request.Jobs = Jobs ? Jobs : llvm::hardware_concurrency().compute_thread_count();
  llvm::Expected<Promises> Now = gatherPromises(Request);
  if (!Now)
    return reportCannotDo(Now.takeError());
  if (!Now->AllCompiled)
    return CannotDo;
  Run Job(Path, std::move(*Now), std::move(*Root));
  return UpdateMode ? Job.update() : Job.check();
}

} // namespace

Command lockCommand() { return {&LockOptions, run}; }

} // namespace snug::tool
