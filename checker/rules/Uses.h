// What becomes of the result of a cast in the function where it stands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_USES_H
#define SNUG_CHECKER_RULES_USES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace snug::rules {

/// A set of the ways in which a pointer (or a glvalue) is used. Storing, comparing, casting on and laundering a stale
/// pointer is defined; [expr.ref], [expr.unary.op], [expr.add]/6, [expr.static.cast]/10 are what is not.
struct Uses {
  bool Dereferenced = false; ///< *, ->, [], arithmetic, conversion to a base or downcast
  bool Escapes = false;      ///< returned, passed, stored where its use is not seen
  bool Laundered = false;
  bool CastToBytes = false; ///< to void* or to a byte pointer: for memcpy, placement new
  bool CastOn = false;      ///< reinterpreted as a pointer to something else
  bool Created = false;     ///< the place for an object: construct_at and its kin

  Uses &operator|=(const Uses &Other);
};

/// Looks at the body of `Function` for what is done with `E` there, through locals that `E` initialises.
/// Input: `E` stands in that body. Without a function: escapes. Complexity: linear in the body.
Uses usesOf(const clang::Expr &E, const clang::FunctionDecl *Function);

} // namespace snug::rules

#endif
