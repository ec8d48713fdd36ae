// Findings as Markdown, for the comment on a pull request.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Report.h"

namespace snug::report {
namespace {

/// As code within a line; what would end it or a table's cell is kept from doing so.
std::string code(llvm::StringRef Text) {
  std::string Safe;
  for (char C : Text)
    Safe += C == '`'    ? std::string("'")
            : C == '|'  ? std::string("\\|")
            : C == '\n' ? std::string(" ")
                        : std::string(1, C);
  return "`" + Safe + "`";
}

/// A message in which 'names' become code, and nothing else becomes markup.
std::string prose(llvm::StringRef Text) {
  std::string Result;
  while (!Text.empty()) {
    const std::size_t Begin = Text.find('\'');
    const std::size_t End = Begin == llvm::StringRef::npos ? Begin : Text.find('\'', Begin + 1);
    for (char C : Text.take_front(End == llvm::StringRef::npos ? Text.size() : Begin)) {
      if (llvm::StringRef("*_<>|`[]\\").contains(C))
        Result += '\\';
      Result += C == '\n' ? ' ' : C;
    }
    if (End == llvm::StringRef::npos)
      break;
    Result += code(Text.slice(Begin + 1, End));
    Text = Text.drop_front(End + 1);
  }
  return Result;
}

std::string place(const Location &Where) {
  if (!Where.isValid())
    return "";
  return code(Where.File + (Where.Line ? ":" + std::to_string(Where.Line) : ""));
}

} // namespace

void writeMarkdown(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, llvm::StringRef Title) {
  OS << "### " << prose(Title) << "\n\n";
  std::size_t Count = 0;
  for (const Finding &F : Findings)
    Count += F.Result != Verdict::Holds;
  if (Count == 0) {
    OS << "Nothing changed.\n";
    return;
  }
  OS << "| | what changed | where |\n|---|---|---|\n";
  for (const Finding &F : Findings)
    if (F.Result != Verdict::Holds)
      OS << "| " << (F.Result == Verdict::Undecided ? "undecided" : toString(F.Severity)) << " | " << prose(F.Message)
         << " (" << F.RuleId << ") | " << place(F.Where) << " |\n";
  for (const Finding &F : Findings) {
    if (F.Result == Verdict::Holds || F.Reasons.empty())
      continue;
    OS << "\n<details><summary>" << F.RuleId << "</summary>\n\n" << prose(F.Message) << "\n\n";
    for (const Reason &R : F.Reasons) {
      const std::string At = place(R.Where);
      OS << "- " << prose(R.Text) << (At.empty() ? "" : " — " + At) << "\n";
    }
    OS << "\n</details>\n";
  }
}

} // namespace snug::report
