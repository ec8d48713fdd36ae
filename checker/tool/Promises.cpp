// Gathers what sources and objects promise now, as entries of a lock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/Promises.h"

#include "facts/LockDiff.h"
#include "rules/FactCollector.h"
#include "rules/FrameFacts.h"
#include "rules/StatedExpectations.h"
#include "tool/Database.h"
#include "tool/ObjectPromises.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

#include <ctime>

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
      // Of equal ones the measured one first, then as units are called: messages name them in one order.
      if (A < B || B < A)
        return A < B;
      if (A.isMeasured() != B.isMeasured())
        return A.isMeasured();
      // Optimisers see different callers in each unit.
      if (A.What == facts::LockEntry::Kind::Coroutine && A.isMeasured() && A.Figures[0].Value != B.Figures[0].Value)
        return A.Figures[0].Value > B.Figures[0].Value;
      return A.Unit < B.Unit;
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
  /// One name for two layouts breaks the one-definition rule; of names that units have for themselves, the lock can hold
  /// one only.
  void contradict(const facts::LockEntry &First, const facts::LockEntry &Other) {
    if (!First.isType())
      return;
    facts::LockEntry A = First, B = Other;
    A.Stated.clear();
    B.Stated.clear();
    for (facts::Difference &D : facts::compare({std::move(A)}, {std::move(B)}, [](const auto &) { return true; })) {
      if (D.What == facts::Change::Compatible)
        continue;
      auto Bytes = [](const facts::LockEntry &E) {
        return count(E.SizeBytes, "byte", "bytes") + " in '" + E.Unit + "'";
      };
      Finding F = std::move(D.Report);
      F.RuleId = First.IsInternal ? "lock-contradiction" : "odr-layout-mismatch";
      F.Severity = Level::Error;
      F.Message = "'" + First.Name + "' is laid out in two ways: " + Bytes(First) + ", " + Bytes(Other) +
                  (First.IsInternal ? "; a lock holds one type of a name" : " ([basic.def.odr])");
      F.Reasons.insert(F.Reasons.begin(), {"", "'" + First.Unit + "' has it from here", First.Where, {}});
      F.Reasons.insert(F.Reasons.begin() + 1, {"", "'" + Other.Unit + "' has it from here", Other.Where, {}});
      Into.Contradictions.push_back(std::move(F));
    }
  }

  Promises &Into;
  facts::Lock All;
};

/// The compile for another machine: without what only makes sense for the first one.
clang::tooling::CommandLineArguments retarget(const Target &To, const clang::tooling::CommandLineArguments &Arguments) {
  clang::tooling::CommandLineArguments Result;
  for (std::size_t I = 0; I != Arguments.size(); ++I) {
    const llvm::StringRef A(Arguments[I]);
    if (A == "-target" || A == "-arch" || A == "--sysroot" || A == "-isysroot") {
      ++I;
      continue;
    }
    if (!A.starts_with("-m") && !A.starts_with("--target=") && !A.starts_with("--sysroot=") &&
        !A.starts_with("--gcc-toolchain=") && !A.starts_with("--gcc-install-dir="))
      Result.push_back(Arguments[I]);
  }
  std::vector<std::string> Flags = {"--target=" + To.Triple};
  // Without a system there are no headers of one: those of the compiler must do.
  if (llvm::Triple(llvm::Triple::normalize(To.Triple)).getOS() == llvm::Triple::UnknownOS)
    Flags.push_back("-ffreestanding");
  llvm::append_range(Flags, To.Flags);
  Result.insert(Result.begin() + (Result.empty() ? 0 : 1), Flags.begin(), Flags.end());
  return Result;
}

/// The first error in what the compiler said, without its place.
std::string firstError(llvm::StringRef Said) {
  for (llvm::StringRef Line : llvm::split(Said, '\n'))
    if (const std::size_t At = Line.find("error: "); At != llvm::StringRef::npos)
      return Line.substr(At + 7).str();
  return "the compiler gave no reason";
}

