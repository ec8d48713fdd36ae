// Pictures of figures: where loads lead, and how a figure moved. Parts of pages.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_REPORT_DIAGRAMS_H
#define SNUG_CHECKER_REPORT_DIAGRAMS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snug::report {

/// One data access: "arg0→8→0".
struct ChainAccess {
  std::string Path;
  bool IsStore = false;
};

/// The accesses as trees that grow to the right, one for each root: every box is a load, what is right of it is read at
/// an address that it yielded. Equal beginnings are drawn once; a list of lists without a sheet.
/// Complexity: linear in the text of the paths. So many accesses are drawn, the rest is counted.
inline constexpr std::size_t MostAccesses = 150;
void writeChains(llvm::raw_ostream &Out, llvm::ArrayRef<ChainAccess> Accesses);

/// A figure over time.
struct Series {
  std::string Name;
  /// One for each step; nothing where the thing was not there.
  std::vector<std::optional<std::uint64_t>> Values;
};

/// Steps from one value to the next, on a scale that begins at 0, with each value that is new written at its step.
/// Input: as many labels as values.
void writeSteps(llvm::raw_ostream &Out, const Series &S, llvm::ArrayRef<std::string> Labels);

/// The sheet of pages with either.
llvm::StringRef diagramStyle();

} // namespace snug::report

#endif
