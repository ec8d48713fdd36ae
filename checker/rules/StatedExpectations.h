// The attributes behind SNUG(…): registered once by each host, read back from declarations by the rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_STATEDEXPECTATIONS_H
#define SNUG_CHECKER_RULES_STATEDEXPECTATIONS_H

#include "core/Expectation.h"

#include "clang/AST/Decl.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"

#include <string>
#include <vector>

namespace clang {
class AnnotateAttr;
}

namespace snug::rules {

/// Makes `[[snug::size(…)]]` and its sisters known to Clang. Call once, before the first translation unit is parsed and
/// before threads are started.
void registerExpectationAttributes();

/// One expectation on one declaration, its number evaluated.
struct StatedExpectation {
  ExpectationName Name;
  /// Negative only if an instantiation made it so; `IsConstant` is false if an instantiation left no constant.
  std::int64_t Value = 0;
  bool IsConstant = true;
  /// The member, for an expectation on a member: those are kept on the record, where they change no code.
  std::string Member;
  clang::SourceLocation Where;
};

/// What is stated on `D`, in the order of the source; conditions that do not hold leave theirs out. Expectations on
/// members are found at the record. Includes what `ExpectationTable` took away.
///
/// Input: a non-dependent declaration; attributes of a pattern are on its instantiations, too.
std::vector<StatedExpectation> statedOn(const clang::Decl &D);
/// True where it can be seen at once that nothing is: of nearly all declarations.
bool isNothingStatedOn(const clang::Decl &D);

/// Attributes that were taken from functions and variables before code generation saw them: an annotation there keeps
/// allocas and emits inline functions, and stating an expectation must not change the code.
class ExpectationTable {
public:
  /// The table of the translation unit that this thread handles.
  static ExpectationTable &current();

  /// Moves the attributes from `D` here.
  void take(clang::Decl &D);
  /// The same for every variable, lambda and local class in the body of `F`; only of use once `HasLocals` is set.
  void takeLocals(clang::FunctionDecl &F);
  /// Sets the flags below for a declaration that comes from a precompiled header or a module.
  void noteRead(const clang::Decl &D);
  /// Sets the flags below for one attribute of `D`.
  void note(const clang::Decl &D, llvm::StringRef Annotation);
  void clear();

  /// In the order in which they were taken.
  const llvm::MapVector<const clang::Decl *, llvm::SmallVector<const clang::AnnotateAttr *, 2>> &entries() const {
    return Entries;
  }

  /// Set by the attribute's handler when it met a variable in a function, so that bodies must be searched.
  bool HasLocals = false;
  /// Set when anything is stated; when it is, on an alias or a class in a function.
  bool HasAny = false;
  bool HasLocalTypes = false;
  /// Set when something is stated on a class.
  bool HasRecords = false;
  /// Set when back-pointers are stated anywhere: what is needed to count them costs more than the rest.
  bool HasBackPointers = false;

private:
  llvm::MapVector<const clang::Decl *, llvm::SmallVector<const clang::AnnotateAttr *, 2>> Entries;
};

} // namespace snug::rules

#endif
