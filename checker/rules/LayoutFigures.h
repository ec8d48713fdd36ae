// The figures of a type that its layout decides, and the bytes that make them what they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAYOUTFIGURES_H
#define SNUG_CHECKER_RULES_LAYOUTFIGURES_H

#include "core/Expectation.h"
#include "rules/LayoutDifference.h"
#include "rules/Rule.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snug::rules {

/// Input:  a complete, non-dependent type. Its layout is read when the first figure asks for it.
class LayoutFigures {
public:
  LayoutFigures(clang::QualType Type, const RuleContext &Context) : Type(Type), Context(Context) {}

  /// Nothing for quantities that need more than the layout: back_pointers.
  std::optional<std::uint64_t> of(const Quantity &Q);

  /// What makes the figure larger than `Bound`: members beyond it, padding, members that demand the alignment. Empty
  /// where it is not larger, or no bytes can be named.
  std::vector<Reason> whyMoreThan(std::uint64_t Bound, const Quantity &Q);

  /// Null for what is no record; for an array the record of its elements.
  const clang::CXXRecordDecl *record() const;
  const LayoutDifference &layout();

private:
  clang::QualType Type;
  const RuleContext &Context;
  std::unique_ptr<LayoutDifference> Layout;
};

/// "is 40 bytes", "holds 2 back-pointers", …: the figure as a predicate of the type.
std::string predicate(const Quantity &Q, std::uint64_t Actual);

void append(std::vector<Reason> &To, std::vector<Reason> More);

} // namespace snug::rules

#endif
