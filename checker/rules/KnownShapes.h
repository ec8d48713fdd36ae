// What classes are to a sender library, found out once for each template rather than for each instantiation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_KNOWNSHAPES_H
#define SNUG_CHECKER_RULES_KNOWNSHAPES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"

#include <cstdint>

namespace snug::rules {

/// The answers of SenderShapes.h, for rules that ask them about every class. An instantiation has members of the names
/// that its template has, so a class is judged only if its template, or that of a base, has a name that matters; each
/// template is searched once, each class judged once.
class KnownShapes {
public:
  explicit KnownShapes(const clang::ASTContext &AST) : AST(AST) {}

  // As in SenderShapes.h. Input: complete classes.
  bool isReceiver(const clang::CXXRecordDecl &Record);
  bool isOperationState(const clang::CXXRecordDecl &Record);
  bool statesOperation(const clang::CXXRecordDecl &Record);

  /// False when neither the class nor a base of it has a member `make_receiver_for`. Input: complete classes, and
  /// templates of such; of those only bases that do not depend on arguments are looked at.
  bool mayMakeReceivers(const clang::CXXRecordDecl &Record);

  /// How many classes and templates have been searched for such names so far.
  std::uint64_t searched() const { return Searched; }

private:
  using Bits = std::uint16_t;
  /// What is known of one class.
  struct Known {
    /// The names that it or a base declares.
    Bits Names = 0;
    /// Which questions have been answered, and which of them with yes.
    Bits Asked = 0;
    Bits Holds = 0;
  };

  void learnNames();
  Bits namesIn(const clang::CXXRecordDecl &Record);
  Known &of(const clang::CXXRecordDecl &Record);
  bool judge(const clang::CXXRecordDecl &Record, Bits Names, Bits Question,
             bool (*Judge)(const clang::CXXRecordDecl &));

  const clang::ASTContext &AST;
  bool HasLearned = false;
  /// The names that matter, as far as the file mentions them.
  llvm::DenseMap<const clang::IdentifierInfo *, Bits> Names;
  /// By template, or by class where there is none.
  llvm::DenseMap<const clang::CXXRecordDecl *, Bits> Declared;
  llvm::DenseMap<const clang::CXXRecordDecl *, Known> Classes;
  std::uint64_t Searched = 0;
};

} // namespace snug::rules

#endif
