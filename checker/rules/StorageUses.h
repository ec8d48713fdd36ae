// What one function does with an array of bytes: creates, destroys, accesses what lives in it, or hands it on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGEUSES_H
#define SNUG_CHECKER_RULES_STORAGEUSES_H

#include "rules/LocalValues.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseSet.h"

#include <cstdint>
#include <vector>

namespace snug::rules {

enum class StorageAct : std::uint8_t {
  Create,  ///< placement new, construct_at
  Destroy, ///< destroy_at, an explicit destructor call
  Access,  ///< a member named, a member function called, a value read or written, start() called with it
  Inline,  ///< a member function of the same object, which does one of the above: `Callee`
  Escape   ///< the address of the bytes, or of the object around them, goes where its use is not seen
};

struct StorageEvent {
  StorageAct What;
  /// The expression whose evaluation it is.
  const clang::Expr *At;
  /// What is created, destroyed or accessed.
  clang::QualType Type;
  const clang::CXXMethodDecl *Callee = nullptr;
};

struct StorageUses {
  std::vector<StorageEvent> Events;
  /// Calls that have nothing to do with the bytes, or only ask for their address.
  llvm::DenseSet<const clang::Expr *> Harmless;
  /// Some use is not understood: nothing can be said about the bytes.
  bool Lost = false;
  /// The address is returned, and how often.
  unsigned Returned = 0;
};

/// Input:   an array of bytes: a local variable of `Function`, or a member of the class that `Function` is a member of,
///          then the one in `*this`. Looks through casts, launder, locals that never change, and member functions that
///          do nothing but return the address; of other member functions of the same object it tells that they are
///          called, if they do something with the bytes (`Depth` levels deep).
/// Complexity: linear in the functions looked at.
StorageUses storageUsesOf(const clang::ValueDecl &Storage, const clang::FunctionDecl &Function,
                          const clang::ASTContext &AST, LocalValues &Locals, unsigned Depth = 2);

/// True for a constant array of `char`, `unsigned char` or `std::byte`.
bool isArrayOfBytes(clang::QualType Type, const clang::ASTContext &AST);

} // namespace snug::rules

#endif
