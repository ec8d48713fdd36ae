// Functions as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_HTMLWRITER_H
#define SNUG_CHECKER_MACHINE_HTMLWRITER_H

#include "machine/Diff.h"
#include "machine/Report.h"

namespace snug::machine {

/// A table of figures, and below it the listing of every function that has one: loads shaded by their depth, the access
/// path beside them. No script, no other file.
void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionReport> Reports);

/// Both versions of each pair in columns.
void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionPair> Pairs, const DiffSummary &Summary);

/// Parts of other pages, which carry `listingStyle`: the listing of one function, and two versions side by side under
/// the names of both.
void writeListingHtml(llvm::raw_ostream &Out, const FunctionReport &R);
void writePairHtml(llvm::raw_ostream &Out, const FunctionPair &P, llvm::StringRef Before, llvm::StringRef After);
llvm::StringRef listingStyle();

} // namespace snug::machine

#endif
