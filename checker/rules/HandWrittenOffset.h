// Recognises `&((T *)0)->m`: offsetof written by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_HANDWRITTENOFFSET_H
#define SNUG_CHECKER_RULES_HANDWRITTENOFFSET_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

#include <cstdint>
#include <optional>
#include <string>

namespace snug::rules {

/// The address of a member of an object that is not there.
struct HandWrittenOffset {
  /// The class that the constant was made a pointer to.
  const clang::CXXRecordDecl *Record;
  /// The last member on the way.
  const clang::FieldDecl *Member;
  /// What the pointer was made from: 0, or the number that people take to keep a compiler quiet.
  std::uint64_t Base;
  /// The way as offsetof would take it, "a.b"; empty if it leads through an element or a base.
  std::string Designator;
};

/// Input:  an address-of operator in code that is not dependent; looks through parentheses, casts of pointers and of
///         references, `(*p).m`, nested members and elements.
/// Result: empty unless the innermost object is that of a constant pointer.
std::optional<HandWrittenOffset> handWrittenOffset(const clang::UnaryOperator &AddressOf, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
