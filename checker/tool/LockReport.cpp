// What the commands on locks have in common: where the lock is, and how differences are printed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/LockReport.h"

#include "facts/LockDiff.h"
#include "facts/LockStorage.h"
#include "tool/Promises.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {

namespace path = llvm::sys::path;

/// Places are named from the lock's folder; people and editors open them from here.
static void nameFromHere(Location &Where, llvm::StringRef Root) {
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

std::string defaultLockFile() {
  if (std::string Found = findUpwards("snug.lock"); !Found.empty())
    return Found;
  llvm::SmallString<256> Beside(findUpwards(".snug.yaml"));
  if (Beside.empty())
    return "snug.lock";
  path::remove_filename(Beside);
  path::append(Beside, "snug.lock");
  return std::string(Beside);
}

llvm::Expected<std::string> folderOf(llvm::StringRef Path) {
  llvm::SmallString<256> Folder(Path);
  if (std::error_code Code = llvm::sys::fs::make_absolute(Folder))
    return llvm::createStringError("the current folder cannot be read: " + Code.message());
  path::remove_filename(Folder);
  path::remove_dots(Folder, /*remove_dot_dot=*/true);
  return std::string(Folder);
}

std::string fromHere(llvm::StringRef Path) {
  llvm::SmallString<256> Here;
  return llvm::sys::fs::current_path(Here) ? Path.str() : fromRoot(Path, Here);
}

llvm::Expected<std::optional<facts::Lock>> readLockFile(llvm::StringRef Path) {
  llvm::Expected<std::optional<std::string>> Text = facts::readText(Path);
  if (!Text)
    return Text.takeError();
  if (!*Text)
    return std::nullopt;
  llvm::Expected<facts::Lock> Read = facts::readLock(**Text, fromHere(Path));
  if (!Read)
    return Read.takeError();
  return std::move(*Read);
}

std::vector<report::RuleDescription> rulesOnFacts() {
  using facts::Change;
  std::vector<report::RuleDescription> Rules;
  for (Change C : {Change::Added, Change::Compatible, Change::Larger, Change::LayoutChanged, Change::PromiseBroken,
                   Change::Removed})
    Rules.push_back({facts::ruleId(C), facts::summaryOf(C), ""});
  Rules.push_back({"lock-contradiction", "two units have types of one name for themselves, in one file", ""});
  Rules.push_back({"odr-layout-mismatch", "two units lay one type out differently", "[basic.def.odr]"});
  return Rules;
}

void printDifferences(std::vector<Finding> Findings, llvm::StringRef Root, std::size_t FileCount, LockFormat Format,
                      llvm::StringRef Title) {
  for (Finding &F : Findings) {
    nameFromHere(F.Where, Root);
    for (Reason &R : F.Reasons)
      nameFromHere(R.Where, Root);
  }
  sortAndMerge(Findings);
  switch (Format) {
  case LockFormat::Text:
    report::writeText(llvm::outs(), Findings, llvm::sys::Process::StandardOutHasColors());
    break;
  case LockFormat::Json:
    report::writeJson(llvm::outs(), Findings, report::summarize(Findings, FileCount));
    break;
  case LockFormat::GitHub:
    report::writeGitHub(llvm::outs(), Findings);
    break;
  case LockFormat::Markdown:
    report::writeMarkdown(llvm::outs(), Findings, Title);
    break;
  case LockFormat::Sarif:
    report::writeSarif(llvm::outs(), Findings, rulesOnFacts());
    break;
  }
  llvm::outs().flush();
}

} // namespace snug::tool
