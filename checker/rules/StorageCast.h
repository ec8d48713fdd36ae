// Casts between an array of bytes and what lives in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGECAST_H
#define SNUG_CHECKER_RULES_STORAGECAST_H

#include "rules/PointerValue.h"

#include <optional>

namespace snug::rules {

/// An object, the bytes it lives in, and which of the two a cast starts from. The result of the cast is stale.
struct StorageCast {
  clang::QualType Object;
  const clang::ValueDecl *Bytes; ///< null where only the array's type is known
  bool IntoBytes;                ///< from the object to its bytes
};

/// Input:   the value that a cast to a pointer to `Target` is applied to, and which it does not change.
/// Result:  empty if the bytes are not seen and `Target` does not start with any that have room for the object; also if
///          one of the two is a subobject of the other, which is another matter.
/// Source:  [intro.object]/3, [basic.compound]/7.
std::optional<StorageCast> storageCast(const PointerValue &V, clang::QualType Target, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
