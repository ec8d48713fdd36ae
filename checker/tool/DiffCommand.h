// `snug diff`: what is promised, before and after.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_DIFFCOMMAND_H
#define SNUG_CHECKER_TOOL_DIFFCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command diffCommand();

} // namespace snug::tool

#endif
