// Finds classes with at least so many bytes of holes as the configuration says, with an order that has fewer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_PADDINGHOLE_H
#define SNUG_CHECKER_RULES_PADDINGHOLE_H

#include "rules/Rule.h"
#include "rules/Specialisations.h"

#include <optional>

namespace snug::rules {

/// Input:  complete classes of the user's, unions and closure types left out; the option `threshold`, without which
///         nothing is looked at.
/// Result: one finding per class or template whose own holes, tail padding included, reach the threshold. Holes inside
///         of members and bases are those of their classes.
class PaddingHole : public Rule {
public:
  using Rule::Rule;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  std::optional<std::uint64_t> Threshold;
  HeaviestSpecialisations Found;
};

} // namespace snug::rules

#endif
