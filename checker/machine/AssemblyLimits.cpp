// What assembly text may ask for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/AssemblyLimits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace snug::machine {
namespace {

using llvm::StringRef;

constexpr std::uint64_t MostRounds = 1U << 12, MostStatements = 1U << 17;

/// Takes one statement off the text: without comments, up to a line's end or a ';' that stands in no string.
std::string takeStatement(StringRef &Text, std::uint64_t &Line) {
  std::string Statement;
  size_t I = 0;
  for (; I < Text.size() && !StringRef("\n\r;").contains(Text[I]); ++I) {
    if (Text.substr(I).starts_with("/*")) {
      const size_t End = std::min(Text.find("*/", I + 2), Text.size());
      Line += Text.slice(I, End).count('\n');
      I = std::min(End + 1, Text.size() - 1);
      Statement += ' ';
    } else if (Text[I] == '#') {
      I = std::min(Text.find_first_of("\n\r", I), Text.size()) - 1;
    } else if (Text[I] == '\'' && I + 1 < Text.size()) {
      ++I; // a character as a number
      Statement += '0';
    } else if (Text[I] == '"') {
      do {
        Statement += Text[I];
        I += Text[I] == '\\' ? 2 : 1;
      } while (I < Text.size() && Text[I] != '"' && Text[I] != '\n');
      I -= I >= Text.size() || Text[I] == '\n';
    } else {
      Statement += Text[I];
    }
  }
  Line += I < Text.size() && Text[I] == '\n';
  Text = Text.drop_front(std::min(I + 1, Text.size()));
  return Statement;
}

/// "a: .L1: movl" -> "movl".
StringRef withoutLabels(StringRef Statement) {
  for (;;) {
    Statement = Statement.ltrim();
    StringRef Rest = Statement;
    if (Rest.consume_front("\""))
      Rest = Rest.split('"').second;
    else
      Rest = Rest.drop_while([](char C) { return llvm::isAlnum(C) || StringRef("_.$@\\").contains(C); });
    Rest = Rest.ltrim();
    if (Rest.size() == Statement.size() || !Rest.consume_front(":"))
      return Statement;
    Statement = Rest;
  }
}

bool asksForRoom(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {".fill", ".space",   ".skip",     ".zero",     ".org",
                                                  ".nops", ".align",   ".balign",   ".p2align",  ".balignw",
                                                  ".dcb",  ".balignl", ".p2alignw", ".p2alignl", ".ds"};
  return llvm::any_of(Names, [&](StringRef Other) { return Name.equals_insensitive(Other); }) ||
         Name.starts_with_insensitive(".dcb.") || Name.starts_with_insensitive(".ds.");
}

/// The most that an operand made of numbers, symbols and sums can come to; none where it is computed in another way or holds
/// a floating-point number, which the assembler takes for the integer with the same bits.
std::optional<std::uint64_t> boundOf(StringRef Operand) {
  if (Operand.contains('*') || Operand.contains("<<"))
    return std::nullopt;
  std::uint64_t Sum = 0;
  while (!Operand.empty()) {
    const StringRef Token =
        Operand.take_while([](char C) { return llvm::isAlnum(C) || C == '.' || C == '_' || C == '$'; });
    Operand = Operand.drop_front(std::max<size_t>(Token.size(), 1));
    if (!Token.empty() && !llvm::isDigit(Token[0]) && !(Token.size() > 1 && Token[0] == '.' && llvm::isDigit(Token[1])))
      continue; // a symbol
    const bool IsHexadecimal = Token.starts_with_insensitive("0x");
    if (Token.contains('.') || Token.contains_insensitive(IsHexadecimal ? "p" : "e"))
      return std::nullopt;
    std::uint64_t Number = 0;
    if (Token.getAsInteger(0, Number) && !Token.empty() && !llvm::StringRef("bBfF").contains(Token.back()))
      return std::nullopt; // neither a number of 64 bits nor a local label
    Sum = Sum + Number < Sum ? std::numeric_limits<std::uint64_t>::max() : Sum + Number;
  }
  return Sum;
}

} // namespace

