// Counts findings and says so in one line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Expectation.h"
#include "report/Report.h"

namespace snug::report {

Summary summarize(llvm::ArrayRef<Finding> Findings, std::size_t Files) {
  Summary S;
  S.Files = Files;
  for (const Finding &F : Findings) {
    if (F.Result == Verdict::Undecided)
      ++S.Undecided;
    else if (F.Result == Verdict::Violated)
      ++(F.Severity == Level::Error ? S.Errors : F.Severity == Level::Warning ? S.Warnings : S.Notes);
  }
  return S;
}

std::string toString(const Summary &S) {
  std::string Text = count(S.Files, "file", "files") + ", " + count(S.findings(), "finding", "findings");
  if (S.findings()) {
    std::string Parts;
    auto Add = [&](std::size_t Number, const char *One, const char *Many) {
      if (Number)
        Parts += (Parts.empty() ? "" : ", ") + count(Number, One, Many);
    };
    Add(S.Errors, "error", "errors");
    Add(S.Warnings, "warning", "warnings");
    Add(S.Notes, "note", "notes");
    Text += " (" + Parts + ")";
  }
  Text += ", " + std::to_string(S.Undecided) + " undecided";
  return S.Suppressed ? Text + ", " + std::to_string(S.Suppressed) + " suppressed" : Text;
}

} // namespace snug::report
