// Puts the facts of a translation unit into its object file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_PLUGIN_EMBEDFACTS_H
#define SNUG_PLUGIN_EMBEDFACTS_H

#include "facts/Facts.h"

#include "clang/Basic/CodeGenOptions.h"

#include <memory>

namespace snug::plugin {

/// Lets code generation embed what `Collected` holds when the optimiser has ended: coroutines, functions that the module
/// defined when it was complete, and all layouts. Nothing is embedded when there is none of them, and no code changes.
void embedFacts(clang::CodeGenOptions &Options, std::shared_ptr<facts::Facts> Collected);

} // namespace snug::plugin

#endif
