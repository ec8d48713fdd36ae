// Bounds on coroutine frames, judged twice: from the source by an estimate, after code generation by the real size.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FRAMEBUDGETS_H
#define SNUG_CHECKER_RULES_FRAMEBUDGETS_H

#include "core/Expectation.h"
#include "core/Finding.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snug::rules {

/// One bound on the frame of one coroutine.
struct FrameBudget {
  /// As the linker knows the coroutine.
  std::string Symbol;
  /// "the frame of coroutine 'serve'".
  std::string Who;
  Relation How = Relation::AtMost;
  std::uint64_t Bytes = 0;
  /// Stated in code: a promise. Otherwise a budget of the configuration.
  bool IsStated = false;
  /// Rule, place, and what the frame holds, as reasons; the last reason says where the bound comes from.
  Finding Draft;
};

/// The finding for a frame of `ActualBytes`; nothing when the bound holds. With `IsEstimate` the actual size is that or
/// more: only what is certain then is reported, and as a warning.
std::optional<Finding> judgeFrame(const FrameBudget &Budget, std::uint64_t ActualBytes, bool IsEstimate);

/// Bounds that wait for code generation; of the translation unit that this thread handles.
class FrameBudgets {
public:
  static FrameBudgets &current();

  /// Set by a host that generates code and asks for the real sizes: then nothing is estimated.
  bool MeasuredLater = false;

  void add(FrameBudget Budget) { Waiting.push_back(std::move(Budget)); }
  bool empty() const { return Waiting.empty(); }
  /// Forgets the bounds whose finding would be unwanted.
  void drop(llvm::function_ref<bool(const Finding &Draft)> Unwanted);
  /// Judges every bound on the coroutine `Symbol`, once.
  std::vector<Finding> measured(llvm::StringRef Symbol, std::uint64_t Bytes);
  /// Bounds on the coroutine `Old` are on `New` from now on.
  void rename(llvm::StringRef Old, llvm::StringRef New);
  void clear();

private:
  std::vector<FrameBudget> Waiting;
};

} // namespace snug::rules

#endif
