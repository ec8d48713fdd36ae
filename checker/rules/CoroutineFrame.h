// What a coroutine's frame has to keep, read from its source: promise, parameters, and what is alive across suspensions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_COROUTINEFRAME_H
#define SNUG_CHECKER_RULES_COROUTINEFRAME_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snug::rules {

/// One thing that a frame keeps.
struct FrameResident {
  /// "'buffer'", "the parameter 'name'", "the awaiter", "a temporary".
  std::string What;
  clang::QualType Type;
  std::uint64_t SizeBytes = 0;
  clang::SourceLocation Where;
};

/// A place where the coroutine may be suspended, and what must survive it.
struct SuspensionPoint {
  /// Null for the initial one.
  const clang::CoroutineSuspendExpr *At = nullptr;
  clang::SourceLocation Where;
  /// Largest first.
  std::vector<FrameResident> Alive;

  std::uint64_t aliveBytes() const;
};

/// Input:   a coroutine with a body, not dependent.
/// Result:  what any frame for it has to hold. A variable is alive across a point if it has a value there and is destroyed,
///          used or reachable through a pointer afterwards; storage of variables that are never alive together may be
///          shared, so the frame is bounded by the worst point, not by the sum. Padding, the number of the point, values
///          that only the code generator knows of, and what optimisers keep in registers or compute anew (references,
///          constants) are not counted.
/// Undecided when: the control flow cannot be built; then only what has a destructor or whose address is taken counts.
class FrameEstimate {
public:
  FrameEstimate(const clang::FunctionDecl &Coroutine, clang::ASTContext &AST);

  clang::QualType promiseType() const { return Promise; }
  std::uint64_t promiseBytes() const { return PromiseBytes; }
  /// In the order of the source, the initial one first if it suspends.
  const std::vector<SuspensionPoint> &points() const { return Points; }
  /// The point that keeps most alive; null if there is none.
  const SuspensionPoint *worst() const;
  /// A lower bound: two addresses, the promise, and what is alive at the worst point.
  std::uint64_t atLeastBytes() const;

private:
  clang::QualType Promise;
  std::uint64_t PromiseBytes = 0;
  std::uint64_t AddressBytes = 0;
  std::vector<SuspensionPoint> Points;
};

/// The body of a coroutine; null for other functions.
const clang::CoroutineBodyStmt *coroutineBody(const clang::FunctionDecl &Function);

} // namespace snug::rules

#endif
