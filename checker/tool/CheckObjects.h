// Holds the facts in objects to each other and to what they state.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_CHECKOBJECTS_H
#define SNUG_CHECKER_TOOL_CHECKOBJECTS_H

#include "core/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace snug::tool {

/// Input:   objects, archives and bitcode that the plugin compiled.
/// Result:  each class, and each promise of a coroutine, that two of them lay out differently; each figure that is stated
///          in one of them and does not hold there. Places are named from the current folder.
/// Fails on what is no readable object, on facts that cannot be read, and when none of them carries facts.
llvm::Expected<std::vector<Finding>> checkObjects(llvm::ArrayRef<std::string> Objects, llvm::StringRef ConfigFile);

} // namespace snug::tool

#endif