/// Lays out what the sources of one run promise.
class SourceReader {
public:
  SourceReader(const PromiseRequest &Request, llvm::ArrayRef<Target> Targets, Promises &Result, Merger &All)
      : Request(Request), Targets(Targets), Result(Result), All(All) {}

  llvm::Error read(std::vector<std::string> Files) {
    SourceRequest Find;
    Find.Files = std::move(Files);
    Find.BuildPath = Request.BuildPath;
    Find.Flags = Request.Flags;
    Find.EmptyMeansAll = true;
    llvm::Expected<Sources> Found = Sources::find(std::move(Find));
    if (!Found)
      return Found.takeError();
    for (const std::string &Why : Found->left())
      llvm::errs() << "snug: warning: " << Why << '\n';
    for (const std::string &Message : Found->assumed())
      llvm::errs() << "snug: note: " << Message << '\n';
    Result.IsWhole &= Found->left().empty();
    Units.resize(Found->size());
    for (std::size_t I = 0; I != Units.size(); ++I) {
      llvm::Expected<Config> Settings =
          Request.ConfigFile.empty() ? findConfig(Found->file(I)) : readConfig(Request.ConfigFile);
      if (!Settings)
        return Settings.takeError();
      for (const std::string &Glob : Settings->LockedTypes)
        LockGlobs.try_emplace(Glob, Settings->Origins["lock"]);
      Units[I].Options.LockedTypes = std::move(Settings->LockedTypes);
      Units[I].Name = Found->file(I);
      Result.Read.push_back(fromRoot(Found->file(I), Request.Root));
      for (const clang::tooling::CompileCommand &Command : Found->commands(I)) {
        Units[I].Options.Compiler = familyOf(Command);
        Units[I].Options.Optimization = optimizationOf(Command);
        Units[I].Object = objectOf(Command);
      }
    }
    Result.AllCompiled &= Found->forEach(
        [&](clang::ASTContext &AST, std::size_t Index) {
          Unit &U = Units[Index];
          U.On = {facts::targetName(AST.getTargetInfo().getTriple().str()), U.Options.Compiler, U.Options.Optimization};
          const clang::SourceManager &Sources = AST.getSourceManager();
          for (auto File = Sources.fileinfo_begin(); File != Sources.fileinfo_end(); ++File)
            U.Newest = std::max(U.Newest, File->first.getModificationTime());
          llvm::append_range(U.Entries, collect(AST, U, &U.Matched));
        },
        Request.Jobs);
    CodeReader Code;
    for (Unit &U : Units) {
      if (!U.On.Target.empty())
        Result.Platforms.insert(U.On);
      if (isFresh(U))
        if (llvm::Error E = Code.measure(U.Entries, U.Object))
          return E;
    }
    if (llvm::Error E = checkLockGlobs())
      return E;
    for (const Target &To : Targets)
      layOutFor(To, *Found);
    for (Unit &U : Units)
      All.add(std::move(U.Entries));
    return llvm::Error::success();
  }

private:
  struct Unit {
    /// The source, as typed.
    std::string Name;
    rules::FactOptions Options;
    std::string Object;
    facts::Platform On;
    /// Of all files that were read for it.
    std::time_t Newest = 0;
    facts::Lock Entries;
    /// Those of its globs that match a type of it.
    std::set<std::string> Matched;
  };

  facts::Lock collect(clang::ASTContext &AST, const Unit &U, std::set<std::string> *Matched = nullptr) const {
    const clang::FileManager &Manager = AST.getSourceManager().getFileManager();
    rules::FactOptions Options = U.Options;
    // Those on which something is stated are found by that.
    if (!Options.LockedTypes.empty())
      Options.Coroutines = rules::coroutinesOf(AST);
    facts::Lock Entries = facts::toLock(rules::collectFacts(AST, Options, Matched));
    for (facts::LockEntry &Entry : Entries) {
      Entry.Unit = U.Name;
      renamePlaces(Entry, [&](Location &Where) {
        if (!Where.isValid())
          return;
        llvm::SmallString<256> Absolute(Where.File);
        Manager.makeAbsolutePath(Absolute);
        Where.File = fromRoot(Absolute, Request.Root);
      });
    }
    rules::ExpectationTable::current().clear();
    return Entries;
  }

