// Gathers what sources and objects promise now, as entries of a lock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/Promises.h"

#include "facts/LockDiff.h"
#include "rules/FactCollector.h"
#include "rules/StatedExpectations.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

void renamePlaces(std::vector<facts::Part> &Parts, llvm::function_ref<void(Location &)> Rename) {
  for (facts::Part &P : Parts) {
    Rename(P.Where);
    renamePlaces(P.Parts, Rename);
  }
}

void renamePlaces(facts::LockEntry &Entry, llvm::function_ref<void(Location &)> Rename) {
  Rename(Entry.Where);
  for (facts::StatedFigure &Figure : Entry.Stated)
    Rename(Figure.Where);
  renamePlaces(Entry.Parts, Rename);
}

/// The family of the compiler that a command names: "g++-12" and what "c++" leads to count as GCC.
std::string familyOf(const clang::tooling::CompileCommand &Command) {
  if (Command.CommandLine.empty())
    return "clang";
  llvm::SmallString<128> Program(Command.CommandLine.front());
  auto Named = [](llvm::StringRef Name) -> llvm::StringRef {
    if (Name.contains("clang"))
      return "clang";
    return Name.contains("g++") || Name.contains("gcc") ? "gcc" : "";
  };
  if (llvm::StringRef Family = Named(path::filename(Program)); !Family.empty())
    return Family.str();
  llvm::SmallString<128> Real;
  if (!fs::real_path(Program, Real))
    if (llvm::StringRef Family = Named(path::filename(Real)); !Family.empty())
      return Family.str();
  return "clang";
}

/// The last -O of a command.
std::string optimizationOf(const clang::tooling::CompileCommand &Command) {
  std::string Level = "-O0";
  for (llvm::StringRef Argument : Command.CommandLine)
    if (Argument == "-O")
      Level = "-O1";
    else if (Argument.starts_with("-O") && Argument != "-Og")
      Level = Argument.str();
    else if (Argument == "-Og")
      Level = "-O1";
  return Level;
}

/// Puts entries of several units together.
class Merger {
public:
  explicit Merger(Promises &Into) : Into(Into) {}

  void add(facts::Lock Entries) {
    for (facts::LockEntry &Entry : Entries)
      All.push_back(std::move(Entry));
  }

  void finish() {
    llvm::sort(All, [](const facts::LockEntry &A, const facts::LockEntry &B) {
      // Of equal ones the measured one first.
      return A < B || (!(B < A) && A.isMeasured() > B.isMeasured());
    });
    for (facts::LockEntry &Entry : All) {
      if (Into.Entries.empty() || !isSameEntity(Into.Entries.back(), Entry)) {
        Into.Entries.push_back(std::move(Entry));
        continue;
      }
      facts::LockEntry &First = Into.Entries.back();
      contradict(First, Entry);
      for (facts::StatedFigure &Figure : Entry.Stated)
        if (llvm::none_of(First.Stated,
                          [&](const facts::StatedFigure &Other) { return toString(Other) == toString(Figure); }))
          First.Stated.push_back(std::move(Figure));
    }
  }

private:
  /// One name for two layouts breaks the one-definition rule, or names two things.
  void contradict(const facts::LockEntry &First, const facts::LockEntry &Other) {
    if (!First.isType())
      return;
    facts::LockEntry A = First, B = Other;
    A.Stated.clear();
    B.Stated.clear();
    for (facts::Difference &D : facts::compare({std::move(A)}, {std::move(B)}, [](const auto &) { return true; })) {
      if (D.What == facts::Change::Compatible)
        continue;
      Finding F = std::move(D.Report);
      F.RuleId = "lock-contradiction";
      F.Severity = Level::Error;
      F.Message = "'" + First.Name + "' is laid out in two ways: " + std::to_string(First.SizeBytes) + " bytes and " +
                  std::to_string(Other.SizeBytes) + " bytes ([basic.def.odr])";
      F.Reasons.push_back({"", "the other one is here", First.Where, {}});
      Into.Contradictions.push_back(std::move(F));
    }
  }

