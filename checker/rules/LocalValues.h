// What a local variable is known to hold: its initialiser, where nothing can have changed it since.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LOCALVALUES_H
#define SNUG_CHECKER_RULES_LOCALVALUES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>

namespace snug::rules {

/// Answers from one look at each function body that is asked about; the answers are kept.
///
/// Undecided when: the variable is a parameter, is assigned, incremented, captured by reference, bound to a reference
/// or has its address taken anywhere in its function.
class LocalValues {
public:
  /// The expression whose value `V` has wherever it is used (for a reference: what it is bound to); null if unknown.
  const clang::Expr *valueOf(const clang::VarDecl &V);

  /// `E` without parentheses and implicit conversions, through variables whose value is known.
  const clang::Expr *resolve(const clang::Expr *E);

  /// The reads of `V` in its function: null if it is anything but read there, so that not every use is known.
  const llvm::SmallVector<const clang::DeclRefExpr *, 2> *readsOf(const clang::VarDecl &V);

private:
  struct Body {
    llvm::DenseSet<const clang::VarDecl *> Changeable;
    llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<const clang::DeclRefExpr *, 2>> Reads;
  };
  const Body &look(const clang::FunctionDecl &F);

  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Body>> Bodies;
};

} // namespace snug::rules

#endif
