// The lines that findings are in.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/SourceLines.h"

namespace snug::report {

using llvm::StringRef;

StringRef SourceLines::line(const Location &Where) {
  auto [Entry, New] = Files.try_emplace(Where.File);
  if (New)
    if (auto Buffer = llvm::MemoryBuffer::getFile(Where.File, /*IsText=*/true))
      Entry->second = std::move(*Buffer);
  if (!Entry->second || !Where.Line)
    return {};
  StringRef Rest = Entry->second->getBuffer();
  for (unsigned I = 1; I != Where.Line && !Rest.empty(); ++I)
    Rest = Rest.split('\n').second;
  return Rest.split('\n').first.rtrim('\r');
}

unsigned SourceLines::column(const Location &Where) {
  StringRef Before = line(Where).take_front(Where.Column ? Where.Column - 1 : 0);
  // The bytes that continue a UTF-8 character are no characters.
  unsigned Continuing = 0;
  for (char C : Before)
    Continuing += (static_cast<unsigned char>(C) & 0xC0u) == 0x80u;
  return Where.Column - Continuing;
}

} // namespace snug::report
