// Runs the rules over all sources of a run, each in a process of its own, and merges what they find.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckUnits.h"

#include "core/Config.h"
#include "rules/StatedExpectations.h"
#include "rules/ThreadClock.h"
#include "tool/ForkedJobs.h"
#include "tool/RecordingFileSystem.h"
#include "tool/ResultCache.h"
#include "tool/UnitResult.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace snug::tool {
namespace {

/// Places in a unit that was compiled in another folder are made absolute, so that they can be opened from here and so
/// that units which name one header differently agree.
class Paths {
public:
  explicit Paths(const clang::ASTContext &AST) : Manager(AST.getSourceManager().getFileManager()) {
    llvm::SmallString<256> Here;
    llvm::ErrorOr<std::string> There = Manager.getVirtualFileSystem().getCurrentWorkingDirectory();
    Foreign = llvm::sys::fs::current_path(Here) || !There || Here != *There;
  }

  void fix(Finding &F) const {
    fix(F.Where);
    fix(F.FixIts);
    for (Reason &R : F.Reasons) {
      fix(R.Where);
      fix(R.FixIts);
    }
  }

private:
  void fix(Location &Where) const {
    Where.Raw = 0;
    if (!Where.isValid() || (!Foreign && llvm::sys::path::is_relative(Where.File)))
      return;
    llvm::SmallString<256> Path(Where.File);
    Manager.makeAbsolutePath(Path);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    Where.File = std::string(Path);
  }
  void fix(std::vector<Replacement> &FixIts) const {
    for (Replacement &Fix : FixIts) {
      fix(Fix.Begin);
      fix(Fix.End);
    }
  }

  clang::FileManager &Manager;
  bool Foreign = false;
};

/// What is kept of a source between runs.
class KeptResults {
public:
  /// Says on stderr what keeps results from being kept.
  explicit KeptResults(const CheckSettings &Settings) : Reads(Settings.ReadCache) {
    if (Settings.CacheFolder.empty())
      return;
    llvm::Expected<ResultCache> Opened = ResultCache::open(Settings.CacheFolder);
    if (!Opened) {
      sayOnce(llvm::toString(Opened.takeError()));
      return;
    }
    Cache = std::move(*Opened);
    Common = buildIdentity();
    llvm::SmallString<256> Here;
    if (!llvm::sys::fs::current_path(Here))
      add(Common, Here);
    // What Clang takes from its surroundings.
    for (const char *Name : {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "SDKROOT", "CCC_OVERRIDE_OPTIONS",
                             "CLANG_NO_DEFAULT_CONFIG", "HOME"})
      add(Common, llvm::sys::Process::GetEnv(Name).value_or("-"));
  }

  bool wanted() const { return Cache.has_value(); }

  std::string keyOf(const Sources &Units, std::size_t Index, llvm::StringRef Fingerprint) const {
    std::string Key = Common;
    add(Key, Fingerprint);
    for (const clang::tooling::CompileCommand &Command : Units.commands(Index)) {
      add(Key, Command.Directory);
      add(Key, Command.Filename);
      for (const std::string &Argument : Command.CommandLine)
        add(Key, Argument);
    }
    return Key;
  }

  std::optional<UnitResult> find(llvm::StringRef Key) {
    std::optional<std::string> Bytes = Cache && Reads ? Cache->find(Key) : std::nullopt;
    return Bytes ? unitResultFrom(*Bytes) : std::nullopt;
  }

  std::string store(llvm::StringRef Key, RecordingFileSystem &Files, llvm::sys::TimePoint<> Began,
                    const UnitResult &Result) const {
    if (llvm::Error E = Cache->store(Key, Files.observations(), Began, toBytes(Result)))
      return llvm::toString(std::move(E));
    return {};
  }

  void sayOnce(llvm::StringRef Why) {
    if (!Why.empty() && !std::exchange(Said, true))
      llvm::errs() << "snug: warning: " << Why << "; the next run will do all work again ('--cache=DIR' names another "
                   << "place, '--no-cache' does without)\n";
  }

  /// A project of a thousand files needs about a tenth of this.
  void trim() const {
    if (Cache)
      Cache->trim(std::uint64_t{1} << 30);
  }

private:
  static void add(std::string &Key, llvm::StringRef Part) {
    Key += std::to_string(Part.size()) + ':';
    Key += Part;
  }

