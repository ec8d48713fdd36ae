// Names what findings are about, by where they stand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_ENTITIES_H
#define SNUG_CHECKER_RULES_ENTITIES_H

#include "core/Finding.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/ArrayRef.h"

namespace snug::rules {

/// Sets `Entity` of each finding to the qualified name of the innermost function, class, enumeration, alias or variable
/// at namespace or class scope whose text holds the finding's place; empty where there is none. Templates are named
/// without arguments, so all instantiations agree.
/// Complexity: one walk over the declarations if there is any finding, then logarithmic for each.
void nameEntities(llvm::MutableArrayRef<Finding> Findings, clang::ASTContext &AST);

} // namespace snug::rules

#endif
