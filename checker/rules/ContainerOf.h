// Recognises the address of an enclosing object computed by subtracting an offset from the address of its member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTAINEROF_H
#define SNUG_CHECKER_RULES_CONTAINEROF_H

#include "rules/LocalValues.h"
#include "rules/Rule.h"

#include <optional>

namespace snug::rules {

/// One such computation: `(T*)((char*)Child - Offset)`.
struct ContainerOf {
  const clang::ExplicitCastExpr *Cast;
  const clang::CXXRecordDecl *Enclosing;
  /// The expression whose address is left, before it became a byte pointer, and what it points to.
  const clang::Expr *Child;
  clang::QualType ChildType;
  /// The member that the offset belongs to; null where only a pointer to member is known.
  const clang::FieldDecl *Member;
  /// The record of the offsetof, null without one.
  const clang::CXXRecordDecl *OffsetRecord;
  /// The subexpression of pointer-to-member type that the offset is computed from; null for an offsetof.
  const clang::Expr *MemberPointer;
};

/// Input:   a cast to a pointer or reference to a class; looks through parentheses, void*, locals that never change,
///          and sums of several offsets.
/// Result:  a match if a subtracted term holds an offsetof (or `&((S*)0)->m`) of a class that is, holds or lies in the
///          target, or holds a pointer to member; and the sum starts from the address of an object that is no byte.
/// Undecided when: the sum starts from a byte or void pointer whose origin is not seen. Never matches then.
/// Source:  [expr.add]/4, [expr.static.cast]/12.
std::optional<ContainerOf> matchContainerOf(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                            LocalValues &Locals);

/// The same computed with integers: `(T*)((uintptr_t)Child - Offset)`. Source: [expr.reinterpret.cast]/4-5.
std::optional<ContainerOf> matchContainerOfInteger(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                                   LocalValues &Locals);

/// The kinds of cast that `matchContainerOf` takes.
void addCastKinds(StmtInterest &Interest);

/// The body of the macro that the computation is written in; invalid if it is written out where it stands.
clang::SourceLocation macroOf(const ContainerOf &Match, const clang::SourceManager &Sources);

/// Whether a class could derive from the type: no number, no union, nothing final.
bool canBeBase(clang::QualType Part);

/// What leads from a part to the whole without arithmetic and without reinterpretation: a base class, where the part's type
/// can be one, or a pointer that is kept. "make 'P' a base class of 'W' and use static_cast, or store a pointer to the 'W'"
std::string wayToTheWhole(clang::QualType Part, const clang::CXXRecordDecl &Whole, const clang::ASTContext &AST);

/// Why, and what to do instead: the reasons that both rules give.
void addContainerOfReasons(const ContainerOf &Match, Finding &F, const RuleContext &Context);

} // namespace snug::rules

#endif
