// Names, comparison and wording of stated quantities.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <vector>

namespace snug {

static const Quantity Table[] = {
#define SNUG_QUANTITY(NAME, SUBJECTS, ONE, MANY) {#NAME, SUBJECTS, ONE, MANY, false},
#define SNUG_LABEL(NAME, SUBJECTS) {#NAME, SUBJECTS, "group", "groups", true},
#include "core/Quantities.def"
};

llvm::ArrayRef<Quantity> allQuantities() { return Table; }

llvm::ArrayRef<Relation> relationsOf(const Quantity &Q) {
  static const Relation All[] = {Relation::Equal, Relation::AtMost, Relation::AtLeast};
  return llvm::ArrayRef<Relation>(All).take_front(Q.IsLabel ? 1 : 3);
}

std::optional<ExpectationName> parseExpectationName(llvm::StringRef Name) {
  Relation How = Relation::Equal;
  if (Name.consume_front("max_"))
    How = Relation::AtMost;
  else if (Name.consume_front("min_"))
    How = Relation::AtLeast;
  for (const Quantity &Q : Table)
    if (Q.Name == Name && (How == Relation::Equal || !Q.IsLabel))
      return ExpectationName{&Q, How};
  return std::nullopt;
}

std::string toString(ExpectationName Name) {
  const char *Prefix = Name.How == Relation::AtMost ? "max_" : Name.How == Relation::AtLeast ? "min_" : "";
  return Prefix + Name.What->Name.str();
}

bool holds(Relation How, std::uint64_t Actual, std::uint64_t Stated) {
  switch (How) {
  case Relation::Equal:
    return Actual == Stated;
  case Relation::AtMost:
    return Actual <= Stated;
  case Relation::AtLeast:
    return Actual >= Stated;
  }
  return false;
}

std::string count(std::uint64_t Number, llvm::StringRef One, llvm::StringRef Many) {
  return std::to_string(Number) + " " + (Number == 1 ? One : Many).str();
}

llvm::StringRef nearest(llvm::StringRef Name, llvm::ArrayRef<llvm::StringRef> Candidates) {
  llvm::StringRef Best;
  if (Name.size() < 2)
    return Best;
  unsigned BestDistance = std::max<unsigned>(1, static_cast<unsigned>(Name.size() / 3)) + 1;
  for (llvm::StringRef Candidate : Candidates)
    if (unsigned Distance = Name.edit_distance_insensitive(Candidate, true, BestDistance); Distance < BestDistance) {
      Best = Candidate;
      BestDistance = Distance;
    }
  return Best;
}

std::string nearestExpectation(llvm::StringRef Name, unsigned Subjects) {
  std::vector<std::string> Names;
  for (const Quantity &Q : Table)
    if (Q.Subjects & Subjects)
      for (Relation How : relationsOf(Q))
        Names.push_back(toString(ExpectationName{&Q, How}));
  std::vector<llvm::StringRef> Views(Names.begin(), Names.end());
  return nearest(Name, Views).str();
}

} // namespace snug
