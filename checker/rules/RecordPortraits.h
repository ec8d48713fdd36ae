// The records of a translation unit that are worth a picture: what is promised, operation states, and what stores
// back-pointers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_RECORDPORTRAITS_H
#define SNUG_CHECKER_RULES_RECORDPORTRAITS_H

#include "facts/Facts.h"
#include "layout/Picture.h"
#include "layout/Tree.h"
#include "rules/Rule.h"

#include "clang/AST/ASTContext.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace snug::rules {

struct Portrait {
  /// With the alias that people know it by, where there is one.
  layout::RecordLayout Layout;
  /// At least likely, by offset.
  std::vector<layout::PointerInside> BackPointers;
  /// Bytes that it would take without them; nothing where there are none, or where that cannot be told.
  std::optional<std::uint64_t> SizeWithout;
  /// Bytes or `void*` in it may hide further ones.
  bool MayHideMore = false;
  bool IsOperation = false;
  bool IsPromised = false;
  std::vector<facts::StatedFigure> Stated;
};

struct PortraitOptions {
  RunOptions Run;
  /// What of the unit is promised.
  const facts::Facts *Promised = nullptr;
  /// Names and aliases to be shown instead of what is worth it; empty takes that.
  std::function<bool(llvm::StringRef)> Filter;
};

/// Input:  a finished translation unit.
/// Result: in the order of their places. Without a filter: the promised ones, and of the user's classes operation
///         states and those that store back-pointers, the outermost of a nest only. With one: all that match, headers
///         included.
/// Complexity: one traversal of the unit.
std::vector<Portrait> portray(clang::ASTContext &AST, const PortraitOptions &Options);

} // namespace snug::rules

#endif
