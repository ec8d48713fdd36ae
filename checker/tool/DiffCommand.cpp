// `snug diff`: what is promised, before and after.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/DiffCommand.h"

#include "core/Expectation.h"
#include "facts/LockDiff.h"
#include "tool/LockReport.h"
#include "tool/ObjectPromises.h"
#include "tool/Promises.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
namespace fs = llvm::sys::fs;

cl::SubCommand DiffOptions("diff", "compare what two lock files, objects or builds promise\n\n"
                                   "  example: snug diff snug.lock.old snug.lock\n"
                                   "  example: snug diff build-main build --format=markdown > comment.md");
cl::list<std::string> Files(cl::Positional, cl::desc("OLD NEW"), cl::sub(DiffOptions), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many files are read at a time"), cl::value_desc("N"), cl::init(1), cl::Prefix,
                       cl::sub(DiffOptions), cl::cat(optionCategory()));
cl::opt<LockFormat> OutputFormat("format", cl::desc("how differences are written"), cl::init(LockFormat::Text),
                                 cl::values(clEnumValN(LockFormat::Text, "text", "for people (default)"),
                                            clEnumValN(LockFormat::Markdown, "markdown", "for a pull request"),
                                            clEnumValN(LockFormat::Json, "json", "for programs; see docs/check.md"),
                                            clEnumValN(LockFormat::Sarif, "sarif", "SARIF 2.1.0"),
                                            clEnumValN(LockFormat::GitHub, "github", "GitHub annotations")),
                                 cl::sub(DiffOptions), cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// The objects and archives below a folder, sorted.
std::vector<std::string> objectsBelow(llvm::StringRef Folder) {
  std::vector<std::string> Result;
  std::error_code Code;
  for (fs::recursive_directory_iterator It(Folder, Code, /*follow_symlinks=*/false), End; It != End && !Code;
       It.increment(Code)) {
    const llvm::StringRef Extension = llvm::sys::path::extension(It->path());
    if ((Extension == ".o" || Extension == ".obj") && isObject(It->path()))
      Result.push_back(It->path());
  }
  llvm::sort(Result);
  return Result;
}

/// One side of the comparison.
llvm::Expected<facts::Lock> load(const std::string &Path, llvm::StringRef Root) {
  PromiseRequest Request;
  Request.Root = Root.str();
  Request.Jobs = Jobs ? Jobs : 1;
  if (fs::is_directory(Path)) {
    llvm::SmallString<256> Database(Path);
    llvm::sys::path::append(Database, "compile_commands.json");
    if (fs::exists(Database))
      Request.BuildPath = Path;
    else
      Request.Files = objectsBelow(Path);
    if (Request.BuildPath.empty() && Request.Files.empty())
      return llvm::createStringError("'" + Path +
                                     "' is no build: there is neither a compile_commands.json in it nor an "
                                     "object below it");
  } else if (isObject(Path)) {
    Request.Files = {Path};
  } else {
    llvm::Expected<std::optional<facts::Lock>> Read = readLockFile(Path);
    if (!Read)
      return Read.takeError();
    if (!*Read)
      return llvm::createStringError("'" + Path + "' does not exist");
    return std::move(**Read);
  }
  llvm::Expected<Promises> Found = gatherPromises(Request);
  if (!Found)
    return Found.takeError();
  if (!Found->AllCompiled)
    return llvm::createStringError("'" + Path + "' is not compared: not all of it compiles");
  return std::move(Found->Entries);
}

int run() {
  if (Files.size() != 2)
    return fail("diff takes two lock files, objects or builds, OLD and NEW; " + llvm::Twine(Files.size()) +
                " were named");
  if (compilerFlags())
    return fail("diff takes no flags of the compiler: builds have their own");
  llvm::Expected<std::string> Root = folderOf(defaultLockFile());
  if (!Root)
    return reportCannotDo(Root.takeError());
  facts::Lock Sides[2];
  for (std::size_t I = 0; I != 2; ++I) {
    llvm::Expected<facts::Lock> Side = load(Files[I], *Root);
    if (!Side)
      return reportCannotDo(Side.takeError());
    Sides[I] = std::move(*Side);
  }
  std::vector<Finding> Findings;
  bool IsBroken = false;
  for (facts::Difference &D : facts::compare(Sides[0], Sides[1], [](const facts::LockEntry &) { return true; })) {
    IsBroken |= D.What == facts::Change::PromiseBroken;
    Findings.push_back(std::move(D.Report));
  }
  const std::size_t Count = Findings.size();
  printDifferences(std::move(Findings), *Root, Sides[1].size(), OutputFormat,
                   "What is promised: '" + Files[0] + "' → '" + Files[1] + "'");
  llvm::errs() << "snug: " << count(Sides[1].size(), "promise", "promises") << ", "
               << count(Count, "difference", "differences") << '\n';
  return IsBroken ? ExitCode::Findings : Clean;
}

} // namespace

Command diffCommand() { return {&DiffOptions, run}; }

} // namespace snug::tool
