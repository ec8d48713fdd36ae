// One function as the writers show it: figures, accesses with their paths, and the listing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_REPORT_H
#define SNUG_CHECKER_MACHINE_REPORT_H

#include "machine/Analysis.h"

#include <string>
#include <vector>

namespace snug::machine {

struct AccessDetail {
  std::string Path;
  std::uint64_t Offset = 0; ///< of the instruction, from the start of the function
  std::uint32_t Depth = 0;
  std::uint8_t Width = 0;
  AccessClass Class = AccessClass::Memory;
  bool IsStore = false;
  bool IsVariable = false;
  bool IsOnEntryWay = false; ///< see Analyzer::entryWay
};

struct ListingLine {
  std::string Label;            ///< ".L1" where a jump leads here
  bool StartsUnreached = false; ///< a landing pad: begins a part that the entry does not reach
  std::string Part;             ///< "f.cold" where a part begins that lies elsewhere
  std::string Text;             ///< Intel syntax, names in the place of addresses
  std::uint64_t Offset = 0;
  std::uint8_t Size = 0;
  /// Of the first data load: its number in the function from 1, and its depth; 0 without one.
  std::uint32_t Load = 0;
  std::uint32_t Depth = 0;
  bool IsSpill = false;
  /// Of data, spills and the frame included; what push, pop, call, ret and leave move is StackLoads and StackStores.
  std::uint8_t Loads = 0, Stores = 0;
  std::uint8_t StackLoads = 0, StackStores = 0;
  bool IsRepeated = false; ///< a rep prefix: its counts are per round
  std::string Paths;       ///< of its accesses, separated by ", "
};

/// What lies elsewhere of a function and is counted with it.
struct PartDetail {
  std::string Name;         ///< as the symbol is called
  std::uint64_t Offset = 0; ///< of its listing
  std::uint64_t Bytes = 0;
};

struct LoopDetail {
  std::string Label;
  std::uint32_t CarriedLoads = 0;
};

struct FunctionReport {
  std::string Name; ///< demangled
  std::string Mangled;
  std::vector<std::string> Aliases; ///< other mangled names of the same address
  std::vector<PartDetail> Parts;
  std::string In; ///< label of the image
  Metrics Figures;
  /// Filled when details are asked for:
  std::vector<AccessDetail> Loads, Stores;
  std::vector<ListingLine> Listing;
  std::vector<LoopDetail> Loops;
};

/// Analyses a function and puts it into words. Without details only names and figures are filled. Paths that begin like
/// a label are printed with its name.
FunctionReport describe(Analyzer &A, const Function &F, bool WithDetails, llvm::ArrayRef<PathLabel> Labels = {});

/// "arg0→8" of "arg0→8→0", "[table]" of "[table]+16", "stack" of "stack-24": all but the last step of a path.
llvm::StringRef baseOf(llvm::StringRef Path);

/// The loads grouped by the base of their paths, for tables: "arg0→8" 2 loads, "arg0" 1 load.
struct BaseGroup {
  std::string Base;
  unsigned Loads = 0;
  unsigned Depth = 0; ///< the deepest
};
std::vector<BaseGroup> groupByBase(llvm::ArrayRef<AccessDetail> Loads);

} // namespace snug::machine

#endif