  /// Code that was compiled from something else says nothing about the sources of today.
  static bool isFresh(const Unit &U) {
    fs::file_status Status;
    return !U.Object.empty() && !fs::status(U.Object, Status) && fs::is_regular_file(Status) &&
           llvm::sys::toTimeT(Status.getLastModificationTime()) >= U.Newest && isObject(U.Object);
  }

  /// A glob that matches nothing guards nothing. A run over a few files cannot tell.
  llvm::Error checkLockGlobs() const {
    llvm::Error Result = llvm::Error::success();
    if (!this->Result.IsWhole || !this->Result.AllCompiled)
      return Result;
    for (const auto &[Glob, Origin] : LockGlobs)
      if (llvm::none_of(Units, [&](const Unit &U) { return U.Matched.count(Glob); }))
        Result =
            llvm::joinErrors(std::move(Result), llvm::createStringError(Origin + ": 'lock' names no type: '" + Glob +
                                                                        "' matches none of the database's"));
    return Result;
  }

  void layOutFor(const Target &To, const Sources &Native) {
    const std::string Name = facts::targetName(To.Triple);
    std::vector<std::size_t> Indices;
    for (std::size_t I = 0; I != Units.size(); ++I)
      if (Units[I].On.Target != Name && llvm::any_of(Units[I].Entries, [](const auto &E) { return E.isType(); }))
        Indices.push_back(I);
    const Sources Crossed = Native.adjusted(Indices, [&To](const clang::tooling::CommandLineArguments &Arguments,
                                                           llvm::StringRef) { return retarget(To, Arguments); });
    std::vector<facts::Lock> Laid(Indices.size());
    std::vector<std::string> Said(Indices.size());
    auto LayOut = [&](std::size_t I) {
      Said[I] = Crossed.compile(
          I,
          [&](clang::ASTContext &AST, std::size_t) {
            for (facts::LockEntry &Entry : collect(AST, Units[Indices[I]]))
              if (Entry.isType()) {
                Entry.On.Target = Name;
                Laid[I].push_back(std::move(Entry));
              }
          },
          llvm::vfs::createPhysicalFileSystem());
    };
    llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Request.Jobs));
    for (std::size_t I = 0; I != Indices.size(); ++I)
      Pool.async([&LayOut, I] { LayOut(I); });
    Pool.wait();
    llvm::StringSet<> Known;
    for (const facts::Lock &Entries : Laid)
      for (const facts::LockEntry &Entry : Entries) {
        Known.insert(Entry.Name);
        Result.Platforms.insert(Entry.On);
      }
    for (std::size_t I = 0; I != Indices.size(); ++I) {
      if (!Said[I].empty())
        reportFailure(To, Native.file(Indices[I]), Units[Indices[I]].Entries, Known, Said[I]);
      All.add(std::move(Laid[I]));
    }
  }

  /// That a unit does not compile for a target matters only if nobody else lays its types out there.
  void reportFailure(const Target &To, llvm::StringRef File, const facts::Lock &Native, const llvm::StringSet<> &Known,
                     llvm::StringRef Said) {
    auto Missing =
        llvm::find_if(Native, [&](const facts::LockEntry &E) { return E.isType() && !Known.contains(E.Name); });
    if (Missing == Native.end())
      return;
    Result.AllCompiled = false;
    llvm::errs() << "snug: error: '" << Missing->Name << "' cannot be laid out for " << To.Triple << ": '" << File
                 << "' does not compile for it: " << firstError(Said) << '\n';
    if (Said.contains("file not found"))
      llvm::errs() << "snug: note: the headers of that target are needed for what includes them: name their folder as "
                      "'flags: [--sysroot=DIR]' with the target ("
                   << To.Origin << "), or promise the type in a header that needs none\n";
  }

  const PromiseRequest &Request;
  llvm::ArrayRef<Target> Targets;
  Promises &Result;
  Merger &All;
  /// With the place where each was written.
  std::map<std::string, std::string> LockGlobs;
  std::vector<Unit> Units;
};

