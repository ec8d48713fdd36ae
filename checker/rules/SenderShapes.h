// Which classes are receivers and operation states, of any sender library, and whether a receiver can be inlined.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SENDERSHAPES_H
#define SNUG_CHECKER_RULES_SENDERSHAPES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include <string>

namespace snug::rules {

/// What the class itself declares under a name. Input: complete classes.
clang::DeclContextLookupResult membersNamed(const clang::CXXRecordDecl &Record, llvm::StringRef Name);

/// A class, or one of its bases, says so by `receiver_concept` or `is_receiver`, or has a member `set_value` and a
/// member `set_stopped`, `set_done` or `set_error`. Input: complete classes. Source: [exec.recv].
bool isReceiver(const clang::CXXRecordDecl &Record);

/// A class, or one of its bases, says so by `operation_state_concept`, or has a member `start()` without parameters, or
/// befriends the `start` of its library through `tag_invoke`. A timer has `start()` too: it takes a receiver inside to
/// make such a class an operation state. Source: [exec.opstate].
bool isOperationState(const clang::CXXRecordDecl &Record);

/// A class, or one of its bases, is an operation state by its own word: `operation_state_concept`, or a `start` that it
/// befriends. Source: [exec.opstate].
bool statesOperation(const clang::CXXRecordDecl &Record);

/// Why an operation state stores a receiver: what of `inlinable_receiver` is missing. Source: P3425R1, C++26
/// [exec.recv.concepts].
struct InliningObstacle {
  enum class Kind {
    /// The receiver has no member `make_receiver_for`.
    NoMakeReceiver,
    NotStatic,
    NotNoexcept,
    OtherReturnType,
    /// The receiver could be made anew, but the operation state does not derive from `inlinable_operation_state`.
    OperationDoesNotAsk,
    /// The operation state asks and stores all the same: the receiver's function does not accept it.
    NotForThisOperation
  };
  Kind What;
  /// Where it is best shown: the function, or the class that lacks it.
  clang::SourceLocation Where;
};

/// The class, or one of its bases, declares a function `make_receiver_for`.
bool offersMakeReceiver(const clang::CXXRecordDecl &Record);

/// Input: a receiver, and the operation state that stores it.
InliningObstacle whyNotInlined(const clang::CXXRecordDecl &Receiver, const clang::CXXRecordDecl &Operation);
/// "its 'make_receiver_for' is not static": what follows "stores its receiver because".
std::string textOf(InliningObstacle::Kind Obstacle, const clang::CXXRecordDecl &Receiver);

/// The base of an operation state that asks for `make_receiver_for` and stores where there is none; null if there is
/// none.
const clang::CXXRecordDecl *inliningBase(const clang::CXXRecordDecl &Operation);

/// True when copies and moves are deleted, private or absent, so that the address of an object is the address of its
/// construction.
bool isImmovable(const clang::CXXRecordDecl &Record);

} // namespace snug::rules

#endif
