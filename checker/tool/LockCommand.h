// `snug lock`: writes and checks the reviewable record of what is promised.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_LOCKCOMMAND_H
#define SNUG_CHECKER_TOOL_LOCKCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command lockCommand();

} // namespace snug::tool

#endif
