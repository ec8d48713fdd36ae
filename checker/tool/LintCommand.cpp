// `snug lint`: what pre-commit runs on the files of a commit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/LintCommand.h"

#include "tool/Database.h"
#include "tool/LockReport.h"
#include "tool/Sources.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

cl::SubCommand LintOptions("lint", "check the changed files and their promises, as pre-commit does\n\n"
                                   "  example: snug lint -p build src/session.cpp include/session.hpp");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(LintOptions), cl::cat(optionCategory()));
cl::opt<std::string>
    BuildPath("p", cl::desc("folder with compile_commands.json (default: the nearest in this folder, build, or above)"),
              cl::value_desc("BUILD"), cl::sub(LintOptions), cl::cat(optionCategory()));
cl::opt<std::string> LockPath("lock", cl::desc("the lock file (default: the nearest snug.lock)"),
                              cl::value_desc("FILE"), cl::sub(LintOptions), cl::cat(optionCategory()));
cl::opt<std::string> ConfigFile("config", cl::desc("read this instead of the nearest .snug.yaml"),
                                cl::value_desc("FILE"), cl::sub(LintOptions), cl::cat(optionCategory()));
cl::opt<std::string> SuppressionsFile("suppressions",
                                      cl::desc("known findings to be silent about, as for 'snug check'"),
                                      cl::value_desc("FILE"), cl::sub(LintOptions), cl::cat(optionCategory()));
cl::opt<bool> Strict("strict", cl::desc("without a compilation database nothing can be checked: fail (exit code 2)"),
                     cl::sub(LintOptions), cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

bool isOfInterest(llvm::StringRef File) {
  static constexpr llvm::StringLiteral Extensions[] = {".c",   ".cc",  ".cpp", ".cxx", ".c++", ".cppm", ".h",  ".hh",
                                                       ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tcc",  ".tpp"};
  return llvm::is_contained(Extensions, path::extension(File).lower());
}

bool isHeader(llvm::StringRef File) {
  const llvm::StringRef Extension = path::extension(File);
  return Extension.starts_with(".h") || Extension == ".inl" || Extension == ".ipp" || Extension == ".tcc" ||
         Extension == ".tpp";
}

/// Runs this program again with other arguments; its output goes where ours goes.
int runAgain(llvm::ArrayRef<std::string> Arguments) {
  static int Anchor;
  const std::string Self = fs::getMainExecutable(nullptr, &Anchor);
  std::vector<llvm::StringRef> All = {Self};
  All.insert(All.end(), Arguments.begin(), Arguments.end());
  std::string Why;
  const int Code = llvm::sys::ExecuteAndWait(Self, All, std::nullopt, {}, 0, 0, &Why);
  if (Code < 0)
    return fail("'" + llvm::Twine(Arguments.front()) + "' broke off: " + Why);
  return Code;
}

int run() {
  std::vector<std::string> Changed;
  for (const std::string &File : Files)
    // A commit deletes files, too, and holds files that are no code.
    if (isOfInterest(File) && fs::exists(File))
      Changed.push_back(File);
  const bool TouchesLock = llvm::any_of(Files, [](llvm::StringRef File) {
    return path::filename(File) == "snug.lock" || path::filename(File) == ".snug.yaml";
  });
  if (!Files.empty() && Changed.empty() && !TouchesLock)
    return Clean;
  const std::string Database = BuildPath.empty() ? nearestDatabase(".") : BuildPath.getValue();
  if (Database.empty()) {
    llvm::errs() << "snug: " << (Strict ? "error" : "warning")
                 << ": NOTHING WAS CHECKED: there is no compilation database (compile_commands.json) here, in build or "
                    "above\nsnug: note: CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON; '-p BUILD' names its "
                    "folder; '--strict' makes this an error\n";
    return Strict ? CannotDo : Clean;
  }

  // A header has promises of its own and changes those of all that include it: then the whole database is looked at.
  const bool IsAll = Changed.empty() || llvm::any_of(Changed, isHeader);
  int Result = Clean;
  const std::string Lock = LockPath.empty() ? defaultLockFile() : LockPath;
  if (fs::exists(Lock)) {
    std::vector<std::string> Arguments = {"lock", "--check", "-p", Database, "--lock=" + Lock};
    if (!ConfigFile.empty())
      Arguments.push_back("--config=" + ConfigFile);
    if (!IsAll)
      Arguments.insert(Arguments.end(), Changed.begin(), Changed.end());
    Result = runAgain(Arguments);
  } else {
    llvm::errs() << "snug: note: there is no lock file '" << fromHere(Lock)
                 << "': promises are not compared with earlier ones; 'snug lock --update -p " << Database
                 << "' writes it\n";
  }
  std::vector<std::string> Arguments = {"check", "-p", Database};
  if (!ConfigFile.empty())
    Arguments.push_back("--config=" + ConfigFile);
  if (!SuppressionsFile.empty())
    Arguments.push_back("--suppressions=" + SuppressionsFile);
  Arguments.insert(Arguments.end(), Changed.begin(), Changed.end());
  if (Changed.empty())
    return Result;
  const int Checked = runAgain(Arguments);
  // Of two reasons to fail the one that kept a check from being done weighs more.
  if (Result == CannotDo || Checked == CannotDo)
    return CannotDo;
  return Result ? Result : Checked;
}

} // namespace

Command lintCommand() { return {&LintOptions, run}; }

} // namespace snug::tool
