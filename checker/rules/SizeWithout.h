// How large a class would be without some of its pointers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SIZEWITHOUT_H
#define SNUG_CHECKER_RULES_SIZEWITHOUT_H

#include "rules/BackPointers.h"

#include "clang/AST/ASTContext.h"

#include <optional>

namespace snug::rules {

/// Lays the class out again without the pointers, all other members in their order, as the Itanium ABI does. A class
/// that a pointer was all of (a receiver) leaves nothing behind, since a base or [[no_unique_address]] member can be
/// it.
///
/// Result: bytes; the padding that went with the pointers is gone, too.
/// Undecided when: a class that holds one of them has virtual bases, bit-fields or a packing attribute.
std::optional<std::int64_t> sizeWithout(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                                        llvm::ArrayRef<BackPointer> Pointers);

} // namespace snug::rules

#endif
