// Learns the sizes of coroutine frames from code generation and holds them to their bounds.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_PLUGIN_MEASUREFRAMES_H
#define SNUG_PLUGIN_MEASUREFRAMES_H

#include "clang/Basic/CodeGenOptions.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace snug::plugin {

/// Calls `Measured` with symbol and size in bytes of each coroutine that `Wanted` names, right after it was split, be
/// its frame elided later or not. `Wanted` is asked when the module is complete. The code stays as it is. At every
/// level of optimisation, but not where LLVM's passes do not run.
void measureFrames(clang::CodeGenOptions &Options, std::function<std::vector<std::string>()> Wanted,
                   std::function<void(llvm::StringRef Symbol, std::uint64_t Bytes)> Measured);

} // namespace snug::plugin

#endif