llvm::Error checkDirectives(StringRef Text, std::uint64_t MostBytes) {
  for (char C : Text)
    if ((static_cast<unsigned char>(C) < ' ' && !StringRef("\t\n\r").contains(C)) || C == 0x7f)
      return llvm::createStringError("it is no text: it holds a byte " +
                                     llvm::Twine(unsigned(static_cast<unsigned char>(C))));
  std::uint64_t Room = 0, Next = 1, Statements = 0;
  std::vector<std::uint64_t> Rounds = {1};
  llvm::StringMap<std::uint64_t> Macros; // how many statements each makes
  std::string Inside;                    // the macro that is being defined
  while (!Text.empty()) {
    const std::uint64_t Line = Next;
    const std::string Whole = takeStatement(Text, Next);
    const StringRef Statement = withoutLabels(Whole);
    const StringRef Name =
        Statement.take_while([](char C) { return llvm::isAlnum(C) || C == '.' || C == '_' || C == '$'; });
    StringRef Arguments = Statement.drop_front(Name.size()).trim();
    auto Is = [&](StringRef Other) { return Name.equals_insensitive(Other); };
    auto Refuse = [&](const llvm::Twine &Why) {
      return llvm::createStringError("line " + llvm::Twine(Line) + ": '" + Name + "' " + Why);
    };
    if (Is(".include") || Is(".incbin"))
      return Refuse("names another file; only this one is read");
    if (Is(".macro")) {
      if (!Inside.empty())
        return Refuse("stands within another macro");
      Inside = Arguments.take_until([](char C) { return C == ' ' || C == '\t' || C == ','; }).lower();
      Macros[Inside] = 0;
      continue;
    }
    if (Is(".endm") || Is(".endmacro"))
      Inside.clear();
    if (!Inside.empty() && Statement.starts_with("\\"))
      return llvm::createStringError("line " + llvm::Twine(Line) + ": a macro's argument stands for an instruction");
    if (Is(".endr") && Rounds.size() > 1)
      Rounds.pop_back();
    if (Is(".rept") || Is(".rep") || Is(".irp") || Is(".irpc")) {
      std::uint64_t Count = Arguments.size();
      if ((Is(".rept") || Is(".rep")) && Arguments.getAsInteger(0, Count))
        return Refuse("with a computed number of rounds is not read");
      if (Count > MostRounds || (Count != 0 && Rounds.back() > MostRounds / Count))
        return Refuse("asks for more than " + llvm::Twine(MostRounds) + " rounds");
      Rounds.push_back(Rounds.back() * std::max<std::uint64_t>(Count, 1));
    }
    std::uint64_t Weight = Rounds.back();
    if (auto Used = Macros.find(Name.lower()); Used != Macros.end()) {
      if (!Inside.empty())
        return Refuse("is a macro that another macro uses");
      Weight *= std::max<std::uint64_t>(Used->second, 1);
    }
    std::uint64_t &Sum = Inside.empty() ? Statements : Macros[Inside];
    Sum += Weight;
    if (Sum > MostStatements)
      return Refuse("makes more than " + llvm::Twine(MostStatements) + " statements of this text");
    if (asksForRoom(Name)) {
      const std::optional<std::uint64_t> Bound = boundOf(Arguments.split(',').first);
      if (!Bound)
        return Refuse("with a computed size is not read");
      std::uint64_t Size = *Bound;
      if (Name.starts_with_insensitive(".p2"))
        Size = Size < 32 ? std::uint64_t(1) << Size : MostBytes;
      Room += Size < MostBytes ? Size * Weight : MostBytes;
      if (Room >= MostBytes)
        return Refuse("asks for more than " + llvm::Twine(MostBytes >> 20) + " MiB");
    }
  }
  return llvm::Error::success();
}

} // namespace snug::machine
