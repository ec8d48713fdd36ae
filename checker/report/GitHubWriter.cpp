// Findings as GitHub workflow commands, which show up as annotations on the changed lines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Report.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace snug::report {
namespace {

using llvm::StringRef;

/// Data escapes '%', CR and LF; properties ':' and ',' as well.
std::string escape(StringRef Text, bool Property) {
  std::string Result;
  for (char C : Text) {
    if (C == '%')
      Result += "%25";
    else if (C == '\r')
      Result += "%0D";
    else if (C == '\n')
      Result += "%0A";
    else if (Property && C == ':')
      Result += "%3A";
    else if (Property && C == ',')
      Result += "%2C";
    else
      Result += C;
  }
  return Result;
}

/// Annotations name files relative to the checkout, where the command runs.
std::string relative(StringRef Path) {
  llvm::SmallString<256> Here;
  StringRef Rest = Path;
  if (!llvm::sys::fs::current_path(Here) && Rest.consume_front(Here) && Rest.consume_front("/"))
    return Rest.str();
  return Path.str();
}

} // namespace

void writeGitHub(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings) {
  for (const Finding &F : Findings) {
    if (F.Result == Verdict::Holds)
      continue;
    std::string Text = F.Message;
    for (const Reason &R : F.Reasons) {
      Text += "\n";
      if (R.Where.isValid())
        Text += relative(R.Where.File) + ":" + std::to_string(R.Where.Line) + ": ";
      Text += R.Text;
    }
    StringRef Command = F.Severity == Level::Error ? "error" : F.Severity == Level::Warning ? "warning" : "notice";
    OS << "::" << Command << ' ';
    if (F.Where.isValid())
      OS << "file=" << escape(relative(F.Where.File), true) << ',';
    if (F.Where.Line)
      OS << "line=" << F.Where.Line << ',';
    if (F.Where.Column)
      OS << "col=" << F.Where.Column << ',';
    OS << "title=" << escape("snug-" + F.RuleId, true) << "::" << escape(Text, false) << '\n';
  }
}

} // namespace snug::report
