// Which files findings may be in, as the configuration says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ReportedFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

namespace snug::rules {

bool ReportedFiles::wants(const Finding &F) const {
  if (Filter.Excluded.empty() && Filter.Headers.empty())
    return true;
  llvm::SmallString<256> Path(F.Where.File);
  Sources.getFileManager().makeAbsolutePath(Path);
  if (matchesPath(Filter.Excluded, Path, Filter.Root))
    return false;
  return Filter.Headers.empty() || isInMainFile(F) || matchesPath(Filter.Headers, Path, Filter.Root);
}

bool ReportedFiles::isInMainFile(const Finding &F) const {
  const clang::SourceLocation At = clang::SourceLocation::getFromRawEncoding(F.Where.Raw);
  return At.isInvalid() || Sources.isInMainFile(Sources.getExpansionLoc(At));
}

std::string nameOfHeaderGlob(const FileFilter &Filter, llvm::StringRef Glob) { return Filter.Root + ":" + Glob.str(); }

std::vector<std::string> usedHeaderGlobs(const FileFilter &Filter, const clang::SourceManager &Sources) {
  std::vector<std::string> Used;
  if (Filter.Headers.empty())
    return Used;
  std::vector<std::string> Paths;
  const clang::OptionalFileEntryRef Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  for (const auto &[File, Content] : llvm::make_range(Sources.fileinfo_begin(), Sources.fileinfo_end()))
    if (!Main || File != *Main) {
      llvm::SmallString<256> Path(File.getName());
      Sources.getFileManager().makeAbsolutePath(Path);
      Paths.emplace_back(Path);
    }
  for (const std::string &Glob : Filter.Headers)
    if (llvm::any_of(Paths, [&](llvm::StringRef Path) { return matchesPath(Glob, Path, Filter.Root); }))
      Used.push_back(nameOfHeaderGlob(Filter, Glob));
  llvm::sort(Used);
  Used.erase(llvm::unique(Used), Used.end());
  return Used;
}

} // namespace snug::rules
