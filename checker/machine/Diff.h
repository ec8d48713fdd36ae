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

  /// The same instructions with the same names: nothing to show.
  bool isSame() const;
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
std::optional<std::vector<Row>> align(llvm::ArrayRef<ListingLine> Before, llvm::ArrayRef<ListingLine> After);

/// Both listings in columns, '=' between equal lines, '~' between similar ones, '<' and '>' where one side has none;
/// the figures below.
void writeDiff(llvm::raw_ostream &Out, const FunctionPair &P, unsigned Width);

} // namespace snug::machine

#endif
