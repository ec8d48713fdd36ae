// Names, order and merging of findings.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Finding.h"

#include <algorithm>
#include <tuple>

namespace snug {

const char *toString(Level L) {
  switch (L) {
  case Level::Remark:
    return "remark";
  case Level::Note:
    return "note";
  case Level::Warning:
    return "warning";
  case Level::Error:
    return "error";
  }
  return "error";
}

const char *toString(Verdict V) {
  switch (V) {
  case Verdict::Holds:
    return "holds";
  case Verdict::Violated:
    return "violated";
  case Verdict::Undecided:
    return "undecided";
  }
  return "undecided";
}

static auto key(const Location &L) { return std::tie(L.File, L.Line, L.Column); }

bool operator<(const Finding &A, const Finding &B) {
  if (key(A.Where) != key(B.Where))
    return key(A.Where) < key(B.Where);
  if (std::tie(A.RuleId, A.Message) != std::tie(B.RuleId, B.Message))
    return std::tie(A.RuleId, A.Message) < std::tie(B.RuleId, B.Message);
  return std::lexicographical_compare(
      A.Reasons.begin(), A.Reasons.end(), B.Reasons.begin(), B.Reasons.end(), [](const Reason &X, const Reason &Y) {
        return std::tuple(key(X.Where), std::tie(X.Text)) < std::tuple(key(Y.Where), std::tie(Y.Text));
      });
}

bool operator==(const Finding &A, const Finding &B) { return !(A < B) && !(B < A); }

void sortAndMerge(std::vector<Finding> &Findings) {
  std::sort(Findings.begin(), Findings.end());
  Findings.erase(std::unique(Findings.begin(), Findings.end()), Findings.end());
}

} // namespace snug
