// Which member of a union is active, followed through one function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_UNIONMEMBERS_H
#define SNUG_CHECKER_RULES_UNIONMEMBERS_H

#include "rules/ControlFlowGraphs.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace snug::rules {

/// A union object that a function can name: `*this`, a local variable, or a member of one of them at some depth.
struct UnionPlace {
  /// Null for `*this`.
  const clang::VarDecl *Root = nullptr;
  /// The members on the way to the union, outermost first; empty where the root is the union.
  std::vector<const clang::FieldDecl *> Path;

  friend bool operator<(const UnionPlace &A, const UnionPlace &B) {
    return std::tie(A.Root, A.Path) < std::tie(B.Root, B.Path);
  }
  friend bool operator==(const UnionPlace &, const UnionPlace &) = default;
};

/// `place.member` as it is written.
struct UnionMemberUse {
  UnionPlace Place;
  const clang::FieldDecl *Member;
};
/// The innermost union member that `E`, or the expression it is a part of, leads through. Empty if the union is not one
/// that can be followed.
std::optional<UnionMemberUse> unionMemberOf(const clang::Expr *E);

/// The active member of the unions that something is known of. A null member: none is active.
using ActiveMembers = std::map<UnionPlace, const clang::FieldDecl *>;

/// An access to a member while another one, or none, is active.
struct InactiveAccess {
  enum class Kind : std::uint8_t { Read, MemberUse, Destroy };
  Kind How;
  UnionMemberUse Use;
  const clang::FieldDecl *Active;
  const clang::Expr *Where;
  /// Every run of the function gets there.
  bool Always;
};

struct UnionFlow {
  std::vector<InactiveAccess> Accesses;
  /// What is active where the function returns, as far as all returns agree.
  ActiveMembers AtExit;
};

/// Follows the function from `AtEntry`.
///
/// Input:   a function with a body, not dependent. In a constructor of a union, or of a class with union members, the
///          initialisers count.
/// Undecided when: the address of a union or of its member is handed on, `this` is, or branches disagree: nothing is
///          known from there on.
/// Source:  [class.union.general]/5, [basic.life]/7. Complexity: a few passes over the control flow graph.
UnionFlow followUnions(const clang::FunctionDecl &Function, ControlFlowGraphs &Graphs, const ActiveMembers &AtEntry);

} // namespace snug::rules

#endif
