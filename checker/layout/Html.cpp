// Writes layouts as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Writers.h"

namespace snug::layout {
void writeHtml(llvm::raw_ostream &, llvm::ArrayRef<RecordLayout>, const WriteOptions &) {}
} // namespace snug::layout
