// NOLINT comments: where the source says that a rule shall be silent, in the words of clang-tidy.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/NoLint.h"

#include "core/Config.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace snug::rules {

using llvm::StringRef;

/// As in clang-tidy's lists: the last glob that matches decides, a leading '-' takes away.
static bool names(StringRef Rules, StringRef RuleId) {
  const std::string Name = ("snug-" + RuleId).str();
  bool Named = false;
  for (StringRef Glob : llvm::split(Rules, ',')) {
    Glob = Glob.trim();
    const bool Adds = !Glob.consume_front("-");
    if (matchesName(Glob, Name))
      Named = Adds;
  }
  return Named;
}

NoLintLines::NoLintLines(StringRef Text) {
  constexpr StringRef Word = "NOLINT";
  std::vector<Region> Open;
  unsigned Line = 1;
  std::size_t Counted = 0;
  for (std::size_t At = Text.find(Word); At != StringRef::npos; At = Text.find(Word, At)) {
    Line += static_cast<unsigned>(Text.slice(Counted, At).count('\n'));
    Counted = At;
    StringRef Kind = Text.drop_front(At + Word.size()).take_while(llvm::isAlpha);
    At += Word.size() + Kind.size();
    StringRef Rules = "*";
    if (StringRef Rest = Text.drop_front(At); Rest.starts_with("("))
      if (std::size_t End = Rest.find_first_of("\n)"); End != StringRef::npos && Rest[End] == ')') {
        Rules = Rest.slice(1, End).trim();
        At += End + 1;
      }
    if (Kind.empty())
      Regions.push_back({Line, Line, Rules});
    else if (Kind == "NEXTLINE")
      Regions.push_back({Line + 1, Line + 1, Rules});
    else if (Kind == "BEGIN")
      Open.push_back({Line, Line, Rules});
    else if (Kind == "END" && !Open.empty() && Open.back().Rules == Rules) {
      Regions.push_back({Open.back().First, Line, Rules});
      Open.pop_back();
    }
  }
}

bool NoLintLines::silence(unsigned Line, StringRef RuleId) const {
  return llvm::any_of(Regions,
                      [&](const Region &R) { return R.First <= Line && Line <= R.Last && names(R.Rules, RuleId); });
}

bool NoLintComments::cover(const Finding &F) {
  clang::SourceLocation At = clang::SourceLocation::getFromRawEncoding(F.Where.Raw);
  while (At.isValid()) {
    const auto [File, Offset] = Sources.getDecomposedSpellingLoc(At);
    auto Known = Files.find(File);
    if (Known == Files.end())
      Known = Files.try_emplace(File, NoLintLines(Sources.getBufferOrFake(File).getBuffer())).first;
    if (Known->second.silence(Sources.getLineNumber(File, Offset), F.RuleId))
      return true;
    if (!At.isMacroID())
      return false;
    At = Sources.getImmediateExpansionRange(At).getBegin();
  }
  return false;
}

} // namespace snug::rules