  std::optional<ResultCache> Cache;
  std::string Common;
  bool Reads;
  bool Said = false;
};

UnitResult checkOne(const Sources &Units, std::size_t Index, const UnitSettings &Settings,
                    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  const std::uint64_t Start = rules::threadNanoseconds();
  UnitResult Result;
  auto Judge = [&](clang::ASTContext &AST, std::size_t) {
    const Paths PathsOfUnit(AST);
    for (Finding &F : rules::run(AST, Settings.Run, &Result.Seen)) {
      PathsOfUnit.fix(F);
      Result.Findings.push_back(std::move(F));
    }
    rules::ExpectationTable::current().clear();
  };
  Result.CompilerErrors = Units.compile(Index, Judge, std::move(Files), /*Forget=*/true);
  Result.Nanoseconds = rules::threadNanoseconds() - Start;
  return Result;
}

UnitResult checkAndKeep(const Sources &Units, std::size_t Index, const UnitSettings &Settings, const KeptResults &Kept,
                        llvm::StringRef Key) {
  if (!Kept.wanted())
    return checkOne(Units, Index, Settings, llvm::vfs::createPhysicalFileSystem());
  const llvm::sys::TimePoint<> Began = std::chrono::system_clock::now();
  auto Files = llvm::makeIntrusiveRefCnt<RecordingFileSystem>(llvm::vfs::createPhysicalFileSystem());
  UnitResult Result = checkOne(Units, Index, Settings, Files);
  if (Result.CompilerErrors.empty())
    Result.NotKept = Kept.store(Key, *Files, Began, Result);
  return Result;
}

/// "12/340 file.cpp" on one line of a terminal; nothing elsewhere.
class Progress {
public:
  explicit Progress(std::size_t Total) : Total(Total), Shown(Total > 1 && llvm::errs().is_displayed()) {}
  ~Progress() { clear(); }
  void done(llvm::StringRef File) {
    ++Number;
    if (Shown)
      llvm::errs() << "\r\033[K[" << Number << '/' << Total << "] " << File;
  }
  void clear() const {
    if (Shown)
      llvm::errs() << "\r\033[K";
  }

private:
  std::size_t Number = 0;
  std::size_t Total;
  bool Shown;
};

/// The first error out of the compiler's messages, and how many more there are, on one line.
std::string firstError(llvm::StringRef Messages) {
  llvm::StringRef First;
  std::size_t Others = 0;
  while (!Messages.empty()) {
    const auto [Line, Rest] = Messages.split('\n');
    Messages = Rest;
    if (!Line.contains("error: "))
      continue;
    if (First.empty())
      First = Line;
    else
      ++Others;
  }
  std::string Text = First.str();
  if (Others)
    Text += " (and " + std::to_string(Others) + (Others == 1 ? " more error)" : " more errors)");
  return Text;
}

/// What a user is told about a source that could not be judged; empty for one that could.
std::string complaint(const std::string &File, const JobEnd &End, const UnitResult &Result, bool Alone) {
  if (!End.Failure.empty())
    return "snug: error: '" + File + "' was not checked: the check of it " + End.Failure +
           (Alone ? "" : "; named alone, it shows more") + '\n';
  if (Result.CompilerErrors.empty())
    return {};
  if (Alone)
    return Result.CompilerErrors + "snug: error: '" + File + "' does not compile\n";
  return "snug: error: '" + File + "' does not compile: " + firstError(Result.CompilerErrors) + '\n';
}

/// All findings, sorted. What a header says in several sources is said once, even where they name other instantiations
/// of it as the reason: with the reasons of the first source in the order of the files, and the highest level.
std::vector<Finding> merge(std::vector<std::vector<Finding>> FoundIn) {
  std::vector<Finding> All;
  using Key = std::tuple<std::string, unsigned, unsigned, std::string, std::string>;
  std::map<Key, std::pair<std::size_t, std::size_t>> FirstSaid; // unit, place in All
  for (std::size_t Unit = 0; Unit != FoundIn.size(); ++Unit)
    for (Finding &F : FoundIn[Unit]) {
      auto [Entry, New] = FirstSaid.try_emplace({F.Where.File, F.Where.Line, F.Where.Column, F.RuleId, F.Message},
                                                std::pair(Unit, All.size()));
      const auto [ByUnit, Place] = Entry->second;
      if (!New && ByUnit != Unit)
        All[Place].Severity = std::max(All[Place].Severity, F.Severity);
      else
        All.push_back(std::move(F));
    }
  sortAndMerge(All);
  return All;
}

} // namespace

CheckedUnits checkUnits(const Sources &Units, llvm::ArrayRef<UnitSettings> PerUnit, const CheckSettings &Settings) {
  CheckedUnits All;
  const bool Alone = Units.size() == 1;
  KeptResults Kept(Settings);
  Progress Shown(Units.size());
  std::vector<std::string> Complaints(Units.size());
  std::vector<std::vector<Finding>> FoundIn(Units.size());
  std::vector<bool> Finished(Units.size());
  std::size_t Said = 0;

  auto Take = [&](std::size_t Index, UnitResult Result, const JobEnd &End) {
    FoundIn[Index] = std::move(Result.Findings);
    All.Seen += Result.Seen;
    All.Nanoseconds += Result.Nanoseconds;
    if (End.PeakKiB > All.PeakKiB) {
      All.PeakKiB = End.PeakKiB;
      All.Largest = Units.file(Index);
    }
    Complaints[Index] = complaint(Units.file(Index), End, Result, Alone);
    All.Failed += !Complaints[Index].empty();
    Finished[Index] = true;
    Shown.done(Units.file(Index));
    for (; Said != Units.size() && Finished[Said]; ++Said) {
      if (Complaints[Said].empty())
        continue;
      Shown.clear();
      llvm::errs() << Complaints[Said];
    }
    Kept.sayOnce(Result.NotKept);
  };

  std::vector<std::string> Keys(Units.size());
  std::vector<std::size_t> Todo;
  for (std::size_t Index = 0; Index != Units.size(); ++Index) {
    std::optional<UnitResult> Known;
    if (Kept.wanted()) {
      Keys[Index] = Kept.keyOf(Units, Index, PerUnit[Index].Fingerprint);
      Known = Kept.find(Keys[Index]);
    }
    if (!Known) {
      Todo.push_back(Index);
      continue;
    }
    ++All.Cached;
    Take(Index, std::move(*Known), {});
  }
  auto Job = [&](std::size_t N) {
    return toBytes(checkAndKeep(Units, Todo[N], PerUnit[Todo[N]], Kept, Keys[Todo[N]]));
  };
  auto Done = [&](std::size_t N, JobEnd End) {
    std::optional<UnitResult> Read;
    if (End.Failure.empty() && !(Read = unitResultFrom(End.Output)))
      End.Failure = "broke off";
    Take(Todo[N], std::move(Read).value_or(UnitResult{}), End);
  };
  runForked(Todo.size(), {Settings.Jobs, Settings.SecondsPerFile, /*Silent=*/!Alone}, Job, Done);
  if (!Todo.empty())
    Kept.trim();
  All.Findings = merge(std::move(FoundIn));
  return All;
}

} // namespace snug::tool
