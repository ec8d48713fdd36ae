// Findings about a class template: one for all its specialisations, at the one place where the user reads about them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Specialisations.h"

#include "rules/Names.h"
#include "rules/UserCode.h"

#include <utility>

namespace snug::rules {

void HeaviestSpecialisations::add(const clang::CXXRecordDecl &Record, std::uint64_t Amount) {
  Kept &K = ByTemplate[templateOf(Record)];
  const bool IsFirst = !K.Record;
  K.Others += !IsFirst;
  if (IsFirst || Amount > K.Amount) {
    K.Record = &Record;
    K.Amount = Amount;
  }
}

void addOthers(Finding &F, const HeaviestSpecialisations::Kept &K) {
  if (K.Others)
    F.Reasons.push_back({"", "the same holds in " + countOf(K.Others, "other specialisation"), F.Where, {}});
}

} // namespace snug::rules
