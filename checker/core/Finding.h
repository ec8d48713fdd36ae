// What a rule says about a program: plain data, no AST, so that every host and every writer can carry it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_FINDING_H
#define SNUG_CHECKER_CORE_FINDING_H

#include <cstdint>
#include <string>
#include <vector>

namespace snug {

/// How much a finding weighs. `Error`: a broken promise or undefined behaviour; `Warning`: waste, or undefined by the
/// letter only; `Note`: portability; `Remark`: a figure that was asked for.
enum class Level : std::uint8_t { Remark, Note, Warning, Error };

/// What was decided. `Undecided` is a result, not silence: it is counted, and fails under --strict.
enum class Verdict : std::uint8_t { Holds, Violated, Undecided };

/// A place in a source or in an object. Lines and columns count from 1; 0 means "the file as a whole".
/// `Raw` is the host's own encoding of the place (a clang::SourceLocation in the hosts that have an AST), 0 elsewhere;
/// it is meaningful only while that host lives.
struct Location {
  std::string File;
  unsigned Line = 0;
  unsigned Column = 0;
  std::uint32_t Raw = 0;

  bool isValid() const { return !File.empty(); }
  friend bool operator==(const Location &A, const Location &B) {
    return A.Line == B.Line && A.Column == B.Column && A.File == B.File;
  }
};

/// Text to be put in the place of [Begin, End). `Begin == End` inserts.
struct Replacement {
  Location Begin;
  Location End;
  std::string Text;
};

/// One fact in the chain that leads to a finding ("because member 'm' …"), shown as a note below it, in order.
/// A replacement here is offered, never applied by itself.
struct Reason {
  /// Stable id of the reason where it has one (`sl-virtual-function`), else empty.
  std::string Id;
  std::string Text;
  Location Where;
  std::vector<Replacement> FixIts;
};

/// A verdict with its reasons. `Message` starts in lower case and ends without a period; the hosts add "[snug-RuleId]".
struct Finding {
  std::string RuleId;
  Level Severity = Level::Warning;
  Verdict Result = Verdict::Violated;
  Location Where;
  std::string Message;
  /// Qualified name of what is declared around `Where` ("demo::op::start"), where the host knows it. It moves with the
  /// code, which lines do not.
  std::string Entity;
  std::vector<Reason> Reasons;
  /// Applied by -fixit and friends: only what is almost surely meant and keeps the meaning.
  std::vector<Replacement> FixIts;
};

/// "error", "warning", "note", "remark".
const char *toString(Level L);
/// "holds", "violated", "undecided".
const char *toString(Verdict V);

/// Orders by file, line, column, rule and message, so that two runs print alike.
bool operator<(const Finding &A, const Finding &B);
/// True when a reader could not tell the two apart: same rule, place, message and reasons.
bool operator==(const Finding &A, const Finding &B);

/// Sorts and drops repeats: what several instantiations or translation units say alike is said once.
/// Complexity: O(n log n).
void sortAndMerge(std::vector<Finding> &Findings);

} // namespace snug

#endif
