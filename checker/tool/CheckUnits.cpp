// Runs the rules over all sources of a run, each in a process of its own, and merges what they find.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckUnits.h"

#include "core/Config.h"
#include "rules/StatedExpectations.h"
#include "tool/ForkedJobs.h"
#include "tool/UnitResult.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

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

UnitResult checkOne(const Sources &Units, std::size_t Index, const UnitSettings &Settings) {
  UnitResult Result;
  auto Judge = [&](clang::ASTContext &AST, std::size_t) {
    const Paths PathsOfUnit(AST);
    for (Finding &F : rules::run(AST, Settings.Run, &Result.Seen)) {
      PathsOfUnit.fix(F);
      if (!matchesPath(Settings.ExcludePaths, F.Where.File))
        Result.Findings.push_back(std::move(F));
    }
    rules::ExpectationTable::current().clear();
  };
  Result.CompilerErrors = Units.compile(Index, Judge, llvm::vfs::createPhysicalFileSystem(), /*Forget=*/true);
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

} // namespace

CheckedUnits checkUnits(const Sources &Units, llvm::ArrayRef<UnitSettings> PerUnit, const CheckSettings &Settings) {
  CheckedUnits All;
  const bool Alone = Units.size() == 1;
  Progress Shown(Units.size());
  std::vector<std::string> Complaints(Units.size());
  std::vector<bool> Finished(Units.size());
  std::size_t Said = 0;

  auto Job = [&](std::size_t Index) { return toBytes(checkOne(Units, Index, PerUnit[Index])); };
  auto Done = [&](std::size_t Index, JobEnd End) {
    UnitResult Result;
    if (End.Failure.empty()) {
      if (std::optional<UnitResult> Read = unitResultFrom(End.Output))
        Result = std::move(*Read);
      else
        End.Failure = "broke off";
    }
    All.Findings.insert(All.Findings.end(), std::make_move_iterator(Result.Findings.begin()),
                        std::make_move_iterator(Result.Findings.end()));
    All.Seen += Result.Seen;
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
  };
  runForked(Units.size(), {Settings.Jobs, Settings.SecondsPerFile, /*Silent=*/!Alone}, Job, Done);
  sortAndMerge(All.Findings);
  return All;
}

} // namespace snug::tool
