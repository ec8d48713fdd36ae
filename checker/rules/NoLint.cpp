// NOLINT comments: where the source says that a rule shall be silent, in the words of clang-tidy.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/NoLint.h"

#include "core/Config.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace snug::rules {

using llvm::StringRef;

bool namesRule(StringRef Rules, StringRef RuleId) {
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
  struct Beginning {
    unsigned Line;
    Unmatched Comment;
  };
  std::vector<Beginning> Open;
  unsigned Line = 1;
  std::size_t Counted = 0;
  for (std::size_t At = Text.find(Word); At != StringRef::npos; At = Text.find(Word, At)) {
    Line += static_cast<unsigned>(Text.slice(Counted, At).count('\n'));
    Counted = At;
    const std::size_t Start = At;
    StringRef Kind = Text.drop_front(At + Word.size()).take_while(llvm::isAlpha);
    At += Word.size() + Kind.size();
    StringRef Rules = "*";
    if (StringRef Rest = Text.drop_front(At); Rest.starts_with("("))
      if (std::size_t End = Rest.find_first_of("\n)"); End != StringRef::npos && Rest[End] == ')') {
        Rules = Rest.slice(1, End).trim();
        At += End + 1;
      }
    if (Kind.empty())
      Regions.push_back({Line, Line, Start, Rules, {}});
    else if (Kind == "NEXTLINE")
      Regions.push_back({Line + 1, Line + 1, Start, Rules, {}});
    else if (Kind == "BEGIN")
      Open.push_back({Line, {Start, /*IsBegin=*/true, Rules}});
    else if (Kind == "END" && !Open.empty() && Open.back().Comment.Rules == Rules) {
      Regions.push_back({Open.back().Line, Line, Open.back().Comment.Offset, Rules, {}});
      Open.pop_back();
    } else if (Kind == "END") {
      WithoutEnd.push_back({Start, /*IsBegin=*/false, Rules});
    }
  }
  for (const Beginning &B : Open)
    WithoutEnd.push_back(B.Comment);
}

bool NoLintLines::silence(unsigned Line, StringRef RuleId) {
  bool Silent = false;
  for (Region &R : Regions)
    if (R.First <= Line && Line <= R.Last && namesRule(R.Rules, RuleId)) {
      Silent = true;
      if (!llvm::is_contained(R.Silenced, RuleId))
        R.Silenced.push_back(RuleId.str());
    }
  return Silent;
}

NoLintLines &NoLintComments::lines(clang::FileID File) {
  auto Known = Files.find(File);
  if (Known == Files.end())
    Known = Files.try_emplace(File, NoLintLines(Sources.getBufferOrFake(File).getBuffer())).first;
  return Known->second;
}

const NoLintLines &NoLintComments::of(clang::FileID File) { return lines(File); }

bool NoLintComments::cover(const Finding &F) {
  clang::SourceLocation At = clang::SourceLocation::getFromRawEncoding(F.Where.Raw);
  while (At.isValid()) {
    const auto [File, Offset] = Sources.getDecomposedSpellingLoc(At);
    if (lines(File).silence(Sources.getLineNumber(File, Offset), F.RuleId))
      return true;
    if (!At.isMacroID())
      return false;
    At = Sources.getImmediateExpansionRange(At).getBegin();
  }
  return false;
}

std::vector<std::pair<clang::SourceLocation, const NoLintLines::Unmatched *>> NoLintComments::unmatched() const {
  std::vector<std::pair<clang::SourceLocation, const NoLintLines::Unmatched *>> Result;
  for (const auto &[File, Lines] : Files)
    for (const NoLintLines::Unmatched &Comment : Lines.unmatched())
      Result.emplace_back(Sources.getLocForStartOfFile(File).getLocWithOffset(static_cast<int>(Comment.Offset)),
                          &Comment);
  return Result;
}

} // namespace snug::rules
