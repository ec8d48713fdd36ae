// Functions as text for people: one line each, or the listing with loads marked.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_TEXTWRITER_H
#define SNUG_CHECKER_MACHINE_TEXTWRITER_H

#include "machine/Estimate.h"
#include "machine/Report.h"

#include "llvm/Support/raw_ostream.h"

namespace snug::machine {

/// The listing of one function: number and depth of each load, the instruction, and the access path.
void writeListing(llvm::raw_ostream &Out, const FunctionReport &R, unsigned Width);

/// One line below the listing, which says that it is an estimate.
void writeEstimate(llvm::raw_ostream &Out, const Estimate &E);

/// A table with one row per function and the totals below. `Total` may cover more functions than there are rows.
/// Where one of the functions branches, a column has the loads and the chain of the entry way.
void writeTable(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionReport> Rows, const Metrics &Total, size_t Functions,
                unsigned Width);

/// "1 byte", "16 bytes".
std::string counted(std::uint64_t N, llvm::StringRef Unit);

/// Columns that a UTF-8 text takes.
size_t columns(llvm::StringRef Text);
/// Cut to `Width` columns with "…" at the cut, or filled up with spaces.
std::string fitted(llvm::StringRef Text, size_t Width);

} // namespace snug::machine

#endif
