// The writers over findings: text for people, JSON, SARIF and GitHub annotations for programs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_REPORT_REPORT_H
#define SNUG_CHECKER_REPORT_REPORT_H

#include "core/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace snug::report {

/// What one run was about.
struct Summary {
  std::size_t Files = 0;
  std::size_t Errors = 0;
  std::size_t Warnings = 0;
  std::size_t Notes = 0;
  std::size_t Undecided = 0;
  /// Known findings that were left out; counted nowhere else.
  std::size_t Suppressed = 0;

  std::size_t findings() const { return Errors + Warnings + Notes; }
};

/// Counts findings that do not hold; those that were not decided are counted apart.
Summary summarize(llvm::ArrayRef<Finding> Findings, std::size_t Files);

/// "3 files, 2 findings (1 error, 1 warning), 0 undecided".
std::string toString(const Summary &S);

/// As Clang prints: "file:line:column: error: message [snug-rule]", the source line with a caret, the reasons as notes
/// with theirs. Source lines are read from the files named; a file that is gone costs the line, not the message.
void writeText(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, bool Colour);

/// As docs/schemas/check.schema.json says. One object: `schema` (1), `findings`, `summary`. A finding has `rule`, `level`, `verdict`, `file`, `line`, `column`,
/// `entity`, `message`, `reasons` (each `id`, `message`, place, `fixits`) and `fixits` (`file`, `begin`, `end`, `text`).
void writeJson(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, const Summary &S);

/// What SARIF says about a rule.
struct RuleDescription {
  llvm::StringRef Id;
  llvm::StringRef Summary;
  llvm::StringRef Paragraph;
  Level DefaultLevel = Level::Warning;
};

/// SARIF 2.1.0, one run; reasons are related locations, fix-its are fixes. Files below `Root` (the working folder of
/// the run, absolute) are relative to it, their base being called "SRCROOT"; columns count Unicode characters. Each
/// result carries the fingerprint "snugFinding/v1", which lines that come and go above do not change.
void writeSarif(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, llvm::ArrayRef<RuleDescription> Rules,
                llvm::StringRef Root = "");

/// Markdown for the comment on a pull request: a table with one row for each finding, their reasons folded below it.
void writeMarkdown(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, llvm::StringRef Title);

/// GitHub workflow commands, one line for each finding; reasons follow in the same line.
void writeGitHub(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings);

} // namespace snug::report

#endif
