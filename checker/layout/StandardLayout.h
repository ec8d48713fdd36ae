// Decides whether a class is standard-layout, with the reasons where it is not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_STANDARDLAYOUT_H
#define SNUG_CHECKER_LAYOUT_STANDARDLAYOUT_H

#include "core/Finding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include <vector>

namespace snug::layout {

/// Why `Record` is not a standard-layout class; empty when it is one.
///
/// Input:   a complete, non-dependent class or union.
/// Result:  every condition of the list that fails, in the order of the table below, each followed by the reasons of
/// the
///          member's or base's class it speaks of. What a base breaks by itself is said of that base only.
///          ids: sl-mixed-access, sl-two-classes, sl-reference-member, sl-member-type, sl-base-type,
///          sl-virtual-function, sl-virtual-base, sl-repeated-base, sl-first-member-base.
/// Source:  [class.prop]/2. In M(S) only members declared in S itself count, as clang and g++ read it; read otherwise,
///          `struct h { E e; }; struct s : h, E {};` would not be standard-layout either. `isInterconvertible` is not
///          deceived there, since it also asks for the offset.
std::vector<Reason> whyNotStandardLayout(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record);

/// `whyNotStandardLayout(…).empty()` without the words.
bool isStandardLayout(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record);

} // namespace snug::layout

#endif
