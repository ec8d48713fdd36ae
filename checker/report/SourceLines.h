// The lines that findings are in, for carets and for columns that count characters.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_REPORT_SOURCELINES_H
#define SNUG_CHECKER_REPORT_SOURCELINES_H

#include "core/Finding.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>

namespace snug::report {

/// Lines of files, each file read once.
class SourceLines {
public:
  /// Without its line end; empty when the file or the line is gone.
  llvm::StringRef line(const Location &Where);

  /// `Where.Column`, which counts bytes, in Unicode characters; the same number when the line is gone.
  unsigned column(const Location &Where);

private:
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files;
};

} // namespace snug::report

#endif
