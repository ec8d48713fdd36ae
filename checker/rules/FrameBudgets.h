// Bounds on coroutine frames, judged twice: from the source by an estimate, after code generation by the real size.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_FRAMEBUDGETS_H
#define SNUG_CHECKER_RULES_FRAMEBUDGETS_H

#include "core/Expectation.h"
#include "core/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <map>
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
  /// What its source needs: no smaller frame is this coroutine's.
  std::uint64_t AtLeastBytes = 0;
  /// Stated in code: a promise. Otherwise a budget of the configuration.
  bool IsStated = false;
  /// Rule, place, and what the frame holds, as reasons; the last reason says where the bound comes from.
  Finding Draft;
};

/// The finding for a frame of `ActualBytes`; nothing when the bound holds. With `IsEstimate` the actual size is that or
/// more: only what is certain then is reported, and as a warning.
std::optional<Finding> judgeFrame(const FrameBudget &Budget, std::uint64_t ActualBytes, bool IsEstimate);

/// The same where the frame is known to be one of several: broken when it is for each of them, and undecided when it is
/// for some. Sizes below what the source needs are none of it.
std::optional<Finding> judgeFrameOf(const FrameBudget &Budget, llvm::ArrayRef<std::uint64_t> SizesBytes);

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
  /// The coroutines of the module, before the first is measured. Of lambdas without linkage that are alike but for their
  /// number nobody knows which is which (see matchSymbols): a bound on one waits for all of them.
  void defined(llvm::ArrayRef<std::string> Symbols);
  /// Judges every bound on the coroutine `Symbol`, once.
  std::vector<Finding> measured(llvm::StringRef Symbol, std::uint64_t Bytes);
  /// Bounds on the coroutine `Old` are on `New` from now on.
  void rename(llvm::StringRef Old, llvm::StringRef New);
  void clear();

private:
  /// Coroutines that are alike but for their number.
  struct Group {
    std::size_t NotMeasured = 0;
    std::vector<std::uint64_t> SizesBytes;
  };

  std::vector<FrameBudget> Waiting;
  /// By their symbol without numbers.
  std::map<std::string, Group> Groups;
};

} // namespace snug::rules

#endif