  Promises &Into;
  facts::Lock All;
};

/// Lays out what the sources of one run promise.
class SourceReader {
public:
  SourceReader(const PromiseRequest &Request, Promises &Result, Merger &All)
      : Request(Request), Result(Result), All(All) {}

  llvm::Error read(std::vector<std::string> Files) {
    SourceRequest Find;
    Find.Files = std::move(Files);
    Find.BuildPath = Request.BuildPath;
    Find.Flags = Request.Flags;
    Find.EmptyMeansAll = true;
    llvm::Expected<Sources> Units = Sources::find(std::move(Find));
    if (!Units)
      return Units.takeError();
    for (const std::string &Why : Units->left())
      llvm::errs() << "snug: warning: " << Why << '\n';
    Result.IsWhole &= Units->left().empty();
    std::vector<std::vector<std::string>> Patterns;
    for (std::size_t I = 0; I != Units->size(); ++I) {
      llvm::Expected<Config> Found =
          Request.ConfigFile.empty() ? findConfig(Units->file(I)) : readConfig(Request.ConfigFile);
      if (!Found)
        return Found.takeError();
      Patterns.push_back(std::move(Found->LockedTypes));
      Result.Read.push_back(fromRoot(Units->file(I), Request.Root));
    }
    std::vector<facts::Lock> PerUnit(Units->size());
    Result.AllCompiled &= Units->forEach(
        [&](clang::ASTContext &AST, std::size_t Index) {
          rules::FactOptions Options{Patterns[Index], "", "clang"};
          for (const clang::tooling::CompileCommand &Command : Units->commands(Index)) {
            Options.Compiler = familyOf(Command);
            Options.Optimization = optimizationOf(Command);
          }
          const clang::FileManager &Manager = AST.getSourceManager().getFileManager();
          for (facts::LockEntry &Entry : facts::toLock(rules::collectFacts(AST, Options))) {
            renamePlaces(Entry, [&](Location &Where) {
              if (!Where.isValid())
                return;
              llvm::SmallString<256> Absolute(Where.File);
              Manager.makeAbsolutePath(Absolute);
              Where.File = fromRoot(Absolute, Request.Root);
            });
            PerUnit[Index].push_back(std::move(Entry));
          }
          rules::ExpectationTable::current().clear();
        },
        Request.Jobs);
    for (facts::Lock &Entries : PerUnit)
      All.add(std::move(Entries));
    return llvm::Error::success();
  }

private:
  const PromiseRequest &Request;
  Promises &Result;
  Merger &All;
};

} // namespace

std::string fromRoot(llvm::StringRef Path, llvm::StringRef Root) {
  llvm::SmallString<256> Absolute(Path);
  if (fs::make_absolute(Absolute))
    return Path.str();
  path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  auto Below = [](llvm::StringRef P, llvm::StringRef Folder) -> llvm::StringRef {
    return P.consume_front(Folder) && P.consume_front("/") ? P : llvm::StringRef();
  };
  if (llvm::StringRef Found = Below(Absolute, Root); !Found.empty())
    return Found.str();
  // The same folder by another way, through a symbolic link.
  llvm::SmallString<256> RealRoot, Real;
  if (!fs::real_path(Root, RealRoot) && !fs::real_path(Absolute, Real))
    if (llvm::StringRef Found = Below(Real, RealRoot); !Found.empty())
      return Found.str();
  return std::string(Absolute);
}

llvm::Expected<Promises> gatherPromises(const PromiseRequest &Request) {
  Promises Result;
  Result.IsWhole = Request.Files.empty();
  Merger All(Result);
  if (llvm::Error E = SourceReader(Request, Result, All).read(Request.Files))
    return std::move(E);
  All.finish();
  return Result;
}

} // namespace snug::tool
