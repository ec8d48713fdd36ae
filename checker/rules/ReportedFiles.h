// Which files findings may be in, as the configuration says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_REPORTEDFILES_H
#define SNUG_CHECKER_RULES_REPORTEDFILES_H

#include "core/Config.h"
#include "core/Finding.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace snug::rules {

/// `header-filter` and `exclude-paths`. Both must outlive the object.
class ReportedFiles {
public:
  ReportedFiles(const FileFilter &Filter, const clang::SourceManager &Sources) : Filter(Filter), Sources(Sources) {}

  bool wants(const Finding &F) const;

private:
  bool isInMainFile(const Finding &F) const;

  const FileFilter &Filter;
  const clang::SourceManager &Sources;
};

/// Tells globs of different configurations apart: the folder they start from, and the glob.
std::string nameOfHeaderGlob(const FileFilter &Filter, llvm::StringRef Glob);

/// The names of those globs of `header-filter` that match a header which this translation unit includes; sorted.
std::vector<std::string> usedHeaderGlobs(const FileFilter &Filter, const clang::SourceManager &Sources);

} // namespace snug::rules

#endif