/// Takes what objects say: facts, and the code of the functions they are about.
llvm::Error readObjects(const PromiseRequest &Request, llvm::ArrayRef<std::string> Objects, bool IsAll,
                        Promises &Result, Merger &All) {
  bool HasFacts = false;
  facts::FactsReader Reader;
  CodeReader Code;
  for (const std::string &Path : Objects) {
    if (llvm::Error E = addFacts(Path, Reader))
      return E;
    const facts::Facts Facts = Reader.take();
    HasFacts |= !Facts.empty();
    facts::Lock Entries = facts::toLock(Facts);
    for (facts::LockEntry &Entry : Entries) {
      renamePlaces(Entry, [&](Location &Where) {
        if (Where.isValid())
          Where.File = fromRoot(Where.File, Request.Root);
      });
      Result.Platforms.insert(Entry.On);
    }
    if (llvm::Error E = Code.measure(Entries, Path))
      return E;
    Result.Read.push_back(fromRoot(Path, Request.Root));
    All.add(std::move(Entries));
  }
  if (IsAll && !HasFacts)
    return llvm::createStringError(
        Objects.size() == 1 ? "'" + Objects.front() +
                                  "' carries no facts: nothing is promised in it, or it was compiled "
                                  "without the plugin"
                            : "none of the objects named carries facts: they were compiled without the plugin, or "
                              "promise nothing");
  return llvm::Error::success();
}

} // namespace

bool Promises::isDropped(const facts::LockEntry &Old) const {
  return Old.IsConfigured && !Configured.count(Old.On.Target) &&
         llvm::none_of(Platforms, [&](const facts::Platform &P) { return P.Target == Old.On.Target; });
}

bool Promises::covers(const facts::LockEntry &Old) const {
  if (isDropped(Old))
    return true;
  const bool IsSeen = llvm::any_of(Platforms, [&](const facts::Platform &P) {
    return P.Target == Old.On.Target && P.Compiler == Old.On.Compiler &&
           (Old.isType() || P.Optimization == Old.On.Optimization);
  });
  return IsSeen && (IsWhole || llvm::is_contained(Read, Old.Where.File));
}

std::size_t Promises::unmeasured() const {
  return static_cast<std::size_t>(llvm::count_if(Entries, [](const facts::LockEntry &E) { return !E.isMeasured(); }));
}

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
  llvm::Expected<Config> Settings =
      Request.ConfigFile.empty() ? findConfig(Request.Root + "/snug.lock") : readConfig(Request.ConfigFile);
  if (!Settings)
    return Settings.takeError();
  for (const Target &T : Settings->Targets)
    Result.Configured.insert(facts::targetName(T.Triple));
  std::vector<std::string> Texts, Objects;
  for (const std::string &File : Request.Files)
    (isObject(File) ? Objects : Texts).push_back(File);
  Merger All(Result);
  if (!Texts.empty() || Objects.empty())
    if (llvm::Error E = SourceReader(Request, Settings->Targets, Result, All).read(Texts))
      return std::move(E);
  if (llvm::Error E = readObjects(Request, Objects, Texts.empty() && !Objects.empty(), Result, All))
    return std::move(E);
  All.finish();
  for (facts::LockEntry &Entry : Result.Entries)
    Entry.IsConfigured = Entry.isType() && Result.Configured.count(Entry.On.Target);
  return Result;
}

} // namespace snug::tool
