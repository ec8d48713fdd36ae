// Two versions of code side by side: which functions belong together, and which lines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_DIFF_H
#define SNUG_CHECKER_MACHINE_DIFF_H

#include "machine/Report.h"

#include <optional>
#include <vector>

namespace snug::machine {

struct FunctionPair {
  FunctionReport Before, After;
  /// Lines are equal that differ in their registers' names alone: two ways of writing one function, not two versions.
  bool IgnoresRegisters = false;

  /// The same instructions with the same names: nothing to show.
  bool isSame() const;
  /// The entry way of one of them is not the whole function.
  bool hasEntryWay() const { return Before.Figures.hasEntryWay() || After.Figures.hasEntryWay(); }
};

/// Takes what belongs together out of both lists: equal mangled names first; then, if one is left on each side, these
/// two; then equal base names that are unique on both sides. The rest stays in the lists.
std::vector<FunctionPair> pairUp(std::vector<FunctionReport> &Before, std::vector<FunctionReport> &After);

/// One row of the alignment: indices into the listings; absent on the side that has a gap.
struct Row {
  std::optional<size_t> Before, After;
};

/// Global alignment that keeps what reads alike in one row: equal text weighs 6, equal mnemonic and operand shapes 4,
/// equal mnemonic 1, a gap 0.
///
/// Undecided when: the product of both lengths is over 4 million; then nothing is returned.
/// Complexity: O(n * m) time and bits of space, after equal beginnings and ends are taken off.
std::optional<std::vector<Row>> align(llvm::ArrayRef<ListingLine> Before, llvm::ArrayRef<ListingLine> After,
                                      bool IgnoreRegisters = false);

/// Both listings in columns, '=' between equal lines, '~' between similar ones, '<' and '>' where one side has none;
/// the figures below.
void writeDiff(llvm::raw_ostream &Out, const FunctionPair &P, unsigned Width);

/// What all functions compared come to.
struct DiffSummary {
  Metrics Before, After;
  size_t Changed = 0, Same = 0, OnlyBefore = 0, OnlyAfter = 0;

  void add(const FunctionPair &P);
  /// "2 functions differ, 1 is the same: instructions 22 → 16, bytes 70 → 50, loads 16 → 10, longest chain 5 → 1, …".
  std::string text() const;
};

/// For the comment on a pull request: the summary, a table of figures, the listings folded below it.
void writeMarkdown(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionPair> Pairs, const DiffSummary &Summary);

} // namespace snug::machine

#endif
