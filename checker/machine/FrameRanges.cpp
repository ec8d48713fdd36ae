// Where functions lie that no symbol names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/FrameRanges.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/DebugInfo/DWARF/DWARFDataExtractor.h"
#include "llvm/DebugInfo/DWARF/DWARFDebugFrame.h"
#include "llvm/Support/Casting.h"

#include <tuple>

namespace snug::machine {

llvm::Expected<std::vector<CodeRange>> readFrameRanges(llvm::ArrayRef<std::uint8_t> Bytes,
                                                       std::uint64_t SectionAddress) {
  llvm::DWARFDebugFrame Frames(llvm::Triple::x86_64, /*IsEH=*/true, SectionAddress);
  if (llvm::Error E =
          Frames.parse(llvm::DWARFDataExtractor(llvm::toStringRef(Bytes), /*IsLittleEndian=*/true, /*AddressSize=*/8)))
    return E;
  std::vector<CodeRange> Ranges;
  for (const llvm::dwarf::FrameEntry &Entry : Frames.entries())
    if (const auto *Described = llvm::dyn_cast<llvm::dwarf::FDE>(&Entry);
        Described && Described->getAddressRange() != 0)
      Ranges.push_back({Described->getInitialLocation(), Described->getAddressRange()});
  llvm::sort(Ranges, [](const CodeRange &A, const CodeRange &B) {
    return std::tie(A.Address, A.Size) < std::tie(B.Address, B.Size);
  });
  return Ranges;
}

} // namespace snug::machine
