// Where functions lie that no symbol names: what the unwinder's tables say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_FRAMERANGES_H
#define SNUG_CHECKER_MACHINE_FRAMERANGES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace snug::machine {

struct CodeRange {
  std::uint64_t Address = 0;
  std::uint64_t Size = 0;
};

/// The ranges that the entries of .eh_frame describe, sorted by address, none of them empty. A function's cold part has an
/// entry of its own.
llvm::Expected<std::vector<CodeRange>> readFrameRanges(llvm::ArrayRef<std::uint8_t> Bytes,
                                                       std::uint64_t SectionAddress);

} // namespace snug::machine

#endif
