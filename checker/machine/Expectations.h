// Promises about machine code in comments: `EXPECT: start_op :: loads=6 chain<=1 spills=0`.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_EXPECTATIONS_H
#define SNUG_CHECKER_MACHINE_EXPECTATIONS_H

#include "core/Finding.h"
#include "machine/Inputs.h"
#include "machine/Report.h"

#include "llvm/ADT/StringSet.h"

#include <string>
#include <vector>

namespace snug::machine {

/// One bound: `loads=6`, `chain<=1`, `stores>=2`, `loads(ops)=1`.
struct Bound {
  enum class Op : std::uint8_t { Equal, AtMost, AtLeast } Operator = Op::Equal;
  const MetricName *Metric = nullptr;
  std::uint64_t Value = 0;
  /// With `loads(ops)=1` the loads from one labelled base alone; else empty.
  std::string From = {};

  std::uint64_t actual(const FunctionReport &R) const;
  bool holds(std::uint64_t Actual) const;
};

/// One directive. Grammar, anywhere in a line of any file, as a rule in a comment:
///   EXPECT[-configuration]: function :: metric(=|<=|>=)number ... path=label ...
/// The function is everything before the last " :: ", matched as isNamed says.
struct Expectation {
  std::string Function;
  std::string Configuration; ///< empty: holds for every one
  std::vector<Bound> Bounds;
  Location Where;
  std::vector<PathLabel> Labels = {}; ///< `rdi=promise`, `rdi->[16]=ops`
};

/// The directives of one file, and an error-level finding for each line that looks like one and is not.
struct ExpectationFile {
  std::vector<Expectation> Expectations;
  std::vector<Finding> Malformed;
};
ExpectationFile readExpectations(llvm::StringRef Text, llvm::StringRef Path);

/// What a verification found: `Broken` promises, and what kept promises from being looked at (`Unusable`: a function
/// that is not there, or a name that fits several).
struct Verification {
  std::vector<Finding> Broken;
  std::vector<Finding> Unusable;
  size_t Held = 0;
  /// Which image each expectation was held against, for those who know where images come from.
  std::vector<std::pair<const Expectation *, const Image *>> Looked;
};

/// "has 10 loads", "has a chain of 5 loads": what a function does, in the words of a bound's metric.
std::string sayActual(const Bound &B, const FunctionReport &R);
/// The facts behind a bound that is not kept, those that exceed it first.
std::vector<Reason> explain(const FunctionReport &R, const Bound &B);

/// Holds every expectation whose configuration is empty or in `Configurations` against the functions of the inputs.
/// Where one name stands for equal symbols in several objects, each of them must keep the promise.
/// Up to `Jobs` threads look; what is found, and its order, does not depend on their number.
Verification verify(const Target &T, llvm::ArrayRef<Input> Inputs, llvm::ArrayRef<Expectation> Expectations,
                    const llvm::StringSet<> &Configurations, unsigned Jobs = 1);

} // namespace snug::machine

#endif
