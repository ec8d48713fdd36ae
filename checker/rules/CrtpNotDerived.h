// Finds classes and objects whose base casts its this to a class that they are not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CRTPNOTDERIVED_H
#define SNUG_CHECKER_RULES_CRTPNOTDERIVED_H

#include "rules/Rule.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <utility>

namespace snug::rules {

/// A class template's base casts `this`, itself or in a function that it hands `this` to, to one of its own arguments.
///
/// Input: instantiated member functions; classes, and objects that are not bases. What no code instantiates casts nothing.
/// Undecided when: the class cast to is not among the template's arguments; silent then.
/// Source: [expr.static.cast]/10.
class CrtpNotDerived : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void declareDeclInterest(DeclInterest &Interest) const override {
    addKinds<clang::VarDecl, clang::FieldDecl>(Interest);
  }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;
  void finish(RuleContext &Context) override;

private:
  /// `static_cast<Derived *>(this)` in the class `Base`.
  struct SelfCast {
    const clang::CXXRecordDecl *Base;
    const clang::CXXRecordDecl *Derived;
    clang::SourceLocation Where;
  };
  /// An object that is no base: a variable, a member, what new made, a temporary.
  struct Object {
    const clang::CXXRecordDecl *Class;
    const clang::ValueDecl *Name;
    clang::SourceLocation Where;
    const clang::FunctionDecl *Function;
  };
  using Parameter = std::pair<const clang::FunctionDecl *, unsigned>;

  using CastList = llvm::SmallVector<SelfCast, 1>;

  void addCast(const clang::CXXRecordDecl *Base, const clang::CXXRecordDecl *Derived, clang::SourceLocation Where);
  void addObject(clang::QualType T, const clang::ValueDecl *Name, clang::SourceLocation Where,
                 const clang::FunctionDecl *Function, RuleContext &Context);
  bool mayMatter(const clang::CXXRecordDecl &Class);
  void joinParameters();
  /// The casts in the class and its bases that an object of the class itself does not satisfy.
  const CastList &open(const clang::CXXRecordDecl &Class);
  void explain(const SelfCast &Cast, Finding &F, const RuleContext &Context) const;

  llvm::DenseMap<const clang::CXXRecordDecl *, CastList> Casts;
  llvm::DenseMap<const clang::CXXRecordDecl *, CastList> Open;
  llvm::DenseMap<Parameter, CastList> CastParameters;
  llvm::DenseMap<Parameter, llvm::SmallVector<const clang::CXXRecordDecl *, 1>> SelfArguments;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Candidates;
  std::vector<Object> Objects;
  bool Joined = false;
};

} // namespace snug::rules

#endif
