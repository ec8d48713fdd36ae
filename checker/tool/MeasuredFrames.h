// Compiles a source in this process, down to where LLVM has laid out the frames of its coroutines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_MEASUREDFRAMES_H
#define SNUG_CHECKER_TOOL_MEASUREDFRAMES_H

#include "facts/Facts.h"

#include "clang/Frontend/FrontendAction.h"

#include <memory>
#include <string>
#include <vector>

namespace snug::tool {

/// An action that appends the coroutines of the source it compiles to `Result`, as those of `Unit`: what each frame is
/// for, and for those that code is generated for its size, its alignment, what lies where in it, and who elides it, at
/// the level of optimisation that the command names. No code is written; a source without coroutines is only parsed.
std::unique_ptr<clang::FrontendAction> measureFramesOf(std::string Unit, std::vector<facts::CoroutineFrame> &Result);

} // namespace snug::tool

#endif
