// Whether an object in an array of bytes is alive where it is used: before it is created, after it is destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STORAGELIFETIME_H
#define SNUG_CHECKER_RULES_STORAGELIFETIME_H

#include "rules/Rule.h"
#include "rules/StorageUses.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace snug::rules {

/// A use of an object in bytes, on every way to which it is not alive.
struct LifetimeFault {
  enum class Kind : std::uint8_t {
    NotStarted, ///< nothing was created in the bytes yet
    Ended,      ///< what lived there was destroyed
    LeftEmpty   ///< a constructor ends without creating what the destructor destroys
  };
  Kind What;
  const clang::ValueDecl *Storage;
  /// Access or Destroy.
  StorageAct Act;
  clang::QualType Type;
  clang::SourceLocation Where;
  /// In a member function that is called: the place inside; else invalid.
  clang::SourceLocation Inside;
  /// Where it was destroyed; for LeftEmpty, where the destructor destroys it.
  clang::SourceLocation Ended;
};

/// Base of the rules about lifetimes in bytes.
///
/// Input:   a function with a body: its local arrays of bytes, and, for members, those of its class. A constructor
///          starts with empty bytes; what other functions find in them is not known until they create or destroy.
/// Result:  uses that are wrong whichever way leads to them. What is not understood (StorageUses), calls out after the
///          address has escaped, and ways that disagree make the state unknown, which is silent. Implicit-lifetime types
///          may be alive in bytes where nothing was created.
/// Source:  [basic.life]/2, /7, /8; [intro.object]/13.
class StorageLifetimeRule : public Rule {
public:
  using Rule::Rule;
  void declareInterest(StmtInterest &Interest) const override;
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) override;
  void leaveFunction(const clang::FunctionDecl &F, RuleContext &Context) override;

protected:
  virtual void report(const LifetimeFault &Fault, const clang::FunctionDecl &F, RuleContext &Context) = 0;

private:
  /// Arrays of bytes that functions which are being walked have declared so far.
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<const clang::VarDecl *, 1>> Locals;
};

/// Scalars, arrays, and classes that operations which provide storage may create implicitly. [class.prop]/9.
bool isImplicitLifetime(clang::QualType Type);

} // namespace snug::rules

#endif
