// Who writes a pointer field, who calls a function, and what lives in byte storage: facts of the shared traversal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_WRITERINDEX_H
#define SNUG_CHECKER_RULES_WRITERINDEX_H

#include "rules/Rule.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace snug::rules {

/// Input: every statement of the translation unit, instantiations included, from the shared traversal.
/// Result: look-ups by field and by function. Fields and functions are those of instantiations, never patterns.
class WriterIndex {
public:
  /// A write of a field after its initialisation. `Value` is null where the field's address or a mutable reference to
  /// it escapes, so that anybody may write it; then `Target` may be null, too.
  struct Write {
    const clang::MemberExpr *Target;
    const clang::Expr *Value;
    const clang::FunctionDecl *Writer;
  };

  /// A call or a construction, and the function it stands in.
  struct CallSite {
    const clang::Expr *Call;
    const clang::FunctionDecl *Caller;
  };

  /// An object created by placement new, right in a byte member.
  struct Creation {
    const clang::CXXNewExpr *New;
    const clang::FunctionDecl *Creator;
  };

  /// The kinds of statement that `add` wants to see.
  static void declareInterest(StmtInterest &Interest);
  void add(const clang::Stmt &S, const StmtScope &Scope);

  llvm::ArrayRef<Write> writesOf(const clang::FieldDecl &Field) const;
  llvm::ArrayRef<CallSite> callsOf(const clang::FunctionDecl &Function) const;
  llvm::ArrayRef<Creation> creationsIn(const clang::FieldDecl &Bytes) const;
  /// Initialisations of an aggregate in braces.
  llvm::ArrayRef<const clang::InitListExpr *> listsOf(const clang::CXXRecordDecl &Record) const;

  /// Classes that some code casts the byte member to, or creates in it.
  llvm::ArrayRef<const clang::CXXRecordDecl *> storedIn(const clang::FieldDecl &Bytes) const;

private:
  void addMember(const clang::MemberExpr &Member, const StmtScope &Scope);
  void addStored(const clang::Expr &Address, clang::QualType Pointee);
  void addCall(const clang::FunctionDecl *Callee, const clang::Expr &Call, const StmtScope &Scope);

  llvm::DenseMap<const clang::FieldDecl *, llvm::SmallVector<Write, 1>> Writes;
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<CallSite, 1>> Calls;
  llvm::DenseMap<const clang::FieldDecl *, llvm::SmallVector<Creation, 1>> Creations;
  llvm::DenseMap<const clang::FieldDecl *, llvm::SmallVector<const clang::CXXRecordDecl *, 1>> Stored;
  llvm::DenseMap<const clang::CXXRecordDecl *, llvm::SmallVector<const clang::InitListExpr *, 1>> Lists;
};

/// The member of bytes (or its wrapper class) whose address the expression is, looked at through casts, `&`, subscripts
/// and up to three calls that return it; null for everything else.
const clang::FieldDecl *byteMemberOf(const clang::Expr &Address);

/// True for arrays of `unsigned char` or `std::byte`, and for classes and unions that wrap one. Plain `char` is text. A
/// union that has an alternative with data of its own is what that alternative says.
bool isByteStorage(clang::QualType Type);

/// True for bytes that stand in a union beside an alternative with data of its own: they only make it as large.
bool isFillOfUnion(const clang::FieldDecl &Field);

} // namespace snug::rules

#endif
