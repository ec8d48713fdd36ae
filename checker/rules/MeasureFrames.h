// Watches code generation lay out coroutine frames, and learns their sizes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_MEASUREFRAMES_H
#define SNUG_CHECKER_RULES_MEASUREFRAMES_H

#include "clang/Basic/CodeGenOptions.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace snug::rules {

/// A place in a frame whose owner has a name in LLVM's code.
struct FrameSlot {
  /// As Clang named the storage: "buffer", "buffer2" for the second of that name, "ref.tmp" for temporaries.
  std::string Name;
  std::uint64_t OffsetBytes = 0;
  std::uint64_t SizeBytes = 0;
  /// "receive" of "struct.receive"; empty for what is no class.
  std::string Class = {};
};

/// The frame of a coroutine that was split.
struct MeasuredFrame {
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  /// Known where the compile keeps the names of values (-fno-discard-value-names); by offset.
  std::vector<FrameSlot> Slots = {};
};

/// Who wants to know.
struct FrameListener {
  /// When the module is complete: the symbols of all coroutines it defines.
  std::function<void(llvm::ArrayRef<std::string> Symbols)> Began;
  /// Right after a coroutine was split, be its frame elided later or not.
  std::function<void(llvm::StringRef Symbol, const MeasuredFrame &Frame)> Measured;
  /// A function keeps the frame in its own instead of allocating it; may come several times.
  std::function<void(llvm::StringRef Symbol, llvm::StringRef Caller)> Elided;
};

/// Has code generation tell `Listener`. The code stays as it is. At every level of optimisation, but not where LLVM's
/// passes do not run; ThinLTO splits and elides when it links.
/// Complexity: linear in the module's coroutines for each of its functions that holds one.
void measureFrames(clang::CodeGenOptions &Options, FrameListener Listener);

/// The level of optimisation as the driver's flag says it: "-O2", "-Os".
std::string optimizationOf(const clang::CodeGenOptions &Options);

} // namespace snug::rules

#endif
