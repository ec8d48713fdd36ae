// `snug asm`: what machine code loads, from where, how deep; promises about it; two versions side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_ASMCOMMAND_H
#define SNUG_CHECKER_TOOL_ASMCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command asmCommand();

} // namespace snug::tool

#endif
