// What a program can state about itself: a quantity, how it is compared, and a number. Plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_EXPECTATION_H
#define SNUG_CHECKER_CORE_EXPECTATION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace snug {

/// What an expectation can be stated on; a set, because a quantity may fit several.
enum Subject : unsigned { OnType = 1, OnMember = 2, OnFunction = 4 };

/// A bare name means `Equal`, `max_…` means `AtMost`, `min_…` means `AtLeast`.
enum class Relation : std::uint8_t { Equal, AtMost, AtLeast };

/// One row of Quantities.def.
struct Quantity {
  llvm::StringRef Name;
  /// Set of `Subject`s.
  unsigned Subjects;
  llvm::StringRef One;
  llvm::StringRef Many;
  /// The number is a name, not an amount: it has no bounds.
  bool IsLabel;
};

/// All quantities, sorted by name.
llvm::ArrayRef<Quantity> allQuantities();

/// How a number can be compared with the stated one: in one way for a label.
llvm::ArrayRef<Relation> relationsOf(const Quantity &Q);

/// A quantity and how it is compared: `max_size` is {size, AtMost}.
struct ExpectationName {
  const Quantity *What;
  Relation How;
};

/// Nothing when `Name` is not the name of an expectation.
std::optional<ExpectationName> parseExpectationName(llvm::StringRef Name);

/// The inverse of `parseExpectationName`.
std::string toString(ExpectationName Name);

/// Whether `Actual` keeps what was stated.
bool holds(Relation How, std::uint64_t Actual, std::uint64_t Stated);

/// "1 byte", "16 bytes".
std::string count(std::uint64_t Number, llvm::StringRef One, llvm::StringRef Many);
inline std::string count(std::uint64_t Number, const Quantity &Q) { return count(Number, Q.One, Q.Many); }

/// The candidate with the smallest edit distance from `Name`, if it is close enough to be a slip of the hand (at most a
/// third of the letters, at least one); empty otherwise.
llvm::StringRef nearest(llvm::StringRef Name, llvm::ArrayRef<llvm::StringRef> Candidates);

/// The nearest name of an expectation that fits `Subjects`, or empty.
std::string nearestExpectation(llvm::StringRef Name, unsigned Subjects = OnType | OnMember | OnFunction);

} // namespace snug

#endif
