// Recognises the step from a child that lives in a class's bytes to the parent that derives from the class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CHILDSTEP_H
#define SNUG_CHECKER_RULES_CHILDSTEP_H

#include "rules/Rule.h"

#include <optional>
#include <vector>

namespace snug::rules {

/// One object created in a member of bytes: `::new (&Bytes) Type(…)`, `construct_at`.
struct Creation {
  clang::QualType Type;
  const clang::FieldDecl *Bytes;
  clang::SourceLocation Where;
  const clang::FunctionDecl *Creator;
  /// Whether it is what a call returns, instead of the class's own constructor's work.
  bool ByCall;
};

/// `Child*` → … → `Slot*` → `Parent*`.
struct ChildStep {
  const clang::ExplicitCastExpr *Cast; ///< the last cast, to the parent
  const clang::FunctionDecl *Function;
  clang::QualType Child;
  const clang::CXXRecordDecl *Slot;
  const clang::CXXRecordDecl *Parent;
  const clang::FieldDecl *Bytes;
  /// Whether the last cast goes from base to derived; else it skips the slot.
  bool Downcast;
  /// The launder call on the way; null if there is none.
  const clang::CallExpr *Launder;
  std::vector<Creation> Created;
};

/// Input:  a cast to a class, in code that is not dependent. A class is a slot if it has one array of bytes or of plain
///         char among its members, or creates something in one.
/// Result: a match if the operand comes, through casts, launder and locals, from a pointer to a class that the slot
/// does
///         not contain. A cast that skips the slot counts only in a function called make_receiver_for.
std::optional<ChildStep> matchChildStep(const clang::ExplicitCastExpr &Cast, const clang::FunctionDecl *Function,
                                        RuleContext &Context);

/// What the member functions of a class create in its members.
std::vector<Creation> creationsIn(const clang::CXXRecordDecl &Class);

} // namespace snug::rules

#endif
