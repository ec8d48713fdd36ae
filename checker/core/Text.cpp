// Names cut to what fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>

namespace snug {

std::string printable(std::string Text) {
  auto IsControl = [](char C) { return static_cast<unsigned char>(C) < 0x20 || C == 0x7f; };
  if (std::none_of(Text.begin(), Text.end(), IsControl))
    return Text;
  std::string Result;
  for (char C : Text) {
    if (!IsControl(C)) {
      Result += C;
      continue;
    }
    Result += "\\x";
    Result += llvm::hexdigit(static_cast<unsigned char>(C) >> 4);
    Result += llvm::hexdigit(static_cast<unsigned char>(C) & 15u);
  }
  return Result;
}

/// The text with every template argument list that is nested `Level` deep or deeper cut to "<…>".
static std::string cutAt(llvm::StringRef Text, unsigned Level) {
  std::string Result;
  unsigned Depth = 0;
  for (std::size_t I = 0; I != Text.size(); ++I) {
    const bool IsArrow = I && (Text[I - 1] == '-' || Text[I - 1] == '=');
    if (Text[I] == '>' && !IsArrow && Depth && Depth-- == Level)
      Result += "…";
    if (Depth < Level)
      Result += Text[I];
    if (Text[I] == '<' && ++Depth > Level)
      continue;
  }
  return Result;
}

std::string shorten(std::string Declaration, std::size_t Columns) {
  if (Declaration.size() <= Columns || llvm::StringRef(Declaration).contains("operator"))
    return Declaration;
  unsigned Deepest = 0, Depth = 0;
  for (char C : Declaration) {
    Depth += C == '<';
    Depth -= C == '>' && Depth;
    Deepest = std::max(Deepest, Depth);
  }
  for (unsigned Level = Deepest; Level != 0; --Level) {
    std::string Cut = cutAt(Declaration, Level);
    if (Cut.size() <= Columns || Level == 1)
      return Cut;
  }
  return Declaration;
}

} // namespace snug
