// Classes and bases between which no static_cast leads down, and the casts that are written in its place.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_BLOCKEDDOWNCAST_H
#define SNUG_CHECKER_RULES_BLOCKEDDOWNCAST_H

#include "rules/Rule.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <vector>

namespace snug::rules {

/// Why [expr.static.cast]/10 has no way from a base to a class that derives from it.
struct BlockedDowncast {
  const clang::CXXRecordDecl *Derived;
  const clang::CXXRecordDecl *Base;
  /// The base is virtual, or a base of a virtual base; else there are several.
  bool IsVirtual;
  /// Every way from the class down to the base, by the base specifiers passed.
  std::vector<llvm::SmallVector<const clang::CXXBaseSpecifier *, 4>> Paths;
};

/// Input: definitions. Result: empty if `Base` is no base of `Derived`, or exactly one and not behind a virtual base.
std::optional<BlockedDowncast> blockedDowncast(const clang::CXXRecordDecl &Derived, const clang::CXXRecordDecl &Base);

/// A reinterpreting cast where static_cast would be ill-formed: its result keeps pointing to the base.
/// Result: empty too if the cast does not start from the base, or the result is neither used nor handed on.
std::optional<BlockedDowncast> blockedDowncast(const clang::ExplicitCastExpr &Cast, const StmtScope &Scope,
                                               RuleContext &Context);

/// One reason per path: "'child' is reached by way of 'left', 'slot<parent>', at offset 0".
void addPaths(const BlockedDowncast &Blocked, Finding &F, const RuleContext &Context);

} // namespace snug::rules

#endif
